"""How far a model's confidence can be trusted, and from where on it should be.

Confidence is a logistic function of two numbers that decoding gives for free: the sum of the
steps' log chances, and the smallest of them. It is fitted on examples that training never saw.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fujia.foundry.examples import Example
from fujia.foundry.export import write_manifest
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.model import Calibration, StudentModel, Sure, Trust, log_odds
from fujia.understanding.student.understander import (
    StudentUnderstander,
    SureUnderstander,
    may_lead,
)

Floats = NDArray[np.float64]
_FEW, _KNOWN, _CONFIDENT = 4, 0.9, 0.8
_RIDGE = 1e-3
LEAST = 0.9
"""Below this confidence the student never answers for the grammar: examples are generated, and
flatter a student that was trained on such."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One plan of the model, and whether it was right."""

    total: float
    worst: float
    right: bool
    confidence: float


def judge(student: StudentUnderstander, examples: Sequence[Example]) -> list[Judged]:
    """The model's plans for examples; right means the same act and the same commands."""
    judged: list[Judged] = []
    for example in examples:
        plan, written = student.write(example.text, example.context)
        right = plan.asks_the_same(example.plan)
        judged.append(Judged(sum(written.chances), min(written.chances), right, plan.confidence))
    return judged


def fit(judged: Sequence[Judged]) -> Calibration:
    """How the chances of a plan's steps tell whether it is right."""
    rows = [(1.0, one.total, one.worst) for one in judged]
    bias, total, worst = _regression(rows, [one.right for one in judged])
    return Calibration(bias=bias, total=total, worst=worst)


def _regression(
    rows: Sequence[Sequence[float]], right: Sequence[bool], rounds: int = 40
) -> list[float]:
    """Logistic regression by Newton's method, with a little ridge so that it always ends."""
    inputs, wanted = np.array(rows), np.array(right, dtype=np.float64)
    weights = np.zeros(inputs.shape[1])
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (chance - wanted) + _RIDGE * weights
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
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


def pair(both: SureUnderstander, examples: Sequence[Example]) -> list[Pair]:
    """Both readings of every example."""
    pairs: list[Pair] = []
    for example in examples:
        wanted = example.plan
        plan, other = both.readings(example.text, example.context)
        skills = frozenset(command.skill for command in plan.commands)
        pairs.append(
            Pair(
                plan.confidence,
                plan.asks_the_same(wanted),
                other.asks_the_same(wanted),
                plan.asks_the_same(other),
                may_lead(plan, other, skills),
                skills,
            )
        )
    return pairs


def trust(pairs: Sequence[Pair]) -> Trust:
    """Whom to trust: the student from the confidence on from which it is right more often than
    the grammar where that left something unread, about the skills that it knows."""
    known = frozenset(_known(pairs))
    differ = [one for one in pairs if not one.agree]
    open_ = [one for one in differ if one.may_lead and one.skills <= known]
    threshold = max(_threshold(open_), LEAST)
    led = [one for one in open_ if one.confidence >= threshold]
    rest = [one for one in differ if one not in led]
    return Trust(
        threshold=threshold,
        alone=known,
        agreed=_sure([(one.confidence, one.student) for one in pairs if one.agree]),
        led=_sure([(one.confidence, one.student) for one in led]),
        doubted=_sure([(one.confidence, one.grammar) for one in rest]),
    )


def _threshold(pairs: Sequence[Pair]) -> float:
    """From which confidence on the student's plans are right more often than the grammar's."""
    best, found, gained = 0, 1.01, 0
    ranked = sorted(pairs, key=lambda one: -one.confidence)
    for at, one in enumerate(ranked):
        gained += one.student - one.grammar
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


def _sure(found: Sequence[tuple[float, bool]]) -> Sure:
    """How the student's confidence tells whether such a plan is right."""
    rows = [(1.0, log_odds(confidence)) for confidence, _ in found]
    bias, weight = _regression(rows, [right for _, right in found]) if found else (0.0, 0.0)
    return Sure(bias=bias, weight=weight)


def calibrate(model: Path, examples: Sequence[Example]) -> Trust:
    """Fit the confidence of a model folder, and whom to trust, and write its manifest anew.

    ``examples``, at least one, are such as training never saw.
    """
    student = StudentUnderstander(model)
    student.model = StudentModel(model)  # its own one, as it is changed
    calibration = fit(judge(student, examples))
    student.model.manifest = student.model.manifest.model_copy(update={"calibration": calibration})
    grammar = GrammarUnderstander()
    found = trust(pair(SureUnderstander(student, grammar, grammar.repaired), examples))
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    facts = {key: value for key, value in manifest.items() if key != "sha256"}
    fitted = {"calibration": calibration.model_dump(), "trust": found.model_dump(mode="json")}
    fitted["trust"]["alone"] = sorted(found.alone)
    write_manifest(model, facts | fitted)
    return found
