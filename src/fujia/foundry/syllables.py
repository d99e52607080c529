"""Makes the tables that the car hears with: ``python -m fujia.foundry.syllables``."""

from collections.abc import Iterable, Mapping

import rjieba

from fujia.foundry.manifest import write_atomically
from fujia.foundry.noise import load_sounds
from fujia.understanding.sounds import COMMON, SYLLABLES

_LEAST_FREQUENCY = 300
"""How often a word of the dictionary must occur in the texts that it was counted in."""
_SYLLABLES_HEAD = """\
# The most common characters by their syllable, without tones, as pypinyin knows them.
# Made by `python -m fujia.foundry.syllables`; other readings stand in sounds.yaml.
"""
_COMMON_HEAD = """\
# Common words of two characters, the second ones under the first, from the dictionary of jieba.
# Made by `python -m fujia.foundry.syllables`.
"""


def syllables() -> dict[str, str]:
    """The rows of ``syllables.yaml``; raises MissingExtra without pypinyin."""
    characters: dict[str, list[str]] = {}
    for character, syllable in load_sounds().syllables.items():
        characters.setdefault(syllable, []).append(character)
    return {syllable: "".join(sorted(same)) for syllable, same in sorted(characters.items())}


def common(firsts: Iterable[str]) -> dict[str, str]:
    """The rows of ``common.yaml`` for some first characters; raises MissingExtra."""
    seconds = sorted(load_sounds().syllables)
    rows = {first: "".join(one for one in seconds if _is_common(first + one)) for first in firsts}
    return {first: row for first, row in rows.items() if row}


def _is_common(word: str) -> bool:
    return rjieba.has_word(word) and rjieba.suggest_freq(word) >= _LEAST_FREQUENCY


def _text(head: str, key: str, rows: Mapping[str, str]) -> str:
    return "".join([head, f"{key}:\n", *(f"  {name}: {row}\n" for name, row in rows.items())])


def main() -> None:
    """Write both tables beside the words."""
    write_atomically(SYLLABLES, _text(_SYLLABLES_HEAD, "syllables", syllables()))
    rows = common(sorted(load_sounds().syllables))
    write_atomically(COMMON, _text(_COMMON_HEAD, "common", rows))


if __name__ == "__main__":
    main()
