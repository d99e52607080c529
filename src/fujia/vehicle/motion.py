"""How fast things move in a simulated car."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from math import ceil, floor

from fujia.vehicle.fault import Fault
from fujia.vehicle.signal import Signal, Value

TICKS_A_SECOND = 10

_SPEEDS: tuple[tuple[str, float], ...] = (
    ("*.Window.Position", 25),
    ("Vehicle.Cabin.Sunroof.Position", 20),
    ("*.Shade.Position", 20),
    ("Vehicle.Cabin.RearShade.Position", 20),
    ("Vehicle.Body.Trunk.*.Position", 20),
    ("Vehicle.Body.Hood.Position", 20),
    ("Vehicle.Cabin.Seat.*.Position", 20),
    ("Vehicle.Cabin.Seat.*.Height", 20),
    ("Vehicle.Cabin.Seat.*.Seating.Length", 20),
    ("Vehicle.Cabin.Seat.*.Backrest.Recline", 5),
    ("Vehicle.Cabin.Seat.*.Tilt", 5),
    ("Vehicle.Chassis.SteeringWheel.Tilt", 20),
    ("Vehicle.Chassis.SteeringWheel.Extension", 20),
)


@cache
def speed_of(path: str) -> float | None:
    """How fast a signal moves, in its unit per second; None if it changes at once."""
    return next((speed for pattern, speed in _SPEEDS if fnmatchcase(path, pattern)), None)


@dataclass(slots=True, eq=False)
class Motion:
    """A signal on its way to ``target``; ``exact`` is where it is, before rounding."""

    signal: Signal
    exact: float
    target: float
    release: str | None = None

    def step(self, holds: Sequence[Value], blocked: Fault | None) -> bool:
        """Move for one tick, resting on a value among ``holds``; True if it got stuck."""
        start, speed = self.exact, speed_of(self.signal.path) or 0.0
        way = self.target - start
        reach = min(abs(way), speed / TICKS_A_SECOND)
        end = self.target if reach == abs(way) else start + (reach if way > 0 else -reach)
        if blocked is not None:
            obstacle = start if blocked.at is None else blocked.at
            if is_between(start, obstacle, end):
                self.exact = obstacle
                return True
        rests = [float(hold) for hold in holds if isinstance(hold, (int, float))]
        passed = [rest for rest in rests if is_between(start, rest, end)]
        self.exact = min(passed, key=lambda rest: abs(rest - start), default=end)
        return False

    def value(self) -> Value:
        """Where it is, in the signal's type."""
        if self.signal.datatype in ("float", "double"):
            return self.exact
        # Rounded towards where it came from: it shows the target only once it is there.
        return floor(self.exact) if self.target > self.exact else ceil(self.exact)


def is_between(start: float, point: float, end: float) -> bool:
    """Whether ``point`` lies on the way from ``start`` to ``end``, ends included."""
    return min(start, end) <= point <= max(start, end)
