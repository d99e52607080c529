"""What one vehicle model has: its signals, limits, zones and names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fujia.errors import UnknownSignal
from fujia.vehicle.signal import Signal
from fujia.vehicle.zone import DriverPosition, Zone, fill, seats_of

Energy = Literal["electric", "petrol"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number about a model: its value in ``unit``, where it comes from, and if it was measured.

    ``source`` says so in words where a number is assumed.
    """

    value: float
    unit: str
    source: str
    measured: bool = False


@dataclass(frozen=True)
class Profile:
    """One vehicle model. Built by ``fujia.vehicle.profiles.load_profile``."""

    id: str
    zh: str
    en: str
    energy: Energy
    driver_position: DriverPosition
    signals: Mapping[str, Signal]
    equipment: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])
    """Battery, tank, range and consumption by name; see the profile's YAML."""

    def signal(self, path: str) -> Signal:
        """The signal at ``path``; raises UnknownSignal if this vehicle lacks it."""
        try:
            return self.signals[path]
        except KeyError:
            raise UnknownSignal(
                f"{self.id} has no signal {path}; see 'fujia signals list'"
            ) from None

    def has(self, path: str) -> bool:
        """Whether this vehicle has the signal."""
        return path in self.signals

    def paths(self, template: str, zone: Zone | None = None) -> tuple[str, ...]:
        """The signals that a template stands for in a zone, front to rear.

        A template without a seat in it (no ``{``) stands for itself. Signals that the vehicle
        lacks are left out, so that "all" means all there are.
        """
        if "{" not in template:
            return (template,) if template in self.signals else ()
        filled = (fill(template, seat, self.driver_position) for seat in seats_of(zone or "all"))
        return tuple(path for path in filled if path in self.signals)
