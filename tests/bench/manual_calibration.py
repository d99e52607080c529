"""Learn when a manual answers: ``python -m tests.bench.manual_calibration [--write]``.

A logistic regression over seven features on the questions to work with and on the near ones, both
classes weighing the same. What it prints was judged on manuals that the weights had not seen (all
but one are learned from, in turn); what it writes into ``src/fujia/expert/data/calibration.yaml``
was learned from all.
"""

import argparse
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fujia.expert.answers.evidence import Evidence
from fujia.expert.retrieval.embed import Embedder, find_embedder
from tests.bench.manual_sets import experts, load_sets

FILE = Path(__file__).parents[2] / "src" / "fujia" / "expert" / "data" / "calibration.yaml"
HEAD = """\
# When a manual is taken to answer a question: the logistic function of these sums must reach
# `threshold`. Written by `python -m tests.bench.manual_calibration`; see there for what it learns
# from. `vectors` is for a manual with vectors, `words` for one without.
"""
NAMES = tuple(each.name for each in fields(Evidence))
THRESHOLD = 0.45
_CENTRE = np.array([0.5, 0.5, 0.3, 0.88, 0.3, 0.5, 0.5])
_SCALE = np.array([0.25, 0.25, 0.3, 0.02, 0.3, 0.3, 0.3])
_STEPS, _RATE, _DECAY = 4000, 0.3, 0.02

Rows = NDArray[np.float64]


def gather_all(embedder: Embedder | None) -> tuple[Rows, Rows, list[str]]:
    """Features (questions, 7), labels (1 for answerable) and the manual of each question.

    Questions about what the vehicle does not have are left out: they are refused for that.
    """
    rows, labels, names = list[tuple[float, ...]](), list[float](), list[str]()
    for each, expert in experts([*load_sets(), *load_sets("near")], embedder):
        for asked in each.questions:
            if expert.lacks(asked.question):
                continue
            rows.append(astuple(expert.evidence(asked.question)))
            labels.append(float(asked.answerable))
            names.append(each.name.rpartition("-")[0] or each.name)  # any vehicle
    return np.array(rows), np.array(labels), names


def fit(rows: Rows, labels: Rows) -> Rows:
    """The weights and, last, the bias, for scaled features."""
    inputs = _scaled(rows)
    weights = np.zeros(inputs.shape[1])
    share = labels.mean()
    importance = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    for _ in range(_STEPS):
        error = (_probability(weights, inputs) - labels) * importance
        gradient = inputs.T @ error / len(labels) + _DECAY * np.r_[weights[:-1], 0.0]
        weights -= _RATE * gradient
    return weights


def judge_unseen(rows: Rows, labels: Rows, names: Sequence[str]) -> Rows:
    """The probability of each question by weights learned from the other manuals."""
    groups, probability = np.array(names), np.zeros(len(labels))
    for name in set(names):
        left_out = groups == name
        weights = fit(rows[~left_out], labels[~left_out])
        probability[left_out] = _probability(weights, _scaled(rows[left_out]))
    return probability


def as_yaml(weights: Rows) -> str:
    """The weights for unscaled features, as the data file has them."""
    plain = weights[:-1] / _SCALE
    bias = weights[-1] - float((weights[:-1] * _CENTRE / _SCALE).sum())
    shown = ", ".join(f"{name}: {value:.2f}" for name, value in zip(NAMES, plain, strict=True))
    return f"{{bias: {bias:.2f}, {shown}, threshold: {THRESHOLD}}}"


def _scaled(rows: Rows) -> Rows:
    return np.c_[(rows - _CENTRE) / _SCALE, np.ones(len(rows))]


def _probability(weights: Rows, inputs: Rows) -> Rows:
    return 1 / (1 + np.exp(-(inputs @ weights)))


def main() -> None:
    """Learn, print what came of it, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace calibration.yaml")
    options = parser.parse_args()
    lines = list[str]()
    for kind, embedder in (("vectors", find_embedder()), ("words", None)):
        rows, labels, names = gather_all(embedder)
        if kind == "words":
            likeness = NAMES.index("likeness")
            rows[:, likeness] = _CENTRE[likeness]  # says nothing, so that it gets no weight
        unseen = judge_unseen(rows, labels, names) < THRESHOLD
        print(
            f"{kind}: of {int((labels == 0).sum())} without an answer "
            f"{unseen[labels == 0].mean():.1%} are refused, of {int((labels == 1).sum())} with "
            f"one {unseen[labels == 1].mean():.1%} (manuals not learned from)"
        )
        lines.append(f"{kind}: {as_yaml(fit(rows, labels))}")
    text = HEAD + "\n".join(lines) + "\n"
    print(text)
    if options.write:
        FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
