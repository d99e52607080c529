"""What is known of a car behind a broker: the latest values, and who wants to hear of changes."""

import logging
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isclose
from threading import Condition

from fujia.vehicle.car import Listener
from fujia.vehicle.signal import Value

_log = logging.getLogger(__name__)

Reading = tuple[str, int, Value | None]
"""Path, time in nanoseconds by the broker's clock, and value; None where there is none."""

_TOLERANCE = 1e-3
"""How far a floating-point value may be from what it should be, for what travelled as 32 bits."""


@dataclass(slots=True, eq=False)
class Wait:
    """Somebody waits until signals have certain values."""

    expected: Mapping[str, Value]
    reached: dict[str, Value] | None = None
    """The values of the first moment when all were as expected."""
    moved_at: float = field(default_factory=time.monotonic)
    """When one of them last changed (monotonic clock)."""

    def look(self, values: Mapping[str, Value]) -> None:
        """See whether the wait is over."""
        now = {path: values[path] for path in self.expected if path in values}
        if self.reached is None and all(
            path in now and _equal(now[path], wanted) for path, wanted in self.expected.items()
        ):
            self.reached = now


class Mirror:
    """Values by path as the broker last told them; safe to use from several threads.

    ``changed`` is notified whenever anything changes, and whenever ``notify`` is called.
    """

    def __init__(self) -> None:
        self.changed = Condition()
        self._values: dict[str, Value] = {}
        self._times: dict[str, int] = {}
        self._waits: list[Wait] = []
        self._listeners: list[Listener] = []

    def forget_times(self) -> None:
        """Take whatever comes next as the latest: another broker's clock may be behind."""
        with self.changed:
            self._times.clear()

    def take(self, readings: Iterable[Reading]) -> None:
        """Take over readings unless they are older than what is known, and tell of changes."""
        news: list[tuple[str, Value]] = []
        with self.changed:
            for path, moment, value in readings:
                if moment < self._times.get(path, 0):
                    continue
                self._times[path] = moment
                if value is None:
                    self._values.pop(path, None)
                elif self._values.get(path) != value:
                    self._values[path] = value
                    news.append((path, value))
            self._look(news)
            listeners = tuple(self._listeners)
        for path, value in news:
            for listener in listeners:
                _tell(listener, path, value)

    def values(self) -> dict[str, Value]:
        """Every known value."""
        with self.changed:
            return dict(self._values)

    @contextmanager
    def waiting(self, expected: Mapping[str, Value]) -> Generator[Wait]:
        """Watch for the moment when all of ``expected`` is there, within the block."""
        wait = Wait(expected)
        with self.changed:
            wait.look(self._values)
            self._waits.append(wait)
        try:
            yield wait
        finally:
            with self.changed:
                self._waits.remove(wait)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on every change from now on; returns a function that ends it."""
        with self.changed:
            self._listeners.append(listener)

        def end() -> None:
            with self.changed:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def notify(self) -> None:
        """Wake everybody who waits on ``changed``."""
        with self.changed:
            self.changed.notify_all()

    def _look(self, news: list[tuple[str, Value]]) -> None:
        """Let every wait see the values as they are now; call it with the lock held."""
        if not news:
            return
        paths = {path for path, _ in news}
        for wait in self._waits:
            if not paths.isdisjoint(wait.expected):
                wait.moved_at = time.monotonic()
                wait.look(self._values)
        self.changed.notify_all()


def _equal(value: Value, wanted: Value) -> bool:
    if isinstance(value, (int, float)) and isinstance(wanted, (int, float)):
        return isclose(value, wanted, abs_tol=_TOLERANCE)
    return value == wanted


def _tell(listener: Listener, path: str, value: Value) -> None:
    try:
        listener(path, value)
    except Exception:
        # One listener's mistake must not keep the others, or the values, from coming in.
        _log.exception("a listener failed on a change of %s", path)
