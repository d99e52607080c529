"""The physical side of a simulated car: values, movements and what falls due, in ticks of 0.1 s.

Nothing here is thread-safe; ``SimulatedCar`` holds the lock.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fujia.vehicle.behaviour import command_of, reactions_of
from fujia.vehicle.fault import Fault, FaultKind
from fujia.vehicle.motion import TICKS_A_SECOND, Motion, is_between
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Signal, Value, default_value

KEPT = 10_000
"""How many changes and actuations a car remembers."""


class Change(NamedTuple):
    """One change of a value; ``time`` in simulated seconds."""

    time: float
    path: str
    old: Value
    new: Value


@dataclass(slots=True)
class _Timer:
    due: int
    path: str
    value: Value


class World:
    """Every value of one car, and what moves it."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.values: dict[str, Value] = {}
        self.ticks = 0
        self.faults: list[Fault] = []
        self.pending: deque[tuple[str, Value]] = deque()
        self.log: deque[Change] = deque(maxlen=KEPT)
        self.news: list[tuple[str, Value]] = []
        """Changes that no listener has heard of yet."""
        self.memory: dict[tuple[str, int], dict[str, Value]] = {}
        """Seat positions by seat and memory slot."""
        self._kept: frozenset[str] = frozenset()
        self._motions: dict[str, Motion] = {}
        self._timers: list[_Timer] = []

    @property
    def now(self) -> float:
        """Simulated seconds since the start."""
        return self.ticks / TICKS_A_SECOND

    def start(self, state: Mapping[str, Value]) -> None:
        """Fill in the initial values and ``state``, and let everything that follows happen.

        What ``state`` says is kept, also where it contradicts itself.
        """
        signals = self.profile.signals
        self.values = {path: default_value(signal) for path, signal in signals.items()}
        self.values.update(state)
        self._kept = frozenset(state)
        for path in tuple(self.values):
            for react in reactions_of(path):
                react(self, path, None, self.values[path])
        self.settle()
        self._kept = frozenset()
        self.ticks = 0
        self.log.clear()
        self.news.clear()

    def value(self, path: str) -> Value | None:
        """The value at ``path``, or None if this car has no such signal."""
        return self.values.get(path)

    def put(self, path: str, value: Value, again: bool = False) -> None:
        """Let ``path`` have that value now, with all consequences; nothing if the car lacks it.

        ``again`` has the consequences happen even where the value is the same.
        """
        if path not in self.values or path in self._kept:
            return
        old = self.values[path]
        if old != value:
            self.values[path] = value
            self.log.append(Change(self.now, path, old, value))
            self.news.append((path, value))
        elif not again:
            return
        for react in reactions_of(path):
            react(self, path, old, value)

    def set(self, signal: Signal, value: Value) -> None:
        """Put a value there from outside: the movement towards another one ends."""
        self.stop(signal.path)
        self.cancel(signal.path)
        self.values.setdefault(signal.path, default_value(signal))
        self.put(signal.path, value, again=True)

    def put_unless_blocked(self, path: str, value: Value) -> None:
        """Put a commanded value there, as far as nothing blocks it."""
        fault, old = self.fault("blocked", path), self.value(path)
        if fault is not None:
            if fault.at is None:
                return
            if isinstance(value, (int, float)) and isinstance(old, (int, float)):
                passes = is_between(old, fault.at, value)
                value = self.profile.signals[path].check(fault.at) if passes else value
        self.put(path, value, again=True)

    def move(self, path: str, target: float, release: str | None = None) -> None:
        """Start moving ``path`` to ``target``; at the end ``release`` becomes INACTIVE."""
        signal, value = self.profile.signals.get(path), self.values.get(path)
        if signal is None or not isinstance(value, (int, float)) or self.fault("silent", path):
            return
        moving = self._motions.get(path)
        exact = moving.exact if moving else float(value)
        self._motions[path] = Motion(signal, exact, target, release)

    def stop(self, path: str) -> None:
        """End the movement of ``path`` where it is."""
        self._motions.pop(path, None)

    def later(self, seconds: float, path: str, value: Value) -> None:
        """Put ``value`` there after that time; a later call for the same path replaces it."""
        self.cancel(path)
        due = self.ticks + max(1, round(seconds * TICKS_A_SECOND))
        self._timers.append(_Timer(due, path, value))

    def cancel(self, path: str) -> None:
        """Forget what would fall due for ``path``."""
        self._timers = [timer for timer in self._timers if timer.path != path]

    def fault(self, kind: FaultKind, path: str) -> Fault | None:
        """The first fault of that kind that strikes ``path``."""
        faults = (fault for fault in self.faults if fault.kind == kind and fault.strikes(path))
        return next(faults, None)

    def tick(self, holds: Sequence[Mapping[str, Value]] = ()) -> None:
        """Let 0.1 s pass. A movement stays on a value that one of ``holds`` names for it."""
        self.ticks += 1
        while self.pending:
            path, value = self.pending.popleft()
            command_of(path)(self, path, value)
        for path, moving in tuple(self._motions.items()):
            self._advance(path, moving, [hold[path] for hold in holds if path in hold])
        due = [timer for timer in self._timers if timer.due <= self.ticks]
        self._timers = [timer for timer in self._timers if timer.due > self.ticks]
        for timer in due:
            self.put(timer.path, timer.value)

    def settle(self, seconds: float = 600.0) -> None:
        """Let time pass until nothing moves any more, at most ``seconds``."""
        for _ in range(round(seconds * TICKS_A_SECOND)):
            if not self.is_busy():
                return
            self.tick()

    def is_busy(self, wanted: Mapping[str, Value] | None = None) -> bool:
        """Whether anything moves or will fall due; with ``wanted``, anything near those signals.

        A movement that rests on the value that is wanted of it does not count.
        """
        if self.pending:
            return True
        paths = {timer.path for timer in self._timers} | self._motions.keys()
        if wanted is None:
            return bool(paths)
        resting = {
            path for path, moving in self._motions.items() if moving.exact == wanted.get(path)
        }
        return any(_near(path, other) for path in paths - resting for other in wanted)

    def _advance(self, path: str, moving: Motion, holds: Sequence[Value]) -> None:
        blocked = self.fault("blocked", path)
        stuck = moving.step(holds, blocked)
        self.put(path, moving.value())
        if self._motions.get(path) is moving and (stuck or moving.exact == moving.target):
            del self._motions[path]
            if moving.release:
                self.put(moving.release, "INACTIVE")


def _near(path: str, other: str) -> bool:
    """Whether two signals belong to one branch: a switch and the position that it moves."""
    branch, other_branch = (name.rpartition(".")[0] + "." for name in (path, other))
    return branch.startswith(other_branch) or other_branch.startswith(branch)
