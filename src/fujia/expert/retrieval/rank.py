"""Ranking: by words (BM25) and by meaning, fused, then ordered again by what a reader looks for.

The second order looks closer at the few dozen passages that either search found:

- ``words``: its BM25 score by the words for what is asked about, as a part of the best one.
- ``literal``: the same by the question as it was put, with every word and pair of characters.
- ``coverage``: how much of what is asked about the passage speaks of, the rare things most.
- ``near``: the same within two neighbouring sentences; words that only share a page mean little.
- ``heading``: the same within the headings; writers put the subject there.
- ``meaning``: the likeness of its vector, in standard deviations above the manual's own mean, as
  the likeness itself differs from one manual and question to the next.
- ``fitting``: whether the best place has what the question wants: a number for "how many".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from fujia.expert.reading import Hit, Reading, Scope
from fujia.expert.retrieval.corpus import Corpus, presence
from fujia.expert.retrieval.pieces import pieces_of
from fujia.expert.retrieval.question import Concept, Question
from fujia.expert.segment import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RRF = 60
_CANDIDATES = 40
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十]+[档挡级个次年月天]")
_DIGITS = r"[\d一二两三四五六七八九十百]\s*"
_UNIT = re.compile(r"(?:多少|几)(?:个)?([升度档挡安年天岁级瓦米种])")
"""What is counted, where a question says so: 多少升 wants a number of litres."""
_MARKS = {
    "where": ("位于", "在", "上方", "下方", "左侧", "右侧", "内侧", "后方", "located", "under"),
    "what_now": ("请", "应", "立即", "尽快", "表示", "停车", "联系", "means", "stop", "have"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one passage for one question; see the module."""

    fused: float
    words: float
    literal: float
    coverage: float
    near: float
    heading: float
    meaning: float
    fitting: float


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each feature counts; rounded, as only their order of size was learned."""

    fused: float = 0.4
    words: float = 0.2
    literal: float = 0.4
    coverage: float = 0.6
    near: float = 1.0
    heading: float = 0.5
    meaning: float = 0.25
    fitting: float = 0.2

    def score(self, features: Features) -> float:
        """One number for a passage; higher is better."""
        return sum(getattr(self, each.name) * getattr(features, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score and what the score was made of."""

    hit: Hit
    score: float
    features: Features
    likeness: float = 0.0
    """The product of the vectors of passage and question; 0 without vectors."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the searches gave: passages by their numbers, each list best first."""

    words: Mapping[int, float]
    literal: Mapping[int, float]
    meaning: Sequence[int] = ()
    vector: "NDArray[np.float32] | None" = None
    """That of the question."""


_MIX = Mix()
Weighted = Sequence[tuple[Concept, float]]


def weigh(question: Question, corpus: Corpus) -> Weighted:
    """What each concept counts in this manual: how rare it is there, less if it says little."""
    return [(each, each.weight * corpus.rarity(each)) for each in question.concepts]


def search_words(
    terms: Sequence[str], reading: Reading, scope: Scope, limit: int = _CANDIDATES
) -> dict[int, float]:
    """Passages and their BM25 scores as parts of the best one, best first.

    Searched by words and by pairs of Chinese characters; there may be none.
    """
    found = reading.search(terms, scope, limit=limit)
    best = max((hit.score for hit in found), default=0.0) or 1.0
    return {hit.passage: hit.score / best for hit in found}


def search(
    question: Question,
    reading: Reading,
    scope: Scope,
    corpus: Corpus,
    vector: "NDArray[np.float32] | None" = None,
) -> Found:
    """Search by what the question is about, by the question as it was put, and by meaning."""
    return Found(
        words=search_words(question.terms, reading, scope),
        literal=search_words((question.text,), reading, scope),
        meaning=() if vector is None else search_meaning(vector, corpus),
        vector=vector,
    )


def search_meaning(
    vector: "NDArray[np.float32]", corpus: Corpus, limit: int = _CANDIDATES
) -> list[int]:
    """Numbers of passages by likeness of their vectors, best first."""
    if corpus.vectors is None:
        return []
    order = (-(corpus.vectors @ vector)).argsort(kind="stable")[:limit]
    return [corpus.hits[int(at)].passage for at in order]


def fuse(*lists: Iterable[int]) -> dict[int, float]:
    """Reciprocal rank fusion: each list gives its n-th passage 1/(60 + n)."""
    scores = dict[int, float]()
    for ranking in lists:
        for rank, passage in enumerate(ranking, start=1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (_RRF + rank)
    return scores


def reorder(
    question: Question,
    found: Found,
    corpus: Corpus,
    mix: Mix = _MIX,
) -> list[Ranked]:
    """The found passages, best first by ``mix``, without tables of contents and the like."""
    fused = fuse(found.words, found.literal, found.meaning)
    weighted = weigh(question, corpus)
    likeness, mean, spread = _likeness(corpus, found.vector)
    best = max(fused.values(), default=1.0)
    ranked = list[Ranked]()
    for passage, score in fused.items():
        at = corpus.place[passage]
        if corpus.lists[at]:
            continue
        like = likeness[at] if likeness is not None else 0.0
        features = Features(
            fused=score / best,
            words=found.words.get(passage, 0.0),
            literal=found.literal.get(passage, 0.0),
            coverage=covered(weighted, corpus.texts[at]),
            heading=covered(weighted, corpus.headings[at]),
            meaning=(like - mean) / spread if likeness is not None else 0.0,
            **_closest(question, weighted, corpus, at),
        )
        ranked.append(Ranked(corpus.hits[at], mix.score(features), features, like))
    return sorted(ranked, key=lambda each: -each.score)


def covered(weighted: Weighted, text: str) -> float:
    """The share of the question's weight that a normalised text speaks of, 0 to 1."""
    total = sum(weight for _, weight in weighted)
    if not total:
        return 0.0
    return sum(weight * presence(concept, text) for concept, weight in weighted) / total


def fits(question: Question, text: str) -> float:
    """Whether a text has what this sort of question asks for, 0 to 1."""
    wanted = list[bool]()
    if "number" in question.kinds:
        unit = _UNIT.search(question.text)
        number = re.compile(_DIGITS + re.escape(unit[1])) if unit else _NUMBER
        wanted.append(bool(number.search(text)))
    for kind, marks in _MARKS.items():
        if kind in question.kinds:
            wanted.append(any(mark in text for mark in marks))
    return sum(wanted) / len(wanted) if wanted else 0.0


def _closest(question: Question, weighted: Weighted, corpus: Corpus, at: int) -> dict[str, float]:
    """The best pair of neighbouring pieces; the heading is read with each, for half."""
    body = normalise(corpus.hits[at].text)
    pieces = pieces_of(body)
    best, fitting = 0.0, 0.0
    for first, second in zip(pieces, [*pieces[1:], None], strict=True):
        text = body[first.start : (second or first).end]
        near = covered(weighted, text)
        if near > best:
            best, fitting = near, fits(question, text)
    return {"near": best, "fitting": fitting}


def _likeness(
    corpus: Corpus, vector: "NDArray[np.float32] | None"
) -> tuple["NDArray[np.float32] | None", float, float]:
    if corpus.vectors is None or vector is None:
        return None, 0.0, 1.0
    likeness = corpus.vectors @ vector
    return likeness, float(likeness.mean()), max(float(likeness.std()), 1e-3)
