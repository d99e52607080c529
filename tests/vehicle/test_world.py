"""The clock and the consequences, without the car around them."""

import pytest

from fujia.vehicle import load_profile
from fujia.vehicle.fault import Fault
from fujia.vehicle.world import World

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
MUTED = "Vehicle.Cabin.Infotainment.Media.IsMuted"
FAN = "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"


@pytest.fixture
def world() -> World:
    world = World(load_profile("i5"))
    world.start({})
    return world


def test_a_start_leaves_no_trace(world: World) -> None:
    assert (world.now, list(world.log), world.news) == (0.0, [], [])
    assert not world.is_busy()


def test_put_tells_and_logs_only_what_changed(world: World) -> None:
    world.put(MUTED, True)
    world.put(MUTED, True)
    assert world.news == [(MUTED, True)]
    assert list(world.log) == [(0.0, MUTED, False, True)]


def test_put_ignores_what_the_car_lacks(world: World) -> None:
    world.put("Vehicle.Cabin.Infotainment.RearScreen.IsOn", True)
    assert world.value("Vehicle.Cabin.Infotainment.RearScreen.IsOn") is None


def test_later_replaces_what_was_due(world: World) -> None:
    world.later(1.0, MUTED, True)
    world.later(2.0, MUTED, True)
    for _ in range(15):
        world.tick()
    assert world.value(MUTED) is False
    for _ in range(5):
        world.tick()
    assert world.value(MUTED) is True


def test_cancel_forgets(world: World) -> None:
    world.later(1.0, MUTED, True)
    world.cancel(MUTED)
    assert not world.is_busy()


def test_stop_ends_a_movement_where_it_is(world: World) -> None:
    world.move(WINDOW, 100)
    world.tick()
    world.stop(WINDOW)
    world.settle()
    assert (world.value(WINDOW), world.now) == (2, 0.1)


def test_a_movement_can_turn_round(world: World) -> None:
    world.move(WINDOW, 100)
    for _ in range(4):
        world.tick()
    world.move(WINDOW, 0)
    world.settle()
    assert (world.value(WINDOW), world.now) == (0, 0.8)


def test_busy_near_a_signal_means_its_branch(world: World) -> None:
    world.move(WINDOW, 100)
    assert world.is_busy({WINDOW.replace("Position", "IsOpen"): True})
    assert not world.is_busy({FAN: 100})
    assert world.is_busy()


@pytest.mark.parametrize(
    ("at", "reached"), [(None, 40), (60.0, 60), (40.0, 40), (20.0, 80), (90.0, 80)]
)
def test_a_block_limits_what_changes_at_once(world: World, at: float | None, reached: int) -> None:
    world.faults.append(Fault(FAN, "blocked", at))
    world.put_unless_blocked(FAN, 80)
    assert world.value(FAN) == reached


def test_settling_ends_even_if_something_never_rests(world: World) -> None:
    world.later(1000.0, MUTED, True)
    world.settle(seconds=2.0)
    assert world.now == 2.0
