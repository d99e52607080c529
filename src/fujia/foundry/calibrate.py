"""How far a model's confidence can be trusted, and from where on it should be.

Confidence is a logistic function of two numbers that decoding gives for free: the sum of the
steps' log chances, and the smallest of them. It is fitted on examples that training never saw:
generated ones, which are many, and those that people say (``natural``), which are few and weigh as
much. Generated examples alone are too dark about people, whose sentences are plainer.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from fujia.foundry.answers import is_right
from fujia.foundry.examples import Example
from fujia.foundry.export import write_manifest
from fujia.foundry.natural import load_natural
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.model import Calibration, StudentModel, Sure, Trust, log_odds
from fujia.understanding.student.understander import (
    StudentUnderstander,
    SureUnderstander,
    has_unread,
    may_lead,
)

Floats = NDArray[np.float64]
_FEW, _KNOWN, _CONFIDENT = 4, 0.9, 0.8
_RIDGE = 1e-3
LEAST = 0.8
"""Below this confidence the student never answers for the grammar: on what people say the two are
then right about as often, and where the grammar is wrong, a sentence in its data repairs it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One plan of the model, and whether it was right."""

    total: float
    worst: float
    right: bool
    confidence: float
    weight: float = 1.0
    """How many examples it stands for."""


def judge(student: StudentUnderstander, examples: Sequence[Example]) -> list[Judged]:
    """The model's plans for examples; right means the same act and commands, however spelled."""
    judged: list[Judged] = []
    for example in examples:
        plan, written = student.write(example.text, example.context)
        right = is_right(example, plan)
        judged.append(Judged(sum(written.chances), min(written.chances), right, plan.confidence))
    return judged


def fit(judged: Sequence[Judged]) -> Calibration:
    """How the chances of a plan's steps tell whether it is right."""
    rows = [(1.0, one.total, one.worst) for one in judged]
    weights = [one.weight for one in judged]
    bias, total, worst = _regression(rows, [one.right for one in judged], weights)
    return Calibration(bias=bias, total=total, worst=worst)


def _regression(
    rows: Sequence[Sequence[float]],
    right: Sequence[bool],
    counts: Sequence[float],
    rounds: int = 40,
) -> list[float]:
    """Logistic regression by Newton's method, with a little ridge so that it always ends; each
    row stands for as many as ``counts`` says."""
    inputs, wanted = np.array(rows), np.array(right, dtype=np.float64)
    times = np.array(counts, dtype=np.float64)
    weights = np.zeros(inputs.shape[1])
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (times * (chance - wanted)) + _RIDGE * weights
        curve = (inputs * (times * chance * (1 - chance))[:, None]).T @ inputs
        weights = weights - np.linalg.solve(curve + _RIDGE * np.eye(len(weights)), slope)
    return [float(round(weight, 5)) for weight in weights]


@dataclass(frozen=True, slots=True)
class Pair:
    """What the student and the grammar read in one example, and who was right."""

    confidence: float
    """The student's."""
    student: bool
    grammar: bool
    agree: bool
    may_lead: bool = False
    """Whether the student may answer for the grammar, if it knows the skills."""
    skills: frozenset[str] = frozenset()
    """What the student's plan calls."""
    unread: bool = False
    """Whether the grammar left words unread."""
    weight: float = 1.0
    """How many examples it stands for."""


def pair(both: SureUnderstander, examples: Sequence[Example]) -> list[Pair]:
    """Both readings of every example."""
    pairs: list[Pair] = []
    for example in examples:
        plan, other = both.readings(example.text, example.context)
        skills = frozenset(command.skill for command in plan.commands)
        pairs.append(
            Pair(
                plan.confidence,
                is_right(example, plan),
                is_right(example, other),
                plan.asks_the_same(other),
                may_lead(plan, other, skills),
                skills,
                has_unread(other),
            )
        )
    return pairs


_One = TypeVar("_One", Judged, Pair)


def together(generated: Sequence[_One], natural: Sequence[_One]) -> list[_One]:
    """Both, the natural ones with weights that sum up to the number of generated ones."""
    weight = len(generated) / max(len(natural), 1)
    return [*generated, *(replace(one, weight=weight) for one in natural)]


def trust(generated: Sequence[Pair], natural: Sequence[Pair] = ()) -> Trust:
    """Whom to trust: the student from the confidence on from which it is right more often than
    the grammar where that left something unread, about the skills that it knows. Which these are
    the generated examples tell: each skill has many of them."""
    known = frozenset(_known(generated))
    pairs = together(generated, natural)
    agreed = [one for one in pairs if one.agree]
    differ = [one for one in pairs if not one.agree]
    open_ = [one for one in differ if one.may_lead and one.skills <= known]
    threshold = max(_threshold(open_), LEAST)
    led = [one for one in open_ if one.confidence >= threshold]
    rest = [one for one in differ if one not in led]
    whole = [one for one in rest if not one.unread]
    unread = [one for one in rest if one.unread]
    return Trust(
        threshold=threshold,
        alone=known,
        agreed=_sure(agreed, [one.student for one in agreed]),
        led=_sure(led, [one.student for one in led]),
        doubted=_sure(whole, [one.grammar for one in whole]),
        unread=_sure(unread, [one.grammar for one in unread]),
    )


def _threshold(pairs: Sequence[Pair]) -> float:
    """From which confidence on the student's plans are right more often than the grammar's."""
    best, found, gained = 0.0, 1.01, 0.0
    ranked = sorted(pairs, key=lambda one: -one.confidence)
    for at, one in enumerate(ranked):
        gained += one.weight * (one.student - one.grammar)
        is_last = at + 1 == len(ranked) or ranked[at + 1].confidence < one.confidence
        if is_last and gained > best:
            best, found = gained, one.confidence
    return found


def _known(pairs: Sequence[Pair]) -> Iterator[str]:
    """The skills about which the student was confident, and right, a few times at least."""
    sure = [one for one in pairs if one.confidence >= _CONFIDENT]
    for skill in sorted({skill for one in sure for skill in one.skills}):
        right = [one.student for one in sure if skill in one.skills]
        if len(right) >= _FEW and sum(right) >= _KNOWN * len(right):
            yield skill


def _sure(pairs: Sequence[Pair], right: Sequence[bool]) -> Sure:
    """How the student's confidence tells whether such a plan is right."""
    if not pairs:
        return Sure(bias=0.0, weight=0.0)
    rows = [(1.0, log_odds(one.confidence)) for one in pairs]
    bias, weight = _regression(rows, right, [one.weight for one in pairs])
    return Sure(bias=bias, weight=weight)


def calibrate(model: Path, generated: Sequence[Example]) -> Trust:
    """Fit the confidence of a model folder, and whom to trust, and write its manifest anew.

    ``generated``, at least one, are examples that training never saw. Natural ones count beside
    them where the model knows their skills.
    """
    student = StudentUnderstander(model)
    student.model = StudentModel(model)  # its own one, as it is changed
    natural = [one for one in load_natural() if _skills(one) <= student.model.schema.skills.keys()]
    calibration = fit(together(judge(student, generated), judge(student, natural)))
    student.model.manifest = student.model.manifest.model_copy(update={"calibration": calibration})
    grammar = GrammarUnderstander()
    both = SureUnderstander(student, grammar, grammar.repaired)
    found = trust(pair(both, generated), pair(both, natural))
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    facts = {key: value for key, value in manifest.items() if key != "sha256"}
    fitted: dict[str, Any] = {
        "calibration": calibration.model_dump(),
        "trust": found.model_dump(mode="json"),
    }
    fitted["trust"]["alone"] = sorted(found.alone)
    fitted["calibrated_on"] = {"generated": len(generated), "natural": len(natural)}
    write_manifest(model, facts | fitted)
    return found


def _skills(example: Example) -> set[str]:
    return {command.skill for command in (*example.plan.commands, *example.last)}
