"""The words of a locale: surfaces in YAML, facets in code.

A lexicon file maps *facets* to words::

    verb.on: [打开, 开启, 开]
    volume change.up: [大声, (再|更)响]

A facet without a dot is a *concept* (a thing or an aspect of it: ``window``, ``heating``); one with
a dot is a *mark* (``verb.on``, ``zone.front``, ``color.red``). One word may carry several facets,
and may stand under several keys: then it has several *senses*. ``(a|b)`` and ``[c]`` in a word
are alternatives and options.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.understanding import pattern

DATA = Path(__file__).parent / "data"
SMALL_MARKS = frozenset(
    {"filler", "polite", "and", "le", "article", "please", "correct", "quote", "if"}
)
"""Marks that need no value, and so no dot."""


class WordFile(BaseModel):
    """One lexicon file: facets to words."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, list[str]] = {}
    rewrites: dict[str, str] = {}
    """Dialect words and the Mandarin that is read in their place."""
    characters: dict[str, str] = {}
    """Characters of another script and the standard's, read so before anything else."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word."""

    concepts: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]

    def mark(self, kind: str) -> str | None:
        """The value of the first mark of that kind, if any."""
        for name, value in self.marks:
            if name == kind:
                return value
        return None


@dataclass
class Words:
    """All words of one language, ready to be looked up."""

    senses: dict[str, tuple[Sense, ...]] = field(default_factory=dict[str, tuple[Sense, ...]])
    rewrites: dict[str, str] = field(default_factory=dict[str, str])
    characters: dict[str, str] = field(default_factory=dict[str, str])
    longest: dict[str, int] = field(default_factory=dict[str, int])
    """Length of the longest word by its first character."""

    def add(self, facets: str, surfaces: Iterable[str]) -> None:
        """Add words under a key of facets separated by spaces."""
        sense = _sense(facets)
        for surface in surfaces:
            for word in expand(str(surface)):
                known = self.senses.get(word, ())
                if sense not in known:
                    self.senses[word] = (*known, sense)
                self.longest[word[0]] = max(self.longest.get(word[0], 0), len(word))


def _sense(facets: str) -> Sense:
    concepts: list[str] = []
    marks: list[tuple[str, str]] = []
    for facet in facets.split():
        kind, dot, value = facet.partition(".")
        if dot or kind in SMALL_MARKS:
            marks.append((kind, value))
        else:
            concepts.append(kind)
    return Sense(tuple(concepts), tuple(marks))


def expand(word: str) -> Iterator[str]:
    """Every surface of a word: ``打(开|上)[吧]`` stands for 打开, 打上, 打开吧, 打上吧."""
    if "(" not in word and "[" not in word:
        yield word
    else:
        yield from (surface for surface in pattern.expand(pattern.parse(word)) if surface)


def locales_of(language: str) -> list[Path]:
    """The locale folders of a language: the standard first, then its dialects."""
    folders = sorted(path for path in DATA.iterdir() if path.is_dir())
    standard = {"zh": "zh-CN", "en": "en"}[language]
    return [path for path in folders if path.name == standard] + [
        path for path in folders if path.name != standard and path.name.startswith(language)
    ]


@cache
def load_words(language: str) -> Words:
    """All lexicon files of a language; raises DataError for a broken one."""
    words = Words()
    for folder in locales_of(language):
        for file in sorted((folder / "words").glob("*.yaml")):
            content = load_yaml(file, WordFile)
            for facets, surfaces in content.words.items():
                try:
                    words.add(facets, surfaces)
                except ValueError as error:
                    raise DataError(file, 0, f"{facets}: {error}") from None
            words.rewrites.update(content.rewrites)
            words.characters.update(content.characters)
    return words
