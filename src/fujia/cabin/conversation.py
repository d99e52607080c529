"""What a conversation remembers between turns: what waits, what is watched, what can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from fujia.cabin.skill import Effect
from fujia.understanding.plan import Command, Language
from fujia.vehicle.car import Car, Write
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

CONFIRMATION_S = 60.0
"""How long a question waits for its yes, in seconds."""


@dataclass(frozen=True, slots=True)
class Task:
    """One command to carry out. ``effect`` is given where it is known already (undo)."""

    command: Command
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What one command wrote, and what those signals were before."""

    command: Command
    writes: tuple[Write, ...]
    before: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a yes: tasks to carry out, and tasks to watch for."""

    confirm: tuple[Task, ...]
    watch: tuple[Task, ...]
    seat: Seat
    language: Language
    since: tuple[float, float]
    suggestion: str = ""
    """The rule that suggested it, where nobody had asked for it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A task that waits for its condition."""

    task: Task
    seat: Seat
    language: Language


@dataclass
class Conversation:
    """The memory of one cabin. Not safe for threads by itself: the cabin holds the lock."""

    car: Car
    clock: Callable[[], float] = monotonic
    language: Language | None = None
    last: tuple[Command, ...] = ()
    deeds: tuple[Deed, ...] = ()
    watches: list[Watch] = field(default_factory=list[Watch])
    waiting: Waiting | None = None

    def wait(
        self,
        confirm: tuple[Task, ...],
        watch: tuple[Task, ...],
        seat: Seat,
        language: Language,
        suggestion: str = "",
    ) -> None:
        """Let tasks wait for a yes, in the place of whatever waited before."""
        self.waiting = (
            Waiting(confirm, watch, seat, language, self._now(), suggestion)
            if confirm or watch
            else None
        )

    def awaited(self) -> Waiting | None:
        """What waits and has not expired, in real or in the car's time."""
        if self.waiting is not None:
            elapsed = (
                now - then for now, then in zip(self._now(), self.waiting.since, strict=True)
            )
            if max(elapsed) > CONFIRMATION_S:
                self.waiting = None
        return self.waiting

    def forget(self) -> bool:
        """Drop whatever waits or is watched; returns whether there was anything."""
        had_any = self.awaited() is not None or bool(self.watches)
        self.waiting = None
        self.watches.clear()
        return had_any

    def _now(self) -> tuple[float, float]:
        now = getattr(self.car, "now", 0.0)
        return self.clock(), float(now() if callable(now) else now)  # type: ignore[arg-type]


def may_answer(waiting: Waiting, seat: Seat) -> bool:
    """Whether this seat may say yes: the one who asked, or somebody in front.

    What is remembered of somebody is theirs alone.
    """
    if any(task.command.skill.startswith("memory.") for task in waiting.confirm):
        return seat == waiting.seat
    return seat == waiting.seat or seat in ("driver", "passenger")
