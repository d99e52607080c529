"""Dialect wording: the dialects' own lexicons, read from Mandarin to the dialect.

The grammar reads a dialect by rewriting its words to Mandarin; here the same tables are turned
round. A rewriting is kept only if reading it gives the Mandarin again.
"""

import random
from collections.abc import Mapping
from functools import cache

from fujia.datafile import load_yaml
from fujia.foundry.drafts import is_mark
from fujia.understanding.normalise import normalise
from fujia.understanding.words import DATA, WordFile, load_words

REGIONS: Mapping[str, str] = {
    "wu": "zh-wuu", "yue": "zh-yue", "sichuan": "zh-sichuan", "northeast": "zh-northeast",
}  # fmt: skip
"""Regions with a lexicon, and the folders of their lexicons."""
_LONGEST = 8


@cache
def dialect_words(region: str) -> Mapping[str, tuple[str, ...]]:
    """Mandarin words of a region and what is said there instead."""
    found: dict[str, list[str]] = {}
    for file in sorted((DATA / REGIONS[region] / "words").glob("*.yaml")):
        for dialect, mandarin in load_yaml(file, WordFile).rewrites.items():
            if mandarin and mandarin != dialect:
                found.setdefault(mandarin, []).append(dialect)
    return {mandarin: tuple(words) for mandarin, words in found.items()}


def in_dialect(text: str, region: str, chance: random.Random, share: float = 0.7) -> str | None:
    """The text with words of the region; None if it has none, or would mean something else."""
    words = dialect_words(region)
    said, at, changed = "", 0, False
    while at < len(text):
        length = next(
            (n for n in range(min(_LONGEST, len(text) - at), 0, -1) if text[at : at + n] in words),
            0,
        )
        if length and chance.random() < share:
            said += chance.choice(words[text[at : at + length]])
            at, changed = at + length, True
        else:
            said, at = said + text[at], at + 1
    return said if changed and _reads_as(said) == _reads_as(text) else None


def _reads_as(text: str) -> str:
    lexicon = load_words("zh")
    plain = "".join("∎" if is_mark(character) else character for character in text)
    return normalise(plain, lexicon.rewrites, lexicon.characters).text
