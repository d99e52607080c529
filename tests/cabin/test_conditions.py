import pytest

from fujia.cabin.conditions import holds, phrase
from fujia.understanding.plan import Condition
from fujia.vehicle import SimulatedCar, Value, load_profile

STATES: dict[str, tuple[dict[str, Value], dict[str, Value]]] = {
    "rain": ({"Vehicle.Body.Raindetection.Intensity": 5}, {}),
    "dark": ({"Vehicle.Exterior.LightIntensity": 10.0}, {}),
    "moving": ({"Vehicle.Speed": 20.0}, {}),
    "parked": ({}, {"Vehicle.Speed": 20.0}),
    "window_open": ({"Vehicle.Cabin.Door.Row2.DriverSide.Window.Position": 10}, {}),
    "charging": (
        {
            "Vehicle.Powertrain.TractionBattery.Charging.StartStopCharging": "START",
            "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition"
            ".IsChargingCableConnected": True,
        },
        {},
    ),
}
MEASURES: dict[str, dict[str, Value]] = {
    "speed": {"Vehicle.Speed": 50.0},
    "outside_temperature": {"Vehicle.Exterior.AirTemperature": 50.0},
    "inside_temperature": {"Vehicle.Cabin.HVAC.AmbientAirTemperature": 50.0},
    "charge": {"Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed": 50.0},
}


def state_of(state: dict[str, Value], vehicle: str = "i5") -> dict[str, Value]:
    return SimulatedCar(load_profile(vehicle), state).snapshot()


@pytest.mark.parametrize("fact", STATES)
def test_a_fact_holds_or_not(fact: str) -> None:
    yes, no = STATES[fact]
    condition = Condition(fact=fact)  # type: ignore[arg-type]
    negated = Condition(fact=fact, comparison="is_not")  # type: ignore[arg-type]
    assert holds(condition, state_of(yes)) is True
    assert holds(condition, state_of(no)) is False
    assert holds(negated, state_of(yes)) is False
    assert holds(negated, state_of(no)) is True


@pytest.mark.parametrize("fact", MEASURES)
@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        ("above", 49, True), ("above", 50, False), ("below", 51, True), ("below", 50, False),
        ("is", 50, True), ("is_not", 50, False),
    ],
)  # fmt: skip
def test_a_measure_is_compared(fact: str, comparison: str, value: float, expected: bool) -> None:
    condition = Condition(fact=fact, comparison=comparison, value=value)  # type: ignore[arg-type]
    assert holds(condition, state_of(MEASURES[fact])) is expected


def test_what_the_car_cannot_tell_is_unknown() -> None:
    assert holds(Condition(fact="speed", comparison="above", value=3), {}) is None
    assert holds(Condition(fact="speed", comparison="above"), {"Vehicle.Speed": 9.0}) is None


def test_the_charge_of_a_petrol_car_is_its_tank() -> None:
    state = state_of({"Vehicle.Powertrain.FuelSystem.RelativeLevel": 15}, "x3-lwb")
    assert holds(Condition(fact="charge", comparison="below", value=20), state) is True


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (Condition(fact="rain"), "下雨了", "it rains"),
        (Condition(fact="rain", comparison="is_not"), "不下雨了", "it does not rain"),
        (
            Condition(fact="speed", comparison="above", value=80),
            "车速高于80km/h",
            "the speed is above 80 km/h",
        ),
        (
            Condition(fact="outside_temperature", comparison="below", value=3.5),
            "车外温度低于3.5度",
            "the outside temperature is below 3.5 °C",
        ),
    ],
)
def test_a_condition_in_words(condition: Condition, zh: str, en: str) -> None:
    assert phrase(condition, "zh") == zh
    assert phrase(condition, "en") == en
