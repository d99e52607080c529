"""Whether the windscreen may fog: the dew point of the air inside against the cold of the glass.

No car tells the humidity of its cabin, so it is guessed from the air outside and from who breathes.
The dew point is Magnus' formula with the coefficients of Sonntag (1990).
"""

from math import exp, log

from fujia.cabin.policy.facts import State, number

_A, _B = 17.62, 243.12
_GLASS_SHARE = 0.3
"""How much of the difference between inside and outside the inner face of the glass keeps."""
_BREATH = 0.6
"""Grams of water a cubic metre that one person adds to fresh air."""
_RECIRCULATED = 8.0
"""How many times more it is when the air goes round."""
_SEATS = tuple(
    f"Vehicle.Cabin.Seat.Row{row}.{side}.IsOccupied"
    for row in (1, 2)
    for side in ("DriverSide", "Middle", "PassengerSide")
)
_COMPRESSOR = 4.0
"""Degrees outside below which air conditioning does not run, and so does not dry the air."""


def dew_point(temperature: float, humidity: float) -> float:
    """The dew point in degrees Celsius of air at ``temperature`` with ``humidity`` percent."""
    gamma = log(max(humidity, 1.0) / 100) + _A * temperature / (_B + temperature)
    return _B * gamma / (_A - gamma)


def vapour(temperature: float) -> float:
    """Grams of water in a cubic metre of saturated air at ``temperature``."""
    pressure = 6.112 * exp(_A * temperature / (_B + temperature))
    return 216.7 * pressure / (273.15 + temperature)


def may_fog(state: State) -> bool:
    """Whether the glass is likely colder than the dew point inside; False where nobody knows."""
    outside = state.get("Vehicle.Exterior.AirTemperature")
    humidity = state.get("Vehicle.Exterior.Humidity")
    if not isinstance(outside, (int, float)) or not isinstance(humidity, (int, float)):
        return False
    dries = state.get("Vehicle.Cabin.HVAC.IsAirConditioningActive") is True
    if dries and outside > _COMPRESSOR:
        return False
    inside = number(state, "Vehicle.Cabin.HVAC.AmbientAirTemperature", 20.0)
    people = max(1, _people(state))
    goes_round = state.get("Vehicle.Cabin.HVAC.IsRecirculationActive") is True
    water = vapour(outside) * humidity / 100
    water += _BREATH * people * (_RECIRCULATED if goes_round else 1.0)
    share = 100 * water / vapour(inside)
    glass = outside + _GLASS_SHARE * (inside - outside)
    return dew_point(inside, min(share, 100.0)) > glass


def _people(state: State) -> int:
    return sum(state.get(path) is True for path in _SEATS)
