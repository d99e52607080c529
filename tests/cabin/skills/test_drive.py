import pytest

from fujia.cabin.skill import Effect, Refused
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from tests.cabin.skills.examples import scene

_HEIGHT = "Vehicle.Chassis.Suspension.HeightMode"


@pytest.mark.parametrize(
    ("now", "height", "then"),
    [
        ("NORMAL", "high", "HIGH"),
        ("NORMAL", "+", "HIGH"),
        ("HIGH", "+", "HIGH"),
        ("HIGH", "-1", "NORMAL"),
        ("HIGH", "min", "LOW"),
    ],
)
def test_suspension_goes_by_heights(now: str, height: Argument, then: str) -> None:
    effect = SKILLS["drive.suspension"](scene("generic-ev", {_HEIGHT: now}), {"height": height})
    assert isinstance(effect, Effect)
    assert [write.value for write in effect.writes] == [then]
    assert effect.args == {"height": then.lower()}


def test_voice_does_not_steer() -> None:
    with pytest.raises(Refused, match="不由语音控制"):
        SKILLS["drive.steer"](scene(), {})


def test_a_gear_is_left_to_the_policy() -> None:
    effect = SKILLS["drive.gear"](scene(), {"gear": "D"})
    assert isinstance(effect, Effect)
    assert [write.value for write in effect.writes] == [127]
