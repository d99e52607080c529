"""Makes the table of syllables that the car hears with: ``python -m fujia.foundry.syllables``."""

import io

from fujia.foundry.manifest import write_atomically
from fujia.foundry.noise import load_sounds
from fujia.understanding.sounds import SYLLABLES

_HEAD = (
    "# The most common characters by their syllable, without tones, as pypinyin knows them.\n"
    "# Made by `python -m fujia.foundry.syllables`; other readings stand in sounds.yaml.\n"
)


def table() -> str:
    """The text of ``syllables.yaml``; raises MissingExtra without pypinyin."""
    characters: dict[str, list[str]] = {}
    for character, syllable in load_sounds().syllables.items():
        characters.setdefault(syllable, []).append(character)
    text = io.StringIO()
    text.write(_HEAD + "syllables:\n")
    for syllable in sorted(characters):
        text.write(f"  {syllable}: {''.join(sorted(characters[syllable]))}\n")
    return text.getvalue()


if __name__ == "__main__":
    write_atomically(SYLLABLES, table())
