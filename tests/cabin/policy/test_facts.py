import pytest

from fujia.cabin.policy import facts
from fujia.cabin.policy.facts import moving
from fujia.vehicle import SimulatedCar, Value, load_profile

RAIN = "Vehicle.Body.Raindetection.Intensity"
LIGHT = "Vehicle.Exterior.LightIntensity"


def state(**changed: Value) -> dict[str, Value]:
    paths = {"speed": "Vehicle.Speed", "rain": RAIN, "light": LIGHT}
    car = SimulatedCar(load_profile("i5"), {paths[name]: value for name, value in changed.items()})
    car.settle()
    return car.snapshot()


def test_the_start_state_is_parked_dry_and_light() -> None:
    start = state()
    assert facts.parked(start)
    assert not any(fact(start) for fact in (facts.moving, facts.rain, facts.dark, facts.fog))


@pytest.mark.parametrize(
    ("fact", "changed"),
    [
        (facts.moving, {"speed": 3.0}),
        (facts.moving, {"speed": -3.0}),
        (facts.rain, {"rain": 20}),
        (facts.dark, {"light": 2}),
    ],
)
def test_what_the_sensors_say(fact: object, changed: dict[str, Value]) -> None:
    assert callable(fact)
    assert fact(state(**changed))


def test_a_moving_car_is_not_parked() -> None:
    assert not facts.parked(state(speed=30.0))


def test_a_car_that_says_nothing_is_not_taken_for_parked() -> None:
    assert not facts.parked({})


def test_a_car_that_tells_no_speed_counts_as_moving() -> None:
    assert moving({})
    assert not moving({"Vehicle.Speed": 0.0})
    assert not moving({"Vehicle.IsMoving": False})
