"""How long each step of a turn took, for ``--trace``."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from fujia.cabin.turn import Step, StepName


@dataclass(slots=True)
class Note:
    """What a running step wants to show of itself."""

    detail: Any = None


@dataclass(slots=True)
class Tracer:
    """Collects the steps of one turn, in the order in which they ended."""

    steps: list[Step] = field(default_factory=list[Step])
    started: float = field(default_factory=perf_counter)

    @contextmanager
    def step(self, name: StepName) -> Generator[Note]:
        """Time one step; what the block sets as ``detail`` goes into the trace."""
        note, start = Note(), perf_counter()
        try:
            yield note
        finally:
            self.steps.append(Step(name, (perf_counter() - start) * 1000, note.detail))

    @property
    def ms(self) -> float:
        """Milliseconds since the turn began."""
        return (perf_counter() - self.started) * 1000
