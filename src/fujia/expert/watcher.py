"""Watching the telltales of a car: each that comes on is told once, the gravest first."""

from collections.abc import Callable
from time import monotonic

from fujia.expert.telltales import State, Telltale, telltales_of
from fujia.vehicle.car import Car
from fujia.vehicle.signal import Value

QUIET_S = 60.0
"""How long a telltale must have been off before it is told again, in seconds of ``clock``."""


class Watcher:
    """Which telltales of a car have come on and have not been told yet.

    It looks at the car only after a signal that matters has changed, so that asking costs nothing
    meanwhile. What is on already when watching begins counts as come on. ``due`` is for one thread
    at a time; signals may change in any.
    """

    def __init__(self, car: Car, clock: Callable[[], float] = monotonic) -> None:
        self.car = car
        self._clock = clock
        self._telltales = tuple(each for each in telltales_of(car.profile) if each.is_announced)
        self._told: dict[str, float | None] = {}
        """When those that were told went out; None while they are on."""
        self._concerns: dict[str, bool] = {}
        self._stale = True
        self._end = car.subscribe(self._changed)

    def due(self) -> list[tuple[Telltale, State]]:
        """What came on since the last call, the gravest first, with the signals as they were.

        Raises:
            CarUnreachable: nothing is forgotten; ask again later.
        """
        if not self._stale:
            return []
        self._stale = False
        try:
            state = self.car.snapshot()
        except Exception:
            self._stale = True
            raise
        return [(each, state) for each in self._telltales if self._is_news(each, state)]

    def close(self) -> None:
        """Stop watching."""
        self._end()

    def _is_news(self, telltale: Telltale, state: State) -> bool:
        now = self._clock()
        went_out = self._told.get(telltale.id, 0.0)
        if not telltale.is_lit(state):
            if telltale.id in self._told and went_out is None:
                self._told[telltale.id] = now
            return False
        was_told = telltale.id in self._told
        self._told[telltale.id] = None
        return not was_told or (went_out is not None and now - went_out >= QUIET_S)

    def _changed(self, path: str, value: Value) -> None:
        if path not in self._concerns:
            self._concerns[path] = any(each.concerns(path) for each in self._telltales)
        if self._concerns[path]:
            self._stale = True
