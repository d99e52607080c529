"""Which label would teach the most: what is uncertain, and unlike what is known already.

Texts are compared by their character n-grams, hashed: it needs no model and no word list, and
works for Chinese, its dialects and English alike.
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fujia.understanding.plan import Command

Matrix = npt.NDArray[np.float32]
Vector = npt.NDArray[np.float64]

_GRAMS = (1, 2, 3)


def features(texts: Sequence[str], size: int = 2048) -> Matrix:
    """One row of length 1 for each text, so that a product of two rows is their likeness."""
    rows = np.zeros((len(texts), size), np.float32)
    for row, text in zip(rows, texts, strict=True):
        marked = f"^{text.lower()}$"
        for length in _GRAMS:
            for start in range(len(marked) - length + 1):
                row[zlib.crc32(marked[start : start + length].encode()) % size] += 1
    # A word that is said five times is not five times as telling.
    np.sqrt(rows, out=rows)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows


def disagreement(one: Sequence[Command], other: Sequence[Command]) -> float:
    """0 where two lists of commands are the same, 1 where they share none."""
    mine = Counter(command.model_dump_json() for command in one)
    theirs = Counter(command.model_dump_json() for command in other)
    total = (mine | theirs).total()
    return 1 - (mine & theirs).total() / total if total else 0.0


def order(
    rows: Matrix,
    uncertainty: Sequence[float] | Vector,
    known: Matrix | None = None,
    count: int | None = None,
) -> list[int]:
    """The rows to label, the most useful first.

    One after the other is chosen: the one with the highest uncertainty times distance to what is
    ``known`` or chosen before. ``count`` stops early; ties go to the earlier row.
    """
    weights = np.asarray(uncertainty, np.float64)
    nearest = np.zeros(len(rows))
    if known is not None and len(known):
        nearest = np.maximum(nearest, _nearest(rows, known))
    left = np.ones(len(rows), bool)
    chosen: list[int] = []
    for _ in range(len(rows) if count is None else min(count, len(rows))):
        # Distance never reaches zero, so that of two copies the uncertain one still comes first.
        scores = np.where(left, weights * (1.001 - nearest), -1.0)
        best = int(scores.argmax())
        chosen.append(best)
        left[best] = False
        likeness: Any = rows @ rows[best]
        nearest = np.maximum(nearest, likeness)
    return chosen


def _nearest(rows: Matrix, known: Matrix) -> Vector:
    """For each row the likeness to the nearest known one; in blocks, to spare memory."""
    blocks = [rows[start : start + 512] @ known.T for start in range(0, len(rows), 512)]
    return np.concatenate([block.max(axis=1) for block in blocks]).astype(np.float64)
