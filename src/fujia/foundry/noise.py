"""A recognition noise channel: what a recogniser writes for what was said with an accent.

Works on pinyin: a character becomes another common one with the same sound, or with a sound that
the region confuses (n/l, zh/z, f/h, eng/en ...). Now and then a character is lost or doubled.
Numbers stay, since a misheard number is another wish.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import MissingExtra
from fujia.foundry.drafts import is_mark
from fujia.foundry.values import DATA
from fujia.understanding.sounds import load_sound_file, split

_LOST, _DOUBLED = 0.06, 0.06


class NoiseFile(BaseModel):
    """How often each region confuses sounds."""

    model_config = ConfigDict(extra="forbid")

    regions: dict[str, dict[str, float]]
    english: dict[str, list[str]]


@cache
def load_noise() -> NoiseFile:
    """The noise data; raises DataError for a broken file."""
    return load_yaml(DATA / "noise.yaml", NoiseFile)


@dataclass(frozen=True, slots=True)
class Sounds:
    """Common characters by sound, and sounds by character; syllables without tones."""

    characters: Mapping[str, Sequence[str]]
    syllables: Mapping[str, str]


@cache
def load_sounds() -> Sounds:
    """The sounds of the 3755 most common characters; raises MissingExtra without pypinyin."""
    try:
        from pypinyin import Style, pinyin  # pyright: ignore
    except ImportError:
        raise MissingExtra("foundry") from None
    common = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA)
    ]
    said: list[list[str]] = pinyin(common, style=Style.NORMAL, strict=False)
    syllables = {character: sound[0] for character, sound in zip(common, said, strict=True)}
    characters: dict[str, list[str]] = {}
    kept = load_sound_file().kept
    for character, syllable in syllables.items():
        if character not in kept:
            characters.setdefault(syllable, []).append(character)
    return Sounds(characters, syllables)


def misheard(text: str, region: str, chance: random.Random, rate: float = 0.08) -> str:
    """Chinese text as a recogniser may write it; ``rate`` is the share of changed characters."""
    heard, kept = "", load_sound_file().kept
    for character in text:
        if character in kept or is_mark(character) or chance.random() > rate:
            heard += character
            continue
        kind = chance.random()
        if kind < _LOST:
            continue
        heard += character * 2 if kind < _LOST + _DOUBLED else _other(character, region, chance)
    return heard or text


def _other(character: str, region: str, chance: random.Random) -> str:
    sounds, data = load_sounds(), load_noise()
    syllable = sounds.syllables.get(character)
    if syllable is None:
        return character
    initial, final = split(syllable)
    options: list[tuple[str, float]] = []
    for name, weight in data.regions[region].items():
        confusion = load_sound_file().confusions.get(name)
        heard = confusion.other(initial, final) if confusion else syllable
        if heard and heard in sounds.characters:
            options.append((heard, weight))
    if not options:
        return character
    (heard,) = chance.choices([each for each, _ in options], [weight for _, weight in options])
    return chance.choice(sounds.characters[heard])


def misheard_english(text: str, chance: random.Random, rate: float = 0.08) -> str:
    """English text as a recogniser may write it: words mixed up, small ones lost."""
    known = load_noise().english
    heard: list[str] = []
    for word in text.split():
        if chance.random() > rate * 3 or any(map(is_mark, word)):
            heard.append(word)
        elif word in known and chance.random() < 0.7:
            heard.append(chance.choice(known[word]))
        elif word not in ("the", "a", "my", "to", "please"):
            heard.append(word)
    return " ".join(heard) or text
