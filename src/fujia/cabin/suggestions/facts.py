"""The facts that suggestions are made of: what the signals and the routines say now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from fujia.cabin.memory.fact import Fact
from fujia.cabin.policy import facts
from fujia.cabin.policy.facts import PARK, State, number
from fujia.cabin.suggestions.glass import may_fog
from fujia.cabin.world import Here, distance_km, load_world

WIDE = 10.0
"""Percent from which a window is open, and not a crack."""
TRIP_SOON_MIN = 100.0
TRIP_NOW_MIN = (-15.0, 20.0)
"""Minutes before and after its time within which a trip begins."""
RESERVE = 1.3
"""How much more than the way is wanted in the battery or the tank."""
_UNKNOWN_KM = 25.0
"""The way to a place of which nobody knows where it is."""
_LOW = 15.0
"""Percent of charge or fuel that is little, where the car does not tell how far it goes."""
_WARMTH = 1.5
"""Degrees from which a temperature is not the usual one."""

_HVAC = "Vehicle.Cabin.HVAC"
_BATTERY = "Vehicle.Powertrain.TractionBattery"
_LEVELS = (
    f"{_BATTERY}.StateOfCharge.Displayed",
    f"{_BATTERY}.StateOfCharge.Current",
    "Vehicle.Powertrain.FuelSystem.RelativeLevel",
)
_WINDOWS = tuple(
    f"Vehicle.Cabin.Door.Row{row}.{side}Side.Window.Position"
    for row in (1, 2)
    for side in ("Driver", "Passenger")
)
_RANGES = ("Vehicle.Powertrain.Range", f"{_BATTERY}.Range")


@dataclass(frozen=True)
class Moment:
    """The car, the time on its clock, and what is remembered of the driver."""

    state: State
    now: datetime
    facts: tuple[Fact, ...] = ()

    @cached_property
    def trip(self) -> Fact | None:
        """The trip whose time is nearest, if it is today and not over."""
        due = {
            minutes: fact
            for fact in self.facts
            if fact.what == "trip" and self.now.isoweekday() in fact.days
            if (minutes := self.minutes_to(fact)) >= TRIP_NOW_MIN[0]
        }
        return due[min(due)] if due else None

    @cached_property
    def temperature(self) -> Fact | None:
        """The temperature that the driver likes."""
        return next((fact for fact in self.facts if fact.what == "temperature"), None)

    def minutes_to(self, trip: Fact) -> float:
        """Minutes from now to the time of a trip today; below 0 where it is past."""
        hour, minute = map(int, trip.time.split(":"))
        return hour * 60 + minute - (self.now.hour * 60 + self.now.minute)

    def is_trip_within(self, earliest: float, latest: float) -> bool:
        """Whether the next trip begins in ``earliest`` to ``latest`` minutes."""
        return self.trip is not None and earliest <= self.minutes_to(self.trip) <= latest

    @cached_property
    def kilometres(self) -> float:
        """How far the trip is as the crow flies, with a quarter more for the roads."""
        if self.trip is None:
            return 0.0
        there = load_world().locate(self._destination(self.trip))
        latitude = self.state.get("Vehicle.CurrentLocation.Latitude")
        longitude = self.state.get("Vehicle.CurrentLocation.Longitude")
        if there is None or not isinstance(latitude, float) or not isinstance(longitude, float):
            return _UNKNOWN_KM
        return distance_km(Here(latitude, longitude), there) * 1.25

    def _destination(self, trip: Fact) -> str:
        wanted = str(trip.value)
        for fact in self.facts:
            if fact.what == "place" and fact.name == wanted:
                return str(fact.value)
        return wanted


def _energy_short(moment: Moment) -> bool:
    for path in _RANGES:
        metres = moment.state.get(path)
        if isinstance(metres, (int, float)) and metres > 0:
            return metres / 1000 < moment.kilometres * RESERVE
    levels = [moment.state[path] for path in _LEVELS if path in moment.state]
    return any(isinstance(level, (int, float)) and level < _LOW for level in levels)


def _temperature_differs(moment: Moment) -> bool:
    liked, state = moment.temperature, moment.state
    if liked is None or isinstance(liked.value, str) or state.get(f"{_HVAC}.IsOn") is False:
        return False
    now = state.get(f"{_HVAC}.Station.Row1.Driver.Temperature")
    return isinstance(now, (int, float)) and abs(now - liked.value) >= _WARMTH


def _crawling(state: State) -> bool:
    """Rolling slowly, or waiting in gear: a junction, a queue, a parking space."""
    return not facts.parked(state) and abs(number(state, "Vehicle.Speed")) < 20


def _reversing(state: State) -> bool:
    gear = state.get("Vehicle.Powertrain.Transmission.SelectedGear")
    return isinstance(gear, int) and not isinstance(gear, bool) and gear < 0 and gear != PARK


def _wide(state: State) -> bool:
    return any(number(state, path) > WIDE for path in _WINDOWS)


def _awake(state: State) -> bool:
    return state.get("Vehicle.LowVoltageSystemState") in ("ON", "START")


def _no_route(state: State) -> bool:
    return state.get("Vehicle.Cabin.Infotainment.Navigation.Destination") == ""


FACTS: Mapping[str, Callable[[Moment], bool]] = {
    "moving": lambda moment: facts.moving(moment.state),
    "parked": lambda moment: facts.parked(moment.state),
    "rain": lambda moment: facts.rain(moment.state),
    "dark": lambda moment: facts.dark(moment.state),
    "awake": lambda moment: _awake(moment.state),
    "crawling": lambda moment: _crawling(moment.state),
    "reversing": lambda moment: _reversing(moment.state),
    "window_wide": lambda moment: _wide(moment.state),
    "roof_open": lambda moment: number(moment.state, "Vehicle.Cabin.Sunroof.Position") > WIDE,
    "no_route": lambda moment: _no_route(moment.state),
    "not_charging": lambda moment: moment.state.get(f"{_BATTERY}.Charging.IsCharging") is not True,
    "glass_may_fog": lambda moment: may_fog(moment.state),
    "trip_soon": lambda moment: moment.is_trip_within(0.0, TRIP_SOON_MIN),
    "trip_now": lambda moment: moment.is_trip_within(*TRIP_NOW_MIN),
    "energy_short": _energy_short,
    "temperature_differs": _temperature_differs,
}
"""Facts by the name that the rules use."""
