"""How many labels a human must give: chosen by usefulness, against chosen at random.

A simulated review: the examples have their plans already, but a learner sees only those that it
asked for. The learner is cheap (ridge regression over character n-grams, which tells how often
each skill is asked for), so that a curve takes seconds; it stands in for the student.
"""

import os
import platform
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fujia.errors import InputError
from fujia.foundry.examples import Example, read_examples
from fujia.foundry.manifest import versions
from fujia.foundry.usefulness import Matrix, Vector, features, order
from fujia.understanding.generate import Generator

Indices = Sequence[int]
_RIDGE = 0.03
_THRESHOLD = 0.35
"""A skill counts as asked for from here on; less than half, for a ridge leans towards zero."""
_TEST_SHARE = 0.25
_FEWEST = 200


@dataclass(frozen=True)
class Setup:
    """How a simulated review goes."""

    first: int = 50
    """Labels given at random before anything is learnt."""
    batch: int = 50
    """Labels between two trainings."""
    most: int = 1500
    """Labels after which it ends."""
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    goals: tuple[float, ...] = (0.5, 0.6, 0.7)
    """Scores (micro F1 of skills on held-out examples) that labels are counted for."""


@dataclass(frozen=True)
class Point:
    """One point of a curve: what was labelled, and the score that it gave."""

    labels: int
    commands: int
    """Commands in these labels: what a human must write down."""
    score: float


class Bench:
    """Examples as matrices, and the learner."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.rows: Matrix = features([example.text for example in examples])
        self.targets: Matrix = _targets(examples)
        self.commands = np.array([len(example.plan.commands) for example in examples])
        self.likeness: Matrix = self.rows @ self.rows.T

    def predict(self, labelled: Indices, asked: Indices) -> Matrix:
        """How often each skill is asked for in each of ``asked``, learnt from ``labelled``."""
        known = np.asarray(labelled)
        gram = self.likeness[np.ix_(known, known)].astype(np.float64)
        gram[np.diag_indices(len(known))] += _RIDGE
        weights = np.linalg.solve(gram, self.targets[known])
        return (self.likeness[np.ix_(np.asarray(asked), known)] @ weights).astype(np.float32)

    def score(self, labelled: Indices, test: Indices) -> float:
        """Micro F1 of the multiset of skills on ``test``."""
        guessed = np.floor(np.clip(self.predict(labelled, test), 0, None) + 1 - _THRESHOLD)
        wanted = self.targets[np.asarray(test)]
        found = np.minimum(guessed, wanted).sum()
        total = guessed.sum() + wanted.sum()
        return float(2 * found / total) if total else 0.0

    def usefulness(self, labelled: Indices, asked: Indices) -> Vector:
        """How little the learner recognises in each of ``asked``, for the work of its label.

        The work is the number of commands that it expects to find there; only its square root
        counts, for a long utterance is read once.
        """
        guessed = np.clip(self.predict(labelled, asked), 0, None)
        unknown = 1 - np.clip(guessed.max(axis=1), 0, 1)
        return (unknown / np.sqrt(np.maximum(1, guessed.sum(axis=1)))).astype(np.float64)


Choose = Callable[[Bench, Indices, Indices, int, np.random.Generator], Indices]
"""Labelled, not labelled, how many, chance -> what to label next."""


def at_random(
    bench: Bench, labelled: Indices, pool: Indices, count: int, chance: np.random.Generator
) -> Indices:
    """Any."""
    return [int(index) for index in chance.permutation(np.asarray(pool))[:count]]


def by_usefulness(
    bench: Bench, labelled: Indices, pool: Indices, count: int, chance: np.random.Generator
) -> Indices:
    """The most uncertain that are unlike what is labelled, as the review queue is ordered."""
    weights = bench.usefulness(labelled, pool)
    rows, known = bench.rows[np.asarray(pool)], bench.rows[np.asarray(labelled)]
    return [pool[index] for index in order(rows, weights, known, count)]


def curve(bench: Bench, choose: Choose, seed: int, setup: Setup) -> list[Point]:
    """One simulated review."""
    chance = np.random.default_rng(seed)
    shuffled = [int(index) for index in chance.permutation(len(bench.rows))]
    cut = int(len(shuffled) * _TEST_SHARE)
    test, labelled = shuffled[:cut], shuffled[cut : cut + setup.first]
    pool: list[int] = shuffled[cut + setup.first :]
    points: list[Point] = []
    while True:
        commands = int(bench.commands[np.asarray(labelled)].sum())
        points.append(Point(len(labelled), commands, bench.score(labelled, test)))
        if not pool or len(labelled) >= setup.most:
            return points
        chosen = set(choose(bench, labelled, pool, setup.batch, chance))
        labelled.extend(sorted(chosen))
        pool = [index for index in pool if index not in chosen]


def measure(
    examples: Sequence[Example],
    setup: Setup,
    progress: Callable[[int], None] = lambda by: None,
) -> dict[str, Any]:
    """Curves of both ways for every seed, and the labels that each needs for every goal."""
    bench = Bench(examples)
    ways: dict[str, Choose] = {"random": at_random, "useful": by_usefulness}
    curves: dict[str, list[list[Point]]] = {name: [] for name in ways}
    for name, seed in ((name, seed) for seed in setup.seeds for name in ways):
        curves[name].append(curve(bench, ways[name], seed, setup))
        progress(1)
    return {
        "examples": len(examples),
        "skills": int((bench.targets.sum(axis=0) > 0).sum()),
        "setup": asdict(setup),
        "goals": [_goal(goal, curves) for goal in setup.goals],
        "curves": {name: _mean_curve(several) for name, several in curves.items()},
    }


def _goal(goal: float, curves: dict[str, list[list[Point]]]) -> dict[str, Any]:
    """Labels and commands until a score, for each way; null where a seed never gets there."""
    row: dict[str, Any] = {"score": goal}
    for name, several in curves.items():
        reached = [next((point for point in one if point.score >= goal), None) for one in several]
        hit = [point for point in reached if point is not None]
        all_reached = len(hit) == len(several)
        row[name] = {
            "reached": len(hit),
            "labels": round(float(np.mean([p.labels for p in hit])), 1) if all_reached else None,
            "labels_std": round(float(np.std([p.labels for p in hit])), 1) if all_reached else None,
            "commands": (
                round(float(np.mean([p.commands for p in hit])), 1) if all_reached else None
            ),
        }
    return row


def _mean_curve(several: Sequence[Sequence[Point]]) -> list[dict[str, float]]:
    return [
        {
            "labels": points[0].labels,
            "commands": round(float(np.mean([point.commands for point in points])), 1),
            "score": round(float(np.mean([point.score for point in points])), 4),
            "score_std": round(float(np.std([point.score for point in points])), 4),
        }
        for points in zip(*several, strict=True)
    ]


def _targets(examples: Sequence[Example]) -> Matrix:
    counts = [
        Counter(command.skill for command in example.plan.commands) or Counter([example.plan.act])
        for example in examples
    ]
    names = sorted({name for count in counts for name in count})
    column = {name: index for index, name in enumerate(names)}
    targets = np.zeros((len(counts), len(names)), np.float32)
    for row, count in zip(targets, counts, strict=True):
        for name, times in count.items():
            row[column[name]] = times
    return targets


def sample(source: Path | None, count: int, seed: int, commands: int) -> list[Example]:
    """``count`` examples from a file, or Mandarin ones of at most ``commands`` commands, generated.

    Raises:
        DataError: the file cannot be read.
        InputError: it has fewer than 200 examples.
    """
    if source is None:
        pairs = Generator("zh", seed).pairs(count, commands)
        return [
            Example(
                id=f"zh-{number}",
                text=pair.sentence,
                plan=pair.plan,
                language="zh",
                source="frames",
                family="frames",
            )
            for number, pair in enumerate(pairs)
        ]
    examples = list(read_examples(source))
    if len(examples) < _FEWEST:
        raise InputError(f"{source} has {len(examples)} examples; a curve needs {_FEWEST}")
    random.Random(seed).shuffle(examples)
    return examples[:count]


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        **versions("numpy"),
    }
