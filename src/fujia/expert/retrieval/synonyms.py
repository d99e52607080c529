"""Drivers' words and the manual's words for the same thing, from ``data/synonyms.yaml``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.expert.segment import normalise

DATA = Path(__file__).parents[1] / "data"


class SynonymFile(BaseModel):
    """Groups of words that drivers and manuals use for one thing, in any language."""

    model_config = ConfigDict(extra="forbid")

    groups: list[list[str]] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Found:
    """A known word in a text, and every word of its groups, itself first."""

    start: int
    end: int
    words: tuple[str, ...]


class Synonyms:
    """Finds known words in a text, the longest first."""

    def __init__(self, file: SynonymFile) -> None:
        self._others: dict[str, tuple[str, ...]] = {}
        self._groups = file.groups
        for group in file.groups:
            known = tuple(dict.fromkeys(normalise(word) for word in group))
            for word in known:
                rest = (*self._others.get(word, ()), *known)
                self._others[word] = tuple(dict.fromkeys((word, *rest)))
        longest_first = sorted(self._others, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(bounded, longest_first)))

    def with_words(self, words: Iterable[str]) -> "Synonyms":
        """These, and more words that have no others."""
        return Synonyms(SynonymFile(groups=[*self._groups, *([word] for word in words)]))

    def find(self, text: str) -> Iterator[Found]:
        """The known words of a normalised text, from left to right, without overlap."""
        for found in self._pattern.finditer(text):
            yield Found(found.start(), found.end(), self._others[found.group()])


def bounded(word: str) -> str:
    """A pattern for a whole word; Chinese has no spaces to bound it."""
    quoted = re.escape(word)
    left = r"(?<![a-z0-9])" if word[0].isascii() else ""
    right = r"(?![a-z0-9])" if word[-1].isascii() else ""
    return f"{left}{quoted}{right}"


@cache
def load_synonyms(file: Path = DATA / "synonyms.yaml") -> Synonyms:
    """The packaged synonyms; raises DataError for a broken file."""
    return Synonyms(load_yaml(file, SynonymFile))
