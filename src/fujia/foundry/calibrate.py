"""How far a model's confidence can be trusted, and from where on it should be.

Confidence is a logistic function of two numbers that decoding gives for free: the sum of the
steps' log chances, and the smallest of them. It is fitted on examples that training never saw.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fujia.foundry.examples import Example, read_examples
from fujia.foundry.export import write_manifest
from fujia.understanding.student.model import Calibration
from fujia.understanding.student.understander import StudentUnderstander

Floats = NDArray[np.float64]


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


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of confidence, 0 to 1."""
    confidence = np.array([one.confidence for one in judged])
    right = np.array([float(one.right) for one in judged])
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps: list[float] = []
    for number in range(bins):
        here: Any = where == number
        if here.any():
            gaps.append(float(here.mean() * abs(confidence[here].mean() - right[here].mean())))
    return sum(gaps)


def calibrate(model: Path, held_out: Path, threshold: float = 0.5) -> Calibration:
    """Fit the confidence of a model folder on a file of examples and write its manifest anew."""
    student = StudentUnderstander(model)
    calibration = fit(judge(student, list(read_examples(held_out))))
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    facts = {key: value for key, value in manifest.items() if key != "sha256"}
    facts |= {"calibration": calibration.model_dump(), "threshold": threshold}
    write_manifest(model, facts)
    return calibration
