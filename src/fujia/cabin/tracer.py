"""How long each step of a turn took, for ``--trace`` and for whoever watches a turn."""

import logging
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from fujia.cabin.turn import Step, StepName

_log = logging.getLogger(__name__)

Observer = Callable[[str, Mapping[str, Any]], None]
"""Called in the thread of the turn with what just happened (``heard``, ``understood``,
``judged``, ``acted``, ``read_back``, ``replied``) and its data: ``ms`` since the turn began,
and ``detail`` as in the trace, or ``turn`` (a Turn) with the reply. While a language model is
asked, ``filler`` and ``words`` come with the ``text`` to be heard at once. A step that broke is
not told."""

_KINDS: dict[StepName, str] = {
    "normalise": "heard",
    "understand": "understood",
    "judge": "judged",
    "act": "acted",
    "read back": "read_back",
}


@dataclass(slots=True)
class Note:
    """What a running step wants to show of itself."""

    detail: Any = None


@dataclass(slots=True)
class Tracer:
    """Collects the steps of one turn, in the order in which they ended."""

    steps: list[Step] = field(default_factory=list[Step])
    started: float = field(default_factory=perf_counter)
    observer: Observer | None = None

    @contextmanager
    def step(self, name: StepName) -> Generator[Note]:
        """Time one step; what the block sets as ``detail`` goes into the trace."""
        note, start = Note(), perf_counter()
        try:
            yield note
        finally:
            self.steps.append(Step(name, (perf_counter() - start) * 1000, note.detail))
        if name in _KINDS:
            self.tell(_KINDS[name], detail=note.detail)

    def tell(self, kind: str, **data: Any) -> None:
        """Tell the observer, if there is one; its mistakes never reach the turn."""
        if self.observer is None:
            return
        try:
            self.observer(kind, {"ms": self.ms, **data})
        except Exception:
            _log.exception("an observer failed on %s", kind)

    @property
    def ms(self) -> float:
        """Milliseconds since the turn began."""
        return (perf_counter() - self.started) * 1000
