import pytest

from fujia.cabin.skill import Effect, OutOfRange, Scene
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from fujia.vehicle import Fault, SimulatedCar, Value, Write, load_profile
from tests.cabin.skills.examples import scene

_ROOF = "Vehicle.Cabin.Sunroof."


def _only(effect: object) -> Write:
    assert isinstance(effect, Effect)
    (write,) = effect.writes
    return write


@pytest.mark.parametrize(
    ("start", "position", "switch", "release"),
    [
        (0, "max", "ONE_SHOT_OPEN", None),
        (60, 0, "ONE_SHOT_CLOSE", None),
        (-100, 0, "ONE_SHOT_CLOSE", None),
        (0, 50, "OPEN", "INACTIVE"),
        (80, "50%", "CLOSE", "INACTIVE"),
        (50, 50, "INACTIVE", None),
    ],
)
def test_the_sunroof_is_driven_by_its_switch(
    start: int, position: Argument, switch: str, release: str | None
) -> None:
    now = scene(state={_ROOF + "Position": start})
    write = _only(SKILLS["sunroof.position"](now, {"position": position}))
    assert (write.path, write.value, write.release) == (_ROOF + "Switch", switch, release)
    assert write.reads == _ROOF + "Position"


@pytest.mark.parametrize(("start", "goal"), [(0, 30), (90, 30), (-100, 30), (100, 0), (-100, 0)])
def test_the_sunroof_stops_where_it_was_asked_to(start: int, goal: int) -> None:
    car = SimulatedCar(load_profile("i5"), {_ROOF + "Position": start})
    now = Scene(car.profile, car.snapshot(), "driver", "zh")
    write = _only(SKILLS["sunroof.position"](now, {"position": goal}))
    car.actuate([write])
    car.wait_for({write.read_path: write.expected})
    if write.release is not None:
        car.actuate([Write(write.path, write.release)])
    car.settle()
    assert car.read(_ROOF + "Position") == goal


def test_a_bit_more_of_a_tilted_sunroof_counts_from_closed() -> None:
    tilted = scene(state={_ROOF + "Position": -100})
    assert SKILLS["sunroof.position"](tilted, {"position": "+"}).args == {"position": 10}


def test_the_sunroof_has_limits() -> None:
    with pytest.raises(OutOfRange):
        SKILLS["sunroof.position"](scene(), {"position": 150})


def test_a_window_without_a_zone_is_the_speakers_own() -> None:
    write = _only(SKILLS["window.position"](scene(seat="rear_left"), {"position": "+"}))
    assert write == Write("Vehicle.Cabin.Door.Row2.DriverSide.Window.Position", 10)


def test_a_child_lock_is_proven_by_the_lock() -> None:
    effect = SKILLS["door.child_lock"](scene(), {"zone": "rear_left"})
    write = _only(effect)
    assert write.path.endswith("ChildLockRequest")
    assert write.read_path.endswith("Row2.DriverSide.IsChildLockActive")
    assert write.expected is True


def test_a_tailgate_that_stops_halfway_is_not_open() -> None:
    car = SimulatedCar(load_profile("i5"))
    car.inject(Fault("Vehicle.Body.Trunk.Rear.Position", "blocked", 40))
    now = Scene(car.profile, car.snapshot(), "driver", "zh")
    write = _only(SKILLS["tailgate.position"](now, {"open": True}))
    car.actuate([write])
    assert car.wait_for({write.read_path: write.expected}) == {write.read_path: 40}


def test_a_tailgate_goes_to_a_position_too() -> None:
    effect = SKILLS["tailgate.position"](scene(), {"position": 60})
    assert _only(effect).value == 60
    assert effect.args == {"position": 60}


def test_locks_are_for_the_whole_car() -> None:
    effect = SKILLS["door.lock"](scene(), {})
    assert isinstance(effect, Effect)
    values: set[Value] = {write.value for write in effect.writes}  # type: ignore[misc]
    assert (len(effect.writes), values, effect.args) == (4, {True}, {"on": True})
