"""Whether a manual answers a question at all, from what the best places have of it.

Nothing here knows a manual: the features are shares and likenesses, and the weights were learned
on several manuals together.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.expert.retrieval.corpus import Corpus, presence
from fujia.expert.retrieval.question import NAMING, Concept
from fujia.expert.retrieval.rank import Ranked, Weighted
from fujia.expert.retrieval.synonyms import DATA
from fujia.expert.segment import normalise

_TOP = 3
_BEGINNING = 60
"""Characters in which a writer says what a passage is about."""
_THERE = 0.5
"""A word that is there in part still counts as there."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the best places meet a question. All but two are shares, 0 to 1."""

    coverage: float
    """Of the question's weight, in one passage."""
    near: float
    """The same, in two neighbouring sentences."""
    heading: float
    """The same, in its headings."""
    likeness: float
    """Of the passage most like the question, by meaning; 0 without vectors."""
    absent: float
    """The part of the question's weight that occurs nowhere in the manual under any name."""
    about: float
    """How far the best place is about the things asked about, not only mentions them."""
    ahead: float
    """How far the best place is ahead of the next one; a score, not a share."""


class Weights(BaseModel):
    """One row of ``data/calibration.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bias: float
    coverage: float
    near: float
    heading: float
    likeness: float
    absent: float
    about: float
    ahead: float
    threshold: float

    def probability(self, evidence: Evidence) -> float:
        """How probable it is that the manual answers, 0 to 1."""
        given = asdict(evidence)
        total = self.bias + sum(value * getattr(self, name) for name, value in given.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))

    def accepts(self, evidence: Evidence) -> bool:
        """Whether that is probable enough to answer."""
        return self.probability(evidence) >= self.threshold


class Calibration(BaseModel):
    """``data/calibration.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vectors: Weights
    words: Weights


def gather(weighted: Weighted, ranked: Sequence[Ranked], corpus: Corpus) -> Evidence:
    """The evidence of the first few places together; ``ranked`` may be empty."""
    best = ranked[:_TOP]
    total = sum(weight for _, weight in weighted)
    absent = sum(weight for concept, weight in weighted if not corpus.count(concept))
    return Evidence(
        coverage=max((each.features.coverage for each in best), default=0.0),
        near=max((each.features.near for each in best), default=0.0),
        heading=max((each.features.heading for each in best), default=0.0),
        likeness=max((each.likeness for each in ranked), default=0.0),
        absent=absent / total if total else 0.0,
        about=_about(weighted, ranked[0], corpus) if ranked else 0.0,
        ahead=ranked[0].score - ranked[1].score if len(ranked) > 1 else 0.0,
    )


def _about(weighted: Weighted, best: Ranked, corpus: Corpus) -> float:
    """The share of the weight of what is named; half where nothing is."""
    heading = corpus.headings[corpus.place[best.hit.passage]]
    body = normalise(best.hit.text)
    things = [(each, weight) for each, weight in weighted if each.weight >= NAMING]
    total = sum(weight for _, weight in things)
    if not total:
        return 0.5
    return sum(weight * _subject(each, heading, body) for each, weight in things) / total


def _subject(concept: Concept, heading: str, body: str) -> float:
    """Whether a thing is what a passage is about: in its headings, at its beginning, or again and
    again; what is only mentioned once, such as in a list, counts less."""
    if presence(concept, heading) >= _THERE:
        return 1.0
    if presence(concept, body[:_BEGINNING]) >= _THERE:
        return 0.9
    if sum(body.count(word) for word in concept.words) > 1:
        return 0.8
    return 0.4 * presence(concept, body)


@cache
def load_calibration(file: Path = DATA / "calibration.yaml") -> Calibration:
    """The packaged calibration; raises DataError for a broken file."""
    return load_yaml(file, Calibration)
