"""Listeners, and several threads at one simulated car."""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from fujia.vehicle import SimulatedCar, Value, Write, load_profile

DOORS = [
    f"Vehicle.Cabin.Door.{row}.{side}."
    for row in ("Row1", "Row2")
    for side in ("DriverSide", "PassengerSide")
]
AC = "Vehicle.Cabin.HVAC.IsAirConditioningActive"
FAN = "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"


@pytest.fixture
def car() -> SimulatedCar:
    return SimulatedCar(load_profile("i5"))


def test_a_listener_hears_every_change_until_it_ends(car: SimulatedCar) -> None:
    heard: list[tuple[str, Value]] = []
    end = car.subscribe(lambda path, value: heard.append((path, value)))
    car.actuate([Write(AC, False)])
    car.settle()
    car.set(AC, False)
    assert heard == [(AC, False)]
    end()
    end()
    car.set(AC, True)
    assert heard == [(AC, False)]


def test_a_listener_is_called_outside_the_lock(car: SimulatedCar) -> None:
    read: list[Value] = []

    def ask_from_another_thread(path: str, value: Value) -> None:
        thread = Thread(target=lambda: read.append(car.read(path)))
        thread.start()
        thread.join(timeout=5)

    car.subscribe(ask_from_another_thread)
    car.actuate([Write(AC, False)])
    car.wait_for({AC: False})
    assert read == [False]


def test_a_listener_may_use_the_car(car: SimulatedCar) -> None:
    def follow(path: str, value: Value) -> None:
        if path == AC:
            car.set(FAN, 0)

    car.subscribe(follow)
    car.set(AC, False)
    assert car.read(FAN) == 0


def test_a_listener_that_fails_does_not_stop_the_others(
    car: SimulatedCar, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(path: str, value: Value) -> None:
        raise RuntimeError("oops")

    heard: list[str] = []
    car.subscribe(fail)
    car.subscribe(lambda path, value: heard.append(path))
    with caplog.at_level(logging.ERROR):
        car.set(AC, False)
    assert heard == [AC]
    assert "a listener failed" in caplog.text


def test_many_readers_and_writers(car: SimulatedCar) -> None:
    changes: list[tuple[str, Value]] = []
    car.subscribe(lambda path, value: changes.append((path, value)))

    def write(door: str) -> dict[str, Value]:
        path = door + "Window.Position"
        read: dict[str, Value] = {}
        for target in (80, 15, 63):
            car.actuate([Write(path, target)])
            read = car.wait_for({path: target})
            assert read == {path: target}
        return read

    def read(door: str) -> bool:
        """Whether position and derived value always fit together."""
        snapshots = (car.snapshot() for _ in range(100))
        return all(
            (int(str(seen[door + "Window.Position"])) > 0) == seen[door + "Window.IsOpen"]
            for seen in snapshots
        )

    with ThreadPoolExecutor(8) as pool:
        written = [pool.submit(write, door) for door in DOORS]
        seen = [pool.submit(read, door) for door in DOORS]
        assert all(future.result(timeout=60) for future in seen)
        assert [list(future.result(timeout=60).values()) for future in written] == [[63]] * 4
    assert len(changes) == len(car.log)
    assert car.actuations and len(car.actuations) == 12
