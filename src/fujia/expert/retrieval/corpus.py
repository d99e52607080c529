"""The passages in scope, in memory, with what ranking asks of each again and again."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from fujia.expert.reading import Hit, Reading, Scope
from fujia.expert.retrieval.question import Concept
from fujia.expert.segment import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LISTS = frozenset({"目录", "目次", "索引", "字母索引", "contents", "table of contents", "index"})
_LEADER = re.compile(r"(?:\.{3,}|…{2,}|·{3,}|(?:\. ){3,})\s*\d+")
_ENDING = re.compile(
    r"(?:e?s|e?d|e?rs?|e|y|ly|ings?|able|al|ions?|ations?|e?ments?|(?P<twice>[bgmnprt])(?:ing|ed|er))?"
    r"(?![a-z])"
)
"""What may follow an English word that is still the same: open(ing), adjust(ment), not star(t)."""
_FEW = 50
"""A leaflet of fewer passages is taken to be a part of a manual of so many: in one of three, a
word that it has would else count next to nothing beside one that it has not."""
_SCARCE = 6
"""A word in fewer passages, or in none, is taken to be in so many: else one odd word of a question
would count more than all that it is about."""
_SYNONYM = 0.9
"""What another word for the same thing counts, where the driver's own word counts 1."""


@dataclass(frozen=True)
class Corpus:
    """Passages in reading order; ``vectors`` has a row for each, or none at all."""

    hits: Sequence[Hit]
    vectors: "NDArray[np.float32] | None" = None
    _counts: dict[tuple[str, ...], int] = field(default_factory=dict[tuple[str, ...], int])

    @classmethod
    def read(cls, reading: Reading, scope: Scope, model: str | None) -> "Corpus":
        """Everything in scope; with the vectors of ``model`` if every passage has one."""
        hits = reading.all_passages(scope)
        if model is None:
            return cls(hits)
        numbers, vectors = reading.vectors(model, scope)
        complete = numbers == [hit.passage for hit in hits]
        return cls(hits, vectors if complete and hits else None)

    @cached_property
    def texts(self) -> list[str]:
        """Headings and text of each passage, normalised."""
        return [normalise(f"{' '.join(hit.section.path)}\n{hit.text}") for hit in self.hits]

    @cached_property
    def headings(self) -> list[str]:
        """The headings of each passage, normalised."""
        return [normalise(" ".join(hit.section.path)) for hit in self.hits]

    @cached_property
    def place(self) -> dict[int, int]:
        """The position of each passage by its number in the store."""
        return {hit.passage: at for at, hit in enumerate(self.hits)}

    @cached_property
    def lists(self) -> list[bool]:
        """Whether each passage only says where things are: contents, an index."""
        return [
            hit.section.title.strip().casefold() in _LISTS or len(_LEADER.findall(hit.text)) >= 3
            for hit in self.hits
        ]

    def count(self, concept: Concept) -> int:
        """How many passages surely speak of a concept; 0: it is named nowhere."""
        known = self._counts.get(concept.words)
        if known is None:
            known = sum(presence(concept, text) >= _SYNONYM for text in self.texts)
            self._counts[concept.words] = known
        return known

    def rarity(self, concept: Concept) -> float:
        """How much finding this concept says: log of the share of passages that have it."""
        return math.log((max(len(self.texts), _FEW) + 1) / max(self.count(concept), _SCARCE))


def presence(concept: Concept, text: str) -> float:
    """How surely a normalised text speaks of a concept, from 0 to 1.

    The driver's own word counts 1, another word for it a little less. Of a Chinese word that is
    not there as a whole, its pairs of characters count half: 打不开 is written 打开 and 无法打开.
    """
    own = concept.words[0]
    if own.isascii():
        return max((_SYNONYM + 0.1 * (word == own)) * _said(word, text) for word in concept.words)
    if own in text:
        return 1.0
    if any(_said(word, text) for word in concept.words[1:]):
        return _SYNONYM
    if len(own) < 3:
        return 0.0
    parts = [own[at : at + 2] for at in range(len(own) - 1)]
    return 0.5 * sum(part in text for part in parts) / len(parts)


def _said(word: str, text: str) -> bool:
    """Whether a word stands in a text; an English one at the start of a word: ``open(ing)``."""
    if not word.isascii():
        return word in text
    stem = word[:-1] if len(word) > 4 and word[-1] in "se" else word
    at = text.find(stem)
    while at >= 0:
        before = at == 0 or not (text[at - 1].isascii() and text[at - 1].isalnum())
        ending = _ENDING.match(text, at + len(stem))
        if ending and ending["twice"] not in (None, stem[-1]):
            ending = None
        whole = not (stem[-1].isdigit() and text[at + len(stem) : at + len(stem) + 1].isdigit())
        if before and whole and ending and (len(stem) > 3 or len(ending[0]) <= 1):
            return True
        at = text.find(stem, at + 1)
    return False
