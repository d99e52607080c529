import pytest

from fujia.vehicle.fault import Fault
from fujia.vehicle.motion import Motion, speed_of
from fujia.vehicle.signal import Signal

PATH = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
WINDOW = Signal(PATH, "actuator", "uint8", "percent", 0, 100)


@pytest.mark.parametrize(
    ("path", "speed"),
    [
        (PATH, 25),
        ("Vehicle.Cabin.Sunroof.Position", 20),
        ("Vehicle.Cabin.Sunroof.Shade.Position", 20),
        ("Vehicle.Cabin.RearShade.Position", 20),
        ("Vehicle.Body.Trunk.Rear.Position", 20),
        ("Vehicle.Cabin.Seat.Row1.DriverSide.Position", 20),
        ("Vehicle.Cabin.Seat.Row1.DriverSide.Backrest.Recline", 5),
        ("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature", None),
        ("Vehicle.Body.Mirrors.DriverSide.Tilt", None),
    ],
)
def test_speeds(path: str, speed: float | None) -> None:
    assert speed_of(path) == speed


def test_a_step_moves_a_tenth_of_a_second() -> None:
    motion = Motion(WINDOW, 0, 37)
    assert not motion.step([], None)
    assert (motion.exact, motion.value()) == (2.5, 2)


def test_the_last_step_ends_on_the_target() -> None:
    motion = Motion(WINDOW, 36, 37)
    motion.step([], None)
    assert motion.exact == 37
    back = Motion(WINDOW, 1, 0)
    back.step([], None)
    assert back.exact == 0


def test_a_step_rests_on_the_first_value_that_is_held() -> None:
    motion = Motion(WINDOW, 49, 100)
    motion.step([51, 50, 20, "OPEN"], None)
    assert motion.exact == 50
    motion.step([50], None)
    assert motion.exact == 50
    motion.step([], None)
    assert motion.exact == 52.5


def test_an_obstacle_stops_it() -> None:
    obstacle = Fault(PATH, "blocked", at=50)
    motion = Motion(WINDOW, 49, 100)
    assert motion.step([], obstacle)
    assert motion.exact == 50
    assert Motion(WINDOW, 10, 20).step([], Fault(PATH, "blocked"))
    assert not Motion(WINDOW, 60, 100).step([], obstacle)
