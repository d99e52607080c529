"""Real time for a simulated car: what takes four seconds in a car takes four seconds here."""

import time
from threading import Event, Thread

from fujia.vehicle import SimulatedCar

_BEAT_S = 0.1
"""One tick of a simulated car."""
_LONGEST_S = 1.0
"""A machine that slept lets the car do no more than this at once."""


class Clock:
    """Lets the time of a simulated car pass, ``pace`` times as fast as that of the world.

    One car needs one clock: two of them make it run twice as fast.
    """

    def __init__(self, car: SimulatedCar, pace: float = 1.0) -> None:
        self._car = car
        self._pace = pace
        self._end = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = Thread(target=self._run, name="car-clock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; the car stands still from now on."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        owed, last = 0.0, time.monotonic()
        while not self._end.wait(_BEAT_S):
            now = time.monotonic()
            owed += min(now - last, _LONGEST_S) * self._pace
            last = now
            ticks = int(owed / _BEAT_S)
            owed -= ticks * _BEAT_S
            self._car.advance(ticks * _BEAT_S)
