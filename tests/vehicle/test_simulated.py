from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.errors import (
    ActuationRejected,
    CarUnreachable,
    NotWritable,
    SignalValueError,
    UnknownSignal,
)
from fujia.vehicle import Fault, SimulatedCar, Value, Write, list_profiles, load_profile
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.signal import default_value

DOOR = "Vehicle.Cabin.Door.Row1.DriverSide."
WINDOW = DOOR + "Window.Position"
WINDOW_OPEN = DOOR + "Window.IsOpen"
OTHER_WINDOW = "Vehicle.Cabin.Door.Row2.PassengerSide.Window.Position"
ROOF, SWITCH = "Vehicle.Cabin.Sunroof.Position", "Vehicle.Cabin.Sunroof.Switch"
AC = "Vehicle.Cabin.HVAC.IsAirConditioningActive"
SPEED = "Vehicle.Speed"
OUTSIDE_PROFILE = "Vehicle.Cabin.Seat.Row2.Middle.IsBelted"


def i5(**state: Value) -> SimulatedCar:
    return SimulatedCar(load_profile("i5"), state)


def do(car: SimulatedCar, path: str, value: Value) -> None:
    """Actuate and let it happen."""
    car.actuate([Write(path, value)])
    car.settle()


def test_the_start_is_the_profile_s_and_at_rest() -> None:
    for name in list_profiles():
        car = SimulatedCar(load_profile(name))
        before = car.snapshot()
        car.settle()
        assert (car.snapshot(), car.now, car.log) == (before, 0.0, [])
        assert before.keys() == car.profile.signals.keys()


def test_a_window_takes_time() -> None:
    car = i5()
    car.actuate([Write(WINDOW, 100)])
    assert car.read(WINDOW) == 0
    car.advance(2.0)
    assert (car.read(WINDOW), car.read(WINDOW_OPEN)) == (50, True)
    assert car.wait_for({WINDOW: 100}) == {WINDOW: 100}
    assert car.now == 4.0


def test_the_rest_happens_in_the_next_tick() -> None:
    car = i5()
    car.actuate([Write(AC, False)])
    assert car.read(AC) is True
    assert car.wait_for({AC: False}) == {AC: False}
    assert car.now == 0.1


@settings(max_examples=50, deadline=None, derandomize=True)
@given(start=st.integers(0, 100), target=st.integers(0, 100))
def test_wait_for_ends_exactly_when_a_window_is_there(start: int, target: int) -> None:
    car = i5(**{WINDOW: start})
    car.actuate([Write(WINDOW, target)])
    assert car.wait_for({WINDOW: target}) == {WINDOW: target}
    assert car.now == max(1, -(-abs(target - start) // 2.5)) / 10
    car.settle()
    assert car.read(WINDOW) == target


@settings(max_examples=50, deadline=None, derandomize=True)
@given(start=st.integers(-100, 100), goal=st.integers(-99, 99))
def test_a_held_switch_is_let_go_exactly_at_the_goal(start: int, goal: int) -> None:
    car = i5(**{ROOF: start})
    switch = "OPEN" if goal > start else "TILT_UP"
    car.actuate([Write(SWITCH, switch, ROOF, goal, "INACTIVE")])
    assert car.wait_for({ROOF: goal}) == {ROOF: goal}
    do(car, SWITCH, "INACTIVE")
    assert (car.read(ROOF), car.read(SWITCH)) == (goal, "INACTIVE")


def test_a_held_roof_waits_for_the_windows() -> None:
    car = i5()
    car.actuate([Write(SWITCH, "OPEN"), Write(WINDOW, 100)])
    assert car.wait_for({ROOF: 30, WINDOW: 100}) == {ROOF: 30, WINDOW: 100}
    car.settle()
    assert car.read(ROOF) == 100


def test_wait_for_gives_up_when_nothing_near_moves() -> None:
    car = i5()
    car.actuate([Write("Vehicle.Body.Trunk.Rear.IsOpen", True)])
    car.advance(0.1)
    assert car.wait_for({WINDOW: 50}) == {WINDOW: 0}
    assert car.now == 0.1


def test_wait_for_ends_with_the_time() -> None:
    car = i5()
    car.actuate([Write(WINDOW, 100)])
    assert car.wait_for({WINDOW: 100}, timeout_s=1.0) == {WINDOW: 25}
    assert car.wait_for({}, timeout_s=1.0) == {}


def test_wait_for_knows_its_signals() -> None:
    with pytest.raises(UnknownSignal):
        i5().wait_for({"Vehicle.Warp": 1})
    with pytest.raises(SignalValueError):
        i5().wait_for({WINDOW: "open"})


@pytest.mark.parametrize(
    ("writes", "error"),
    [
        ([Write(SPEED, 10.0)], NotWritable),
        ([Write("Vehicle.Powertrain.Type", "HYBRID")], NotWritable),
        ([Write("Vehicle.Warp", 1)], UnknownSignal),
        ([Write(OUTSIDE_PROFILE, True)], UnknownSignal),
        ([Write(WINDOW, 50, reads="Vehicle.Warp")], UnknownSignal),
        ([Write(WINDOW, 101)], SignalValueError),
        ([Write(WINDOW, True)], SignalValueError),
        ([Write(AC, "on")], SignalValueError),
    ],
)
def test_nothing_is_forwarded_if_one_write_is_invalid(
    writes: Sequence[Write], error: type[Exception]
) -> None:
    car = i5()
    with pytest.raises(error):
        car.actuate([Write(AC, False), *writes])
    car.settle()
    assert car.read(AC) is True
    assert car.actuations == []


def test_the_car_remembers_what_it_was_asked_and_what_changed() -> None:
    car = i5()
    car.advance(1.0)
    do(car, AC, False)
    assert car.actuations == [(1.0, AC, False)]
    assert car.log == [(1.1, AC, True, False)]


def test_the_world_can_be_set() -> None:
    car = i5()
    car.set(SPEED, 50)
    assert (car.read(SPEED), car.read("Vehicle.IsMoving")) == (50.0, True)
    car.actuate([Write(WINDOW, 100)])
    car.advance(1.0)
    car.set(WINDOW, 10)
    car.settle()
    assert car.read(WINDOW) == 10
    with pytest.raises(UnknownSignal, match="neither a signal of i5 nor in VSS"):
        car.set("Vehicle.Warp", 1)
    with pytest.raises(SignalValueError):
        car.set(SPEED, "fast")


def test_state_takes_any_vss_signal() -> None:
    profile = load_profile("generic-ev")
    signals = {**vss_6(), **profile.signals}.values()
    state = {signal.path: default_value(signal) for signal in signals} | {OUTSIDE_PROFILE: True}
    car = SimulatedCar(profile, state)
    assert car.snapshot()[OUTSIDE_PROFILE] is True
    assert car.read(OUTSIDE_PROFILE) is True
    assert car.snapshot() == state


def test_a_signal_outside_the_profile_is_there_once_it_is_set() -> None:
    car = i5()
    with pytest.raises(UnknownSignal):
        car.read("Vehicle.Cabin.Convertible.Status")
    car.set("Vehicle.Cabin.Convertible.Status", "OPEN")
    assert car.read("Vehicle.Cabin.Convertible.Status") == "OPEN"


def test_state_is_checked() -> None:
    with pytest.raises(UnknownSignal):
        i5(**{"Vehicle.Warp": 9})
    with pytest.raises(SignalValueError, match=r"35\.0 is not within 16 to 28"):
        i5(**{"Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature": 35})


def test_a_snapshot_is_a_copy() -> None:
    car = i5(**{"Vehicle.Cabin.Infotainment.Navigation.Waypoints": ["外滩"]})
    waypoints = car.snapshot()["Vehicle.Cabin.Infotainment.Navigation.Waypoints"]
    assert isinstance(waypoints, list)
    waypoints.clear()
    assert car.read("Vehicle.Cabin.Infotainment.Navigation.Waypoints") == ["外滩"]


def test_a_blocked_window_stops_at_the_obstacle() -> None:
    car = i5()
    car.inject(Fault(WINDOW, "blocked", at=30))
    car.actuate([Write(WINDOW, 100), Write(OTHER_WINDOW, 100)])
    assert car.wait_for({WINDOW: 100, OTHER_WINDOW: 100}) == {WINDOW: 30, OTHER_WINDOW: 100}
    car.clear_faults()
    do(car, WINDOW, 100)
    assert car.read(WINDOW) == 100


def test_a_blocked_roof_lets_its_switch_go() -> None:
    car = i5()
    car.inject(Fault("Vehicle.Cabin.Sunroof.*", "blocked", at=40))
    car.actuate([Write(SWITCH, "ONE_SHOT_OPEN")])
    assert car.wait_for({ROOF: 100}) == {ROOF: 40}
    assert car.read(SWITCH) == "INACTIVE"


def test_a_refusal_stops_the_writes_behind_it() -> None:
    car = i5()
    car.inject(Fault("Vehicle.Cabin.Seat.*", "refuses"))
    seat = "Vehicle.Cabin.Seat.Row1.DriverSide.Position"
    with pytest.raises(ActuationRejected, match=r"DriverSide\.Position") as caught:
        car.actuate([Write(AC, False), Write(seat, 200), Write(WINDOW, 50)])
    assert caught.value.path == seat
    car.settle()
    assert (car.read(AC), car.read(seat), car.read(WINDOW)) == (False, 130, 0)
    assert [asked.path for asked in car.actuations] == [AC, seat]


@pytest.mark.parametrize("pattern", [SWITCH, ROOF])
def test_a_silent_control_unit_does_nothing(pattern: str) -> None:
    car = i5()
    car.inject(Fault(pattern, "silent"))
    car.actuate([Write(SWITCH, "ONE_SHOT_OPEN"), Write(AC, False)])
    assert car.wait_for({ROOF: 100, AC: False}) == {ROOF: 0, AC: False}


def test_an_offline_car_answers_nothing() -> None:
    car = i5()
    car.inject(Fault("*", "offline"))
    for call in (
        car.snapshot,
        lambda: car.read(SPEED),
        lambda: car.actuate([Write(AC, False)]),
        lambda: car.wait_for({AC: True}),
        lambda: car.subscribe(lambda path, value: None),
    ):
        with pytest.raises(CarUnreachable, match="i5 does not answer"):
            call()
    car.clear_faults()
    assert car.read(AC) is True


def test_a_car_can_go_offline_in_the_middle() -> None:
    car = i5()
    car.inject(Fault("*", "offline", at=1.0))
    car.actuate([Write(WINDOW, 100)])
    with pytest.raises(CarUnreachable):
        car.wait_for({WINDOW: 100})
    car.clear_faults()
    assert car.read(WINDOW) == 25
