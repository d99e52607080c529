"""A car in this process, with a clock of its own: windows take seconds, but nobody waits."""

import logging
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import NamedTuple

from fujia.errors import ActuationRejected, CarUnreachable, NotWritable, UnknownSignal
from fujia.vehicle.car import Car, Listener, Write
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.fault import Fault
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Signal, Value
from fujia.vehicle.world import KEPT, TICKS_A_SECOND, Change, World

_log = logging.getLogger(__name__)


class Actuation(NamedTuple):
    """One write that a simulated car was asked for; ``time`` in simulated seconds."""

    time: float
    path: str
    value: Value


class SimulatedCar(Car):
    """A believable car without a car.

    Time is simulated in ticks of 0.1 s and passes only in ``wait_for``, ``advance`` and
    ``settle``. ``state`` is laid over the profile's start state and may name any signal of the
    profile or of VSS 6.0; what follows from it (a speed of 80 means that the car moves) is
    settled before the constructor returns.

    Raises:
        UnknownSignal, SignalValueError: ``state`` cannot be used.
    """

    def __init__(self, profile: Profile, state: Mapping[str, Value] | None = None) -> None:
        self.profile = profile
        self._lock = RLock()
        self._listeners: list[Listener] = []
        self._waits: list[Mapping[str, Value]] = []
        self._world = World(profile)
        self._actuations: deque[Actuation] = deque(maxlen=KEPT)
        start: dict[str, Value] = {}
        for path, value in (state or {}).items():
            start[path] = self._find(path).check(value)
        self._world.start(start)

    @property
    def now(self) -> float:
        """Simulated seconds since the start."""
        with self._lock:
            return self._world.now

    @property
    def log(self) -> list[Change]:
        """The latest changes of any value, oldest first."""
        with self._lock:
            return list(self._world.log)

    @property
    def actuations(self) -> list[Actuation]:
        """The latest that was asked of the car, oldest first, also what it refused."""
        with self._lock:
            return list(self._actuations)

    def snapshot(self) -> dict[str, Value]:
        """Every value at one moment, those of ``state`` outside the profile included."""
        with self._lock:
            self._answer()
            values = self._world.values.items()
            return {path: _copy(value) for path, value in values}

    def read(self, path: str) -> Value:
        """The current value of one signal."""
        with self._lock:
            self._answer()
            if path not in self._world.values:
                self.profile.signal(path)
            return _copy(self._world.values[path])

    def actuate(self, writes: Sequence[Write]) -> None:
        """Forward the writes; they take effect as simulated time passes."""
        with self._lock:
            self._answer()
            for path, value in [(write.path, self._writable(write)) for write in writes]:
                self._actuations.append(Actuation(self._world.now, path, value))
                if self._world.fault("refuses", path):
                    raise ActuationRejected(path)
                if not self._world.fault("silent", path):
                    self._world.pending.append((path, value))

    def wait_for(self, expected: Mapping[str, Value], timeout_s: float = 30.0) -> dict[str, Value]:
        """Let time pass until the values are there, nothing near them moves, or the time is over.

        A movement that reaches its expected value rests on it for as long as this call waits for
        the others, so that a held switch can be let go in time.
        """
        wanted = {path: self._find(path).check(value) for path, value in expected.items()}
        with self._lock:
            deadline = self._world.now + timeout_s
            self._waits.append(wanted)
        try:
            while True:
                with self._exclusive() as world:
                    self._answer()
                    read = {path: self.read(path) for path in wanted}
                    is_over = read == wanted or world.now >= deadline or not world.is_busy(wanted)
                    if is_over and not world.pending:
                        return read
                    world.tick(self._waits)
        finally:
            with self._lock:
                self._waits.remove(wanted)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on every change, outside the car's lock."""
        with self._lock:
            self._answer()
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def set(self, path: str, value: Value) -> None:
        """Set the world: any signal of the profile or of VSS 6.0, sensors too, at once.

        Raises:
            UnknownSignal, SignalValueError: it cannot be set.
        """
        signal = self._find(path)
        with self._exclusive() as world:
            world.set(signal, signal.check(value))

    def advance(self, seconds: float) -> None:
        """Let simulated time pass."""
        for _ in range(round(seconds * TICKS_A_SECOND)):
            with self._exclusive() as world:
                world.tick(self._waits)

    def settle(self) -> None:
        """Let simulated time pass until nothing moves any more."""
        with self._exclusive() as world:
            world.settle()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is broken."""
        with self._lock:
            return tuple(self._world.faults)

    def inject(self, fault: Fault) -> None:
        """Break something."""
        with self._lock:
            self._world.faults.append(fault)

    def clear_faults(self) -> None:
        """Repair everything."""
        with self._lock:
            self._world.faults.clear()

    @contextmanager
    def _exclusive(self) -> Generator[World]:
        """Hold the lock; after it is released, tell the listeners what changed."""
        news: list[tuple[str, Value]] = []
        listeners: list[Listener] = []
        try:
            with self._lock:
                try:
                    yield self._world
                finally:
                    news, self._world.news = self._world.news, []
                    listeners = list(self._listeners)
        finally:
            for path, value in news:
                for listener in listeners:
                    _tell(listener, path, value)

    def _answer(self) -> None:
        for fault in self._world.faults:
            if fault.kind == "offline" and (fault.at is None or self._world.now >= fault.at):
                raise CarUnreachable(f"{self.profile.id} does not answer")

    def _find(self, path: str) -> Signal:
        signal = self.profile.signals.get(path) or vss_6().get(path)
        if signal is None:
            raise UnknownSignal(f"{path} is neither a signal of {self.profile.id} nor in VSS 6.0")
        return signal

    def _writable(self, write: Write) -> Value:
        """The value of a valid write, in the signal's type."""
        signal = self.profile.signal(write.path)
        self.profile.signal(write.read_path)
        if signal.kind != "actuator":
            raise NotWritable(f"{write.path} is a {signal.kind} and cannot be actuated")
        return signal.check(write.value)


def _copy(value: Value) -> Value:
    return value.copy() if isinstance(value, list) else value


def _tell(listener: Listener, path: str, value: Value) -> None:
    try:
        listener(path, value)
    except Exception:
        # One listener's mistake must not keep the others, or the car, from going on.
        _log.exception("a listener failed on a change of %s", path)
