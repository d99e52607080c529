"""A question taken apart: what it is about, in which words, and what sort of answer it wants."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import UtteranceError
from fujia.expert.retrieval.synonyms import DATA, bounded, load_synonyms
from fujia.expert.section import Language
from fujia.expert.segment import normalise

LONGEST = 5_000
"""Characters of a question."""

Kind = Literal["number", "how", "where", "what_now", "why"]
_HAN = re.compile(r"[㐀-鿿]")
NAMING = 1.0
"""What the name of a thing counts."""
_DECISIVE, _DOING, _FAINT = 2.0, 0.5, 0.35
"""What other words count: manuals keep to the names of things, less to drivers' verbs."""
_NOUNS = frozenset("nelijx")
"""Tags of nouns, of words in Latin letters, and of set phrases, by their first letter."""
_LAMP = re.compile(r"\b(?:light|lamp|telltale)s?\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


class Wording(BaseModel):
    """How questions are put in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ignore: frozenset[str]
    faint: frozenset[str]
    decisive: frozenset[str]
    lamps: frozenset[str]
    kinds: Mapping[Kind, tuple[str, ...]]

    @cached_property
    def telling(self) -> re.Pattern[str]:
        """Finds decisive words, the longest first; single characters stand in other words too."""
        longest_first = sorted((each for each in self.decisive if len(each) > 1), key=len)[::-1]
        return re.compile("|".join(map(bounded, longest_first)))


class QuestionFile(BaseModel):
    """``data/questions.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: Wording
    en: Wording


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a question is about.

    ``words`` are the words for it in normalised form, the driver's own first. ``weight`` is below
    1 where the word alone says little, such as 打开.
    """

    words: tuple[str, ...]
    weight: float = 1.0
    known: bool = False
    """Whether it stands among the synonyms, so that other words for it are known."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as retrieval sees it."""

    text: str
    language: Language
    concepts: tuple[Concept, ...]
    kinds: frozenset[Kind]

    @property
    def terms(self) -> tuple[str, ...]:
        """Every word for everything it is about, for a search by words."""
        return tuple(dict.fromkeys(word for each in self.concepts for word in each.words))

    @property
    def about_any_lamp(self) -> bool:
        """Whether it is about the lamps that are on now, and names none of them."""
        lamps = load_wording(self.language).lamps
        named = {each.words[0] for each in self.concepts}
        says_lamp = "灯" in self.text or bool(_LAMP.search(self.text))
        return says_lamp and named <= lamps


def parse_question(text: str) -> Question:
    """Take a question apart.

    Raises:
        UtteranceError: no text, or more than 5,000 characters.
    """
    proper = text.encode("utf-8", "replace").decode()  # halves of surrogate pairs are no text
    clean = _SPACES.sub(" ", proper).strip()
    if not clean:
        raise UtteranceError("the question is empty")
    if len(clean) > LONGEST:
        raise UtteranceError(f"the question has {len(clean)} characters; at most {LONGEST}")
    plain = normalise(clean)
    language: Language = "zh" if _HAN.search(plain) else "en"
    wording = load_wording(language)
    kinds: set[Kind] = {
        kind for kind, words in wording.kinds.items() if any(word in plain for word in words)
    }
    concepts = tuple(_distinct(_concepts(plain, wording)))
    return Question(clean, language, concepts, frozenset(kinds))


def _concepts(plain: str, wording: Wording) -> Iterator[Concept]:
    """Known words first claim their place; what lies between them is segmented."""
    at = 0
    for found in load_synonyms().find(plain):
        yield from _loose(plain[at : found.start], wording)
        weight = _FAINT if found.words[0] in wording.faint | wording.ignore else NAMING
        yield Concept(found.words, weight, known=True)
        at = found.end
    yield from _loose(plain[at:], wording)


def _loose(text: str, wording: Wording) -> Iterator[Concept]:
    """Decisive words claim their place as well; the rest is segmented."""
    at = 0
    for found in wording.telling.finditer(text):
        yield from _segmented(text[at : found.start()], wording)
        yield Concept((found.group(),), _DECISIVE)
        at = found.end()
    yield from _segmented(text[at:], wording)


def _segmented(text: str, wording: Wording) -> Iterator[Concept]:
    for word, weight in _tagged(text):
        if word in wording.ignore or not any(character.isalnum() for character in word):
            continue
        if word in wording.decisive:
            weight = _DECISIVE
        yield Concept((word,), _FAINT if word in wording.faint else weight)


def _tagged(text: str) -> list[tuple[str, float]]:
    """The words of a text, with what each counts for its part of speech."""
    import rjieba  # only here: its dictionary takes a tenth of a second

    if not _HAN.search(text):
        return [(word, 1.0) for word in re.findall(r"[\w'\-]+", text)]
    # Without guesses at new words: they join words of grammar to what stands beside them.
    return [
        (word, NAMING if tag[:1] in _NOUNS else _DOING if tag[:1] == "v" else _FAINT)
        for word, tag in rjieba.tag(text, hmm=False)
    ]


def _distinct(concepts: Iterator[Concept]) -> Iterator[Concept]:
    seen = set[str]()
    for concept in concepts:
        if concept.words[0] not in seen:
            seen.add(concept.words[0])
            yield concept


@cache
def load_wording(language: Language, file: Path = DATA / "questions.yaml") -> Wording:
    """The packaged question words of a language; raises DataError for a broken file."""
    words = load_yaml(file, QuestionFile)
    return words.zh if language == "zh" else words.en
