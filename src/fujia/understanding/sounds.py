"""What Mandarin characters sound like, and which of their sounds are taken for one another.

``data/zh-CN/sounds.yaml`` holds the confusions, ``syllables.yaml`` the syllable of each common
character, without tones, and ``common.yaml`` common words of the language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.words import DATA

SYLLABLES = DATA / "zh-CN" / "syllables.yaml"
COMMON = DATA / "zh-CN" / "common.yaml"
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")

_FIRST_GROUP = 0xE000
"""Groups are named by letters for private use, so that no text can hold them."""


class Confusion(BaseModel):
    """Two initials or two finals that are mixed up."""

    model_config = ConfigDict(extra="forbid")

    initials: tuple[str, str] | None = None
    finals: tuple[str, str] | None = None

    def other(self, initial: str, final: str) -> str | None:
        """The syllable that is heard instead, if this confusion applies."""
        if self.initials:
            for said, heard in (self.initials, self.initials[::-1]):
                if (initial + final).startswith(said) and (initial == said or len(said) > 1):
                    return heard + (initial + final)[len(said) :]
        if self.finals:
            for said, heard in (self.finals, self.finals[::-1]):
                if final.endswith(said):
                    return initial + final[: -len(said)] + heard
        return None


class SoundFile(BaseModel):
    """What is written by hand about sounds."""

    model_config = ConfigDict(extra="forbid")

    confusions: dict[str, Confusion]
    kept: str
    """Characters that carry a number or a side, and so the meaning."""
    also: dict[str, list[str]] = {}
    """Further readings of characters that have several."""


class SyllableFile(BaseModel):
    """Every common character under its syllable."""

    model_config = ConfigDict(extra="forbid")

    syllables: dict[str, str]


class CommonFile(BaseModel):
    """Common words of two characters: the second ones under the first."""

    model_config = ConfigDict(extra="forbid")

    common: dict[str, str]


@dataclass(frozen=True)
class Sounds:
    """How characters sound."""

    readings: Mapping[str, tuple[str, ...]]
    """The syllables of a character, without tones."""
    groups: Mapping[str, str]
    """A syllable to the one letter that names all syllables which confusions join with it."""
    neighbours: Mapping[str, frozenset[str]]
    """A syllable to those that one confusion makes of it."""
    kept: frozenset[str]

    def said_as(self, character: str) -> tuple[str, ...]:
        """The groups that a character of a word sounds like; itself where it is never guessed."""
        if character in self.kept or character not in self.readings:
            return (character,)
        return tuple(dict.fromkeys(self.groups[one] for one in self.readings[character]))

    def heard_as(self, character: str) -> tuple[str, ...]:
        """The groups that a written character may stand for, with itself if it may stay."""
        groups = (self.groups[one] for one in self.readings.get(character, ()))
        stays = character in self.kept or character not in self.readings
        return tuple(dict.fromkeys((*((character,) if stays else ()), *groups)))

    def steps(self, heard: str, said: str) -> int:
        """How far apart two characters sound: 0 the same one, 1 a homophone, 2 a confusion, 3."""
        if heard == said:
            return 0
        others = self.readings.get(said, ())
        found = 3
        for one in self.readings.get(heard, ()):
            if one in others:
                return 1
            if self.neighbours[one].intersection(others):
                found = 2
        return found


def split(syllable: str) -> tuple[str, str]:
    """Initial and final; the initial may be empty."""
    initial = next((each for each in _INITIALS if syllable.startswith(each)), "")
    return initial, syllable[len(initial) :]


@cache
def load_sound_file() -> SoundFile:
    """The data written by hand; raises DataError for a broken file."""
    return load_yaml(DATA / "zh-CN" / "sounds.yaml", SoundFile)


@cache
def load_sounds() -> Sounds:
    """Everything about sounds; raises DataError for a broken file."""
    file, made = load_sound_file(), load_yaml(SYLLABLES, SyllableFile).syllables
    readings: dict[str, tuple[str, ...]] = {
        character: (syllable,) for syllable, characters in made.items() for character in characters
    }
    for character, others in file.also.items():
        readings[character] = tuple(dict.fromkeys((*readings.get(character, ()), *others)))
    every = dict.fromkeys(syllable for several in readings.values() for syllable in several)
    neighbours = {one: _neighbours(one, file.confusions) & every.keys() for one in every}
    return Sounds(readings, _groups(neighbours), neighbours, frozenset(file.kept))


@cache
def load_common() -> frozenset[str]:
    """Common words of the language, whether the car knows them or not; raises DataError."""
    rows = load_yaml(COMMON, CommonFile).common
    return frozenset(first + second for first, seconds in rows.items() for second in seconds)


def _neighbours(syllable: str, confusions: Mapping[str, Confusion]) -> frozenset[str]:
    heard = (confusion.other(*split(syllable)) for confusion in confusions.values())
    return frozenset(one for one in heard if one)


def _groups(neighbours: Mapping[str, frozenset[str]]) -> dict[str, str]:
    groups: dict[str, str] = {}
    for number, first in enumerate(neighbours):
        name, waiting = chr(_FIRST_GROUP + number), [first]
        while waiting:
            one = waiting.pop()
            if one not in groups:
                groups[one] = name
                waiting.extend(neighbours[one])
    return groups
