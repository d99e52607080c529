"""The car behind a broker, against the server of this project: what every Car promises."""

import time
from collections.abc import Callable, Iterator

import pytest

from fujia import Cabin, Fault
from fujia.errors import (
    ActuationRejected,
    CarError,
    CarUnreachable,
    NotWritable,
    SignalValueError,
    UnknownSignal,
)
from fujia.serve.kuksa.server import KuksaServer, serve_kuksa
from fujia.vehicle import SimulatedCar, Write, load_profile
from fujia.vehicle.kuksa.car import KuksaCar
from fujia.vehicle.kuksa.connection import Connection

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
HEATING = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
SPEED = "Vehicle.Speed"

Pair = tuple[SimulatedCar, KuksaCar]


def connected(server: KuksaServer, vehicle: str = "i5", **options: float) -> KuksaCar:
    options = {"timeout_s": 30.0} | options  # a busy machine is no reason to fail
    return KuksaCar(load_profile(vehicle), Connection(server.host, server.port), **options)


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.01)


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A simulated car with a running clock, and the same car seen through its broker."""
    simulated = SimulatedCar(load_profile("i5"))
    server = serve_kuksa(simulated, port=0)
    car = connected(server, patience_s=1.5)
    yield simulated, car
    car.close()
    server.stop()


def test_it_reads_what_the_car_reads(pair: Pair):
    simulated, car = pair
    assert car.snapshot() == simulated.snapshot()
    simulated.set(SPEED, 80)
    assert car.read(SPEED) == 80.0
    with pytest.raises(UnknownSignal):
        car.read("Vehicle.Warp")


def test_what_is_forwarded_is_read_back(pair: Pair):
    simulated, car = pair
    car.actuate([Write(WINDOW, 20), Write(HEATING, 33)])
    assert car.wait_for({WINDOW: 20, HEATING: 33}) == {WINDOW: 20, HEATING: 33}
    assert [(each.path, each.value) for each in simulated.actuations] == [
        (WINDOW, 20),
        (HEATING, 33),
    ]


def test_nothing_is_forwarded_if_one_write_is_invalid(pair: Pair):
    simulated, car = pair
    good = Write(HEATING, 33)
    with pytest.raises(UnknownSignal):
        car.actuate([good, Write("Vehicle.Warp", 1)])
    with pytest.raises(NotWritable):
        car.actuate([good, Write(SPEED, 1.0)])
    with pytest.raises(SignalValueError):
        car.actuate([good, Write(WINDOW, 101)])
    car.actuate([])
    assert simulated.actuations == []


def test_a_stall_is_reported_as_it_stands(pair: Pair):
    simulated, car = pair
    simulated.inject(Fault(WINDOW, "blocked", at=10))
    car.actuate([Write(WINDOW, 100)])
    assert car.wait_for({WINDOW: 100}) == {WINDOW: 10}


def test_waiting_ends_when_its_time_is_over(pair: Pair):
    _, car = pair
    car.actuate([Write(WINDOW, 100)])
    start = time.monotonic()
    assert car.wait_for({WINDOW: 100}, timeout_s=0.3)[WINDOW] < 100
    assert time.monotonic() - start < 20


def test_listeners_hear_of_changes(pair: Pair):
    simulated, car = pair
    car.snapshot()
    heard: list[tuple[str, object]] = []
    end = car.subscribe(lambda path, value: heard.append((path, value)))
    simulated.set(SPEED, 30)
    until(lambda: (SPEED, 30.0) in heard and ("Vehicle.IsMoving", True) in heard)
    end()
    simulated.set(SPEED, 31)
    until(lambda: car.read(SPEED) == 31.0)
    assert (SPEED, 31.0) not in heard


def test_a_held_switch_is_let_go_where_it_was_asked_to(pair: Pair):
    simulated, car = pair
    simulated.set("Vehicle.Cabin.Sunroof.Shade.Position", 100)
    turn = Cabin(car=car).say("天窗开到20%")
    assert (turn.outcome, simulated.read("Vehicle.Cabin.Sunroof.Position")) == ("done", 20)
    until(lambda: simulated.read("Vehicle.Cabin.Sunroof.Switch") == "INACTIVE")


def test_the_profile_is_narrowed_to_what_the_broker_knows():
    # The table of VSS is always served, so only the overlays of a vehicle can be missing.
    server = serve_kuksa(SimulatedCar(load_profile("generic-ev")), port=0)
    car = connected(server, "i5")
    try:
        snapshot = car.snapshot()
        fragrance = "Vehicle.Cabin.Fragrance.IsActive"
        assert load_profile("i5").has(fragrance)
        assert not car.profile.has(fragrance)
        assert fragrance not in snapshot
        assert Cabin(car=car).say("打开香氛").outcome == "unavailable"
    finally:
        car.close()
        server.stop()


def test_a_signal_without_a_value_is_unknown():
    server = serve_kuksa(SimulatedCar(load_profile("generic-ev")), port=0)
    car = connected(server, "i5")
    try:
        massage = "Vehicle.Cabin.Seat.Row1.DriverSide.Massage.Level"
        assert massage not in car.snapshot()
        assert car.profile.has(massage)
        with pytest.raises(CarError, match="nobody provides it"):
            car.read(massage)
        with pytest.raises(ActuationRejected, match="nobody provides"):
            car.actuate([Write(massage, 33)])
    finally:
        car.close()
        server.stop()


def test_without_a_broker_the_cabin_answers_and_says_so():
    car = KuksaCar(load_profile("i5"), Connection("127.0.0.1", 1))
    try:
        start = time.monotonic()
        turn = Cabin(car=car).say("打开主驾座椅加热")
        assert turn.outcome == "failed"
        assert "没有响应" in turn.reply
        assert time.monotonic() - start < 30
        with pytest.raises(CarUnreachable, match=r"127\.0\.0\.1:1 does not answer"):
            car.snapshot()
        with pytest.raises(CarUnreachable):
            car.actuate([Write(HEATING, 33)])
        with pytest.raises(CarUnreachable):
            car.wait_for({HEATING: 33})
    finally:
        car.close()


def test_it_survives_a_restart_of_the_broker():
    simulated = SimulatedCar(load_profile("i5"))
    server = serve_kuksa(simulated, port=0)
    car = connected(server, timeout_s=30)
    try:
        assert car.read(SPEED) == 0.0
        heard: list[tuple[str, object]] = []
        car.subscribe(lambda path, value: heard.append((path, value)))
        server.stop()
        simulated.set(SPEED, 50)
        server = serve_kuksa(simulated, port=server.port)
        assert car.read(SPEED) == 50.0
        car.actuate([Write(HEATING, 67)])
        assert car.wait_for({HEATING: 67}) == {HEATING: 67}
        until(lambda: (SPEED, 50.0) in heard)
        assert len(simulated.actuations) == 1
    finally:
        car.close()
        server.stop()


def test_a_broker_that_goes_away_in_the_middle_of_a_movement():
    simulated = SimulatedCar(load_profile("i5"))
    server = serve_kuksa(simulated, port=0)
    car = connected(server, timeout_s=2)
    try:
        car.snapshot()
        car.actuate([Write(WINDOW, 100)])
        server.stop()
        with pytest.raises(CarUnreachable):
            car.wait_for({WINDOW: 100})
    finally:
        car.close()


def test_a_closed_car_is_out_of_reach(pair: Pair):
    _, car = pair
    car.snapshot()
    car.close()
    with pytest.raises(CarUnreachable, match="closed"):
        car.snapshot()


def test_a_broker_that_has_nothing_in_common_is_out_of_reach():
    server = serve_kuksa(SimulatedCar(load_profile("i5")), port=0)
    profile = load_profile("i5")
    foreign = type(profile)(
        "ufo", "飞碟", "UFO", "electric", "LEFT", {"Vehicle.Warp": profile.signals[WINDOW]}
    )
    car = KuksaCar(foreign, Connection(server.host, server.port))
    try:
        with pytest.raises(CarUnreachable, match="has no signal of ufo"):
            car.snapshot()
    finally:
        car.close()
        server.stop()
