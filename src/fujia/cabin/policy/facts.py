"""Named facts about the car and the speaker, which rules and conditions refer to."""

from collections.abc import Callable, Mapping

from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat

State = Mapping[str, Value]

PARK = 126
"""``SelectedGear`` in park (VSS 6.0)."""
DARK_BELOW = 30.0
"""Outside light in percent below which it is dark."""

_LIGHTS = "Vehicle.Body.Lights"


def number(state: State, path: str, default: float = 0.0) -> float:
    """A signal as a number; ``default`` where the car does not know it."""
    value = state.get(path, default)
    return float(value) if isinstance(value, (int, float)) else default


def moving(state: State) -> bool:
    """Whether the car moves, in either direction; one that tells nothing of it counts as moving."""
    known = "Vehicle.Speed" in state or state.get("Vehicle.IsMoving") is False
    return not known or number(state, "Vehicle.Speed") != 0 or state.get("Vehicle.IsMoving") is True


def parked(state: State) -> bool:
    """Standing still in park; a car that does not tell its gear counts as not parked."""
    in_park = state.get("Vehicle.Powertrain.Transmission.SelectedGear") == PARK
    return in_park and not moving(state)


def dark(state: State) -> bool:
    """Whether it is dark outside."""
    return number(state, "Vehicle.Exterior.LightIntensity", 100.0) < DARK_BELOW


def rain(state: State) -> bool:
    """Whether the rain sensor sees rain."""
    return number(state, "Vehicle.Body.Raindetection.Intensity") > 0


def fog(state: State) -> bool:
    """Whether a fog lamp is on: the car's only sign of fog."""
    return front_fog(state) or rear_fog(state)


def front_fog(state: State) -> bool:
    """Whether a front fog lamp is on."""
    return state.get(f"{_LIGHTS}.Fog.Front.IsOn") is True


def rear_fog(state: State) -> bool:
    """Whether the rear fog lamp is on."""
    return state.get(f"{_LIGHTS}.Fog.Rear.IsOn") is True


def low_beam(state: State) -> bool:
    """Whether the low beam is lit."""
    return state.get(f"{_LIGHTS}.Beam.Low.IsOn") is True


def high_beam(state: State) -> bool:
    """Whether the high beam is lit."""
    return state.get(f"{_LIGHTS}.Beam.High.IsOn") is True


def sunroof_shade_open(state: State) -> bool:
    """Whether the sunroof's shade is fully open, or there is none."""
    return number(state, "Vehicle.Cabin.Sunroof.Shade.Position", 100.0) >= 100


def sunroof_opening(state: State) -> bool:
    """Whether the sunroof is on its way open."""
    return state.get("Vehicle.Cabin.Sunroof.Switch") in ("OPEN", "ONE_SHOT_OPEN")


def cable_connected(state: State) -> bool:
    """Whether a charging cable is plugged in."""
    port = "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition"
    return state.get(f"{port}.IsChargingCableConnected") is True


def zone_sync(state: State) -> bool:
    """Whether all climate zones follow one temperature."""
    return state.get("Vehicle.Cabin.HVAC.IsZoneSyncActive") is True


def is_rear(seat: Seat) -> bool:
    """Whether the seat is in the rear row."""
    return seat in ("rear_left", "rear_right")


FACTS: dict[str, Callable[[State, Seat], bool]] = {
    "moving": lambda state, seat: moving(state),
    "not_parked": lambda state, seat: not parked(state),
    "dark": lambda state, seat: dark(state),
    "rain": lambda state, seat: rain(state),
    "fog": lambda state, seat: fog(state),
    "front_fog": lambda state, seat: front_fog(state),
    "rear_fog": lambda state, seat: rear_fog(state),
    "low_beam": lambda state, seat: low_beam(state),
    "high_beam": lambda state, seat: high_beam(state),
    "sunroof_shade_open": lambda state, seat: sunroof_shade_open(state),
    "sunroof_opening": lambda state, seat: sunroof_opening(state),
    "cable_connected": lambda state, seat: cable_connected(state),
    "zone_sync": lambda state, seat: zone_sync(state),
    "rear_seat": lambda state, seat: is_rear(seat),
    "passenger_seat": lambda state, seat: seat == "passenger",
}
"""Facts without a number, by the name that rules use."""

MEASURES: dict[str, Callable[[State, float], bool]] = {
    "above_speed": lambda state, limit: abs(number(state, "Vehicle.Speed")) > limit,
}
"""Facts with a number, such as ``above_speed: 120`` (km/h)."""
