"""Each telltale that comes on is told once, the gravest first."""

import pytest

from fujia import Fault, SimulatedCar, load_profile
from fujia.errors import CarUnreachable
from fujia.expert.watcher import QUIET_S, Watcher

FRONT = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.Pressure"
BRAKE = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def car() -> SimulatedCar:
    return SimulatedCar(load_profile("i5"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(car: SimulatedCar, clock: Clock) -> Watcher:
    return Watcher(car, clock)


def told(watcher: Watcher) -> list[str]:
    return [telltale.id for telltale, _ in watcher.due()]


def test_nothing_is_told_of_a_healthy_car(watcher: Watcher) -> None:
    assert told(watcher) == []


def test_it_is_told_once(car: SimulatedCar, watcher: Watcher) -> None:
    car.set(FRONT, 150)
    assert told(watcher) == ["tyre-pressure"]
    car.set(FRONT, 140)
    assert told(watcher) == []


def test_the_gravest_is_told_first(car: SimulatedCar, watcher: Watcher) -> None:
    car.set("Vehicle.Service.IsServiceDue", True)
    car.set(FRONT, 150)
    car.set(BRAKE, True)
    assert told(watcher) == ["brake", "tyre-pressure", "service"]


def test_what_is_on_already_is_told() -> None:
    car = SimulatedCar(load_profile("i5"), {FRONT: 150})
    assert told(Watcher(car)) == ["tyre-pressure"]


def test_a_flickering_one_is_not_told_again(
    car: SimulatedCar, watcher: Watcher, clock: Clock
) -> None:
    for pressure in (150, 250, 150):
        car.set(FRONT, pressure)
        seen = told(watcher)
        clock.now += QUIET_S / 2
    assert seen == []


def test_after_a_quiet_time_it_is_told_again(
    car: SimulatedCar, watcher: Watcher, clock: Clock
) -> None:
    car.set(FRONT, 150)
    told(watcher)
    car.set(FRONT, 250)
    told(watcher)
    clock.now += QUIET_S
    car.set(FRONT, 150)
    assert told(watcher) == ["tyre-pressure"]


def test_information_and_what_the_car_chimes_for_are_not_told(
    car: SimulatedCar, watcher: Watcher
) -> None:
    car.set("Vehicle.Body.Lights.Beam.High.IsOn", True)
    car.set("Vehicle.Cabin.Seat.Row1.PassengerSide.OccupancyStatus", "OCCUPIED")
    assert told(watcher) == []


def test_the_car_is_not_asked_while_nothing_that_matters_changes(
    car: SimulatedCar, watcher: Watcher
) -> None:
    told(watcher)
    car.inject(Fault("*", "offline"))
    assert told(watcher) == []  # a look at the car would raise


def test_a_car_that_does_not_answer_is_asked_again(car: SimulatedCar, watcher: Watcher) -> None:
    car.set(FRONT, 150)
    car.inject(Fault("*", "offline"))
    with pytest.raises(CarUnreachable):
        watcher.due()
    car.clear_faults()
    assert told(watcher) == ["tyre-pressure"]


def test_nothing_is_noticed_any_more_after_the_end(car: SimulatedCar, watcher: Watcher) -> None:
    told(watcher)
    watcher.close()
    car.set(FRONT, 150)
    assert told(watcher) == []
