import pytest

from fujia.cabin.skill import Effect, OutOfRange
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_WIPER = "Vehicle.Body.Windshield.Front.Wiping.Mode"
_MIRROR = "Vehicle.Body.Mirrors."


def _writes(name: str, args: dict[str, Argument], **state: Value) -> dict[str, Value]:
    effect = SKILLS[name](scene(state=state), args)
    assert isinstance(effect, Effect)
    return {write.path: write.value for write in effect.writes}


def test_automatic_wiping_is_the_rain_sensor() -> None:
    assert _writes("wiper.mode", {"mode": "auto"}) == {_WIPER: "RAIN_SENSOR"}


@pytest.mark.parametrize(
    ("now", "speed", "then"),
    [
        ("OFF", "+", "SLOW"),
        ("RAIN_SENSOR", "+", "MEDIUM"),
        ("FAST", "+", "FAST"),
        ("SLOW", "-", "SLOW"),
        ("SLOW", 3, "FAST"),
        ("FAST", "min", "SLOW"),
    ],
)
def test_wipers_go_faster_and_slower(now: str, speed: Argument, then: str) -> None:
    assert _writes("wiper.speed", {"speed": speed}, **{_WIPER: now}) == {_WIPER: then}


def test_there_is_no_fourth_speed() -> None:
    with pytest.raises(OutOfRange):
        _writes("wiper.speed", {"speed": 4})


def test_mirrors_fold_on_both_sides_once() -> None:
    effect = SKILLS["mirror.fold"](scene(), {})
    assert isinstance(effect, Effect)
    paths = [write.path for write in effect.writes]
    assert paths == [_MIRROR + "DriverSide.IsFolded", _MIRROR + "PassengerSide.IsFolded"]


@pytest.mark.parametrize(
    ("direction", "leaf", "value"),
    [("up", "Tilt", 10), ("down", "Tilt", -10), ("left", "Pan", -10), ("right", "Pan", 10)],
)
def test_a_mirror_turns(direction: str, leaf: str, value: int) -> None:
    writes = _writes("mirror.adjust", {"side": "passenger", "direction": direction})
    assert writes == {_MIRROR + f"PassengerSide.{leaf}": value}
