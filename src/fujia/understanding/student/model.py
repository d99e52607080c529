"""The student's network on the car: two ONNX files run by onnxruntime on one core."""

import hashlib
import importlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.errors import InputError
from fujia.understanding.student.automaton import Automaton, Step
from fujia.understanding.student.schema import Schema, read_schema
from fujia.understanding.student.tokens import Tokenizer

LONGEST_INPUT = 192
"""Positions of the input that a network has room for."""
LONGEST_PLAN = 96
"""Steps of a plan, with the one before the first."""
_LEAST = 1e-4
FILES = ("encoder.onnx", "decoder.onnx", "vocabulary.txt", "schema.json")


class Calibration(BaseModel):
    """Log odds of being right: ``bias + total * sum + worst * min`` of the steps' log chances."""

    model_config = ConfigDict(extra="forbid")

    bias: float = 0.0
    total: float = 1.0
    worst: float = 0.0


class Sure(BaseModel):
    """Log odds of being right: ``bias + weight * s``, with s those of the student's confidence."""

    model_config = ConfigDict(extra="forbid")

    bias: float = 0.0
    weight: float = 1.0

    def chance(self, confidence: float) -> float:
        """The chance that a plan is right; ``confidence`` is the student's, in [0, 1]."""
        return chance(self.bias + self.weight * log_odds(confidence))


class Trust(BaseModel):
    """Whom to trust where the student and the grammar have read the same utterance."""

    model_config = ConfigDict(extra="forbid")

    threshold: float = 1.01
    """From this confidence on, the student answers where the grammar left something unread."""
    alone: frozenset[str] = frozenset()
    """The skills about which it does."""
    agreed: Sure = Sure(bias=2.2, weight=0.0)
    """How sure a plan is that both read."""
    led: Sure = Sure()
    """How sure the student's plan is where it answers instead of the grammar."""
    doubted: Sure = Sure(bias=0.0, weight=0.0)
    """How sure the grammar's plan is where the student reads something else."""
    unread: Sure = Sure(bias=0.0, weight=0.0)
    """The same, where the grammar left words unread."""


class ModelManifest(BaseModel):
    """What stands beside a model (``manifest.json``)."""

    model_config = ConfigDict(extra="allow")

    sha256: dict[str, str]
    calibration: Calibration = Calibration()
    trust: Trust = Trust()


@dataclass(frozen=True, slots=True)
class Written:
    """A plan as the model wrote it."""

    steps: tuple[Step, ...]
    chances: tuple[float, ...]
    """The log chance of each step."""
    confidence: float
    """The calibrated chance that the plan is right; 0 if it was cut off."""


class StudentModel:
    """A model folder, its files checked against their hashes before anything is loaded."""

    def __init__(self, folder: Path) -> None:
        """Check and read the small files; the networks load on first use.

        Raises:
            InputError: a file is missing, damaged, or of a newer schema.
        """
        self.folder = folder
        self.manifest = _read_manifest(folder)
        for name in FILES:
            _check(folder / name, self.manifest.sha256.get(name))
        self.schema: Schema = read_schema(folder / "schema.json")
        self.tokenizer = Tokenizer.load(folder / "vocabulary.txt")

    @cached_property
    def _sessions(self) -> tuple[Any, Any]:
        # Heavy, and not needed where the grammar answers; it brings no types.
        onnxruntime: Any = importlib.import_module("onnxruntime")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        encoder, decoder = (
            onnxruntime.InferenceSession(
                str(self.folder / name), options, providers=["CPUExecutionProvider"]
            )
            for name in FILES[:2]
        )
        return encoder, decoder

    def write(self, ids: Sequence[int], automaton: Automaton) -> Written:
        """Take the best allowed step until the plan is complete, or there is no more room.

        ``ids`` beyond ``LONGEST_INPUT`` are not read.
        """
        import numpy as np

        encoder, decoder = self._sessions
        inputs = np.asarray([ids[:LONGEST_INPUT]], dtype=np.int64)
        (memory,) = encoder.run(None, {"ids": inputs})
        start, pointed = len(self.schema.symbols), len(self.schema.symbols) + 1
        symbols, pointers = [start], [0]
        chances: list[float] = []
        while not automaton.done and len(symbols) < LONGEST_PLAN:
            feed = {
                "memory": memory,
                "symbols": np.asarray([symbols], dtype=np.int64),
                "pointers": np.asarray([pointers], dtype=np.int64),
            }
            symbol_scores, pointer_scores = decoder.run(None, feed)
            places = automaton.pointers()
            scores = (pointer_scores if places else symbol_scores)[0]
            allowed = places or automaton.symbols()
            best, chance = _best(scores, allowed)
            chances.append(chance)
            automaton.take(Step(pointer=best) if places else Step(symbol=best))
            symbols.append(pointed if places else best)
            pointers.append(best if places else 0)
        is_whole = automaton.done and len(ids) <= LONGEST_INPUT
        sure = self._confidence(chances) if is_whole else 0.0
        return Written(tuple(automaton.steps), tuple(chances), sure)

    def _confidence(self, chances: Sequence[float]) -> float:
        calibration = self.manifest.calibration
        odds = calibration.bias + calibration.total * sum(chances)
        odds += calibration.worst * min(chances)
        return chance(odds)


def log_odds(confidence: float) -> float:
    """The log odds of a confidence, of 0 and 1 too."""
    inside = min(max(confidence, _LEAST), 1.0 - _LEAST)
    return math.log(inside / (1.0 - inside))


def chance(odds: float) -> float:
    """The chance with these log odds."""
    return 1.0 / (1.0 + math.exp(-max(min(odds, 30.0), -30.0)))


def _best(scores: Any, allowed: Sequence[int]) -> tuple[int, float]:
    """The best allowed choice and the log of its chance among all choices."""
    import numpy as np

    options = scores[allowed]
    best = int(np.argmax(options))
    top = float(scores.max())
    everything = top + math.log(float(np.exp(scores - top).sum()))
    return allowed[best], float(options[best]) - everything


def _read_manifest(folder: Path) -> ModelManifest:
    file = folder / "manifest.json"
    try:
        return ModelManifest.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{file}: not the manifest of a student model ({reason})") from None


def _check(file: Path, expected: str | None) -> None:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None
    if found != expected:
        raise InputError(f"{file}: damaged, its hash is not the manifest's; install it again")
