"""How far a model's confidence can be trusted, and from where on it should be.

Confidence is a logistic function of two numbers that decoding gives for free: the sum of the
steps' log chances, and the smallest of them. It is fitted on examples that training never saw.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fujia.foundry.examples import Example, read_examples
from fujia.foundry.export import write_manifest
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.model import Calibration
from fujia.understanding.student.understander import StudentUnderstander

Floats = NDArray[np.float64]
_FEW, _KNOWN = 4, 0.9
SURE = 0.98
"""How often a plan that the student writes alone must be right."""


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
        right = (plan.act, plan.commands) == (example.plan.act, example.plan.commands)
        judged.append(Judged(sum(written.chances), min(written.chances), right, plan.confidence))
    return judged


def fit(judged: Sequence[Judged], rounds: int = 40) -> Calibration:
    """Logistic regression by Newton's method, with a little ridge so that it always ends."""
    inputs = np.array([[1.0, one.total, one.worst] for one in judged])
    wanted = np.array([float(one.right) for one in judged])
    weights = np.zeros(3)
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (chance - wanted) + 1e-3 * weights
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + 1e-3 * np.eye(3)
        weights = weights - np.linalg.solve(curve, slope)
    bias, total, worst = (float(round(weight, 5)) for weight in weights)
    return Calibration(bias=bias, total=total, worst=worst)


@dataclass(frozen=True, slots=True)
class Trust:
    """From where on whose plan is taken; the fields are those of ``ModelManifest``."""

    threshold: float
    alone: tuple[str, ...]
    agreed: float
    doubted: float


@dataclass(frozen=True, slots=True)
class Pair:
    """What the student and the grammar read in one example, and who was right."""

    confidence: float
    student: bool
    grammar: bool
    agree: bool
    skills: frozenset[str] = frozenset()
    """What the student's plan calls."""


def pair(student: StudentUnderstander, examples: Sequence[Example]) -> list[Pair]:
    """Both readings of every example."""
    grammar = GrammarUnderstander()
    pairs: list[Pair] = []
    for example in examples:
        wanted = (example.plan.act, example.plan.commands)
        plan = student.understand(example.text, example.context)
        other = grammar.understand(example.text, example.context)
        one, two = (plan.act, plan.commands), (other.act, other.commands)
        skills = frozenset(command.skill for command in plan.commands)
        pairs.append(Pair(plan.confidence, one == wanted, two == wanted, one == two, skills))
    return pairs


def trust(pairs: Sequence[Pair], wanted: float = SURE) -> Trust:
    """Where the student may answer alone: where it is right as often as ``wanted``.

    ``alone`` are the skills about which it was sure, and right nearly as often, a few times at
    least. Talk is none of them: whether anything was asked is not for the student to overrule.
    """
    ranked = sorted(pairs, key=lambda one: -one.confidence)
    threshold, right = 1.01, 0
    for count, one in enumerate(ranked, 1):
        right += one.student
        is_last = count == len(ranked) or ranked[count].confidence < one.confidence
        if is_last and right >= wanted * count:
            threshold = one.confidence
    unsure = [one for one in pairs if one.confidence < threshold]
    agreed = [one.grammar for one in unsure if one.agree]
    doubted = [one.grammar for one in unsure if not one.agree]
    sure = [one for one in pairs if one.confidence >= threshold]
    return Trust(threshold, tuple(_known(sure)), _share(agreed), _share(doubted))


def _known(sure: Sequence[Pair]) -> Iterator[str]:
    for skill in sorted({skill for one in sure for skill in one.skills} - {"chat.reply"}):
        right = [one.student for one in sure if skill in one.skills]
        if len(right) >= _FEW and sum(right) >= _KNOWN * len(right):
            yield skill


def _share(right: Sequence[bool]) -> float:
    """How many are right, drawn a little towards a half where there are few."""
    return round((sum(right) + 1) / (len(right) + 2), 4)


def calibrate(model: Path, held_out: Path) -> Trust:
    """Fit the confidence of a model folder, and whom to trust, and write its manifest anew."""
    student = StudentUnderstander(model)
    examples = list(read_examples(held_out))
    calibration = fit(judge(student, examples))
    student.model.manifest = student.model.manifest.model_copy(update={"calibration": calibration})
    found = trust(pair(student, examples))
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    facts = {key: value for key, value in manifest.items() if key != "sha256"}
    write_manifest(model, facts | {"calibration": calibration.model_dump()} | asdict(found))
    return found
