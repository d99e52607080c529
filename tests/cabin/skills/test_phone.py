import pytest

from fujia.cabin.skill import Effect, Refused
from fujia.cabin.skills import SKILLS
from tests.cabin.skills.examples import scene

_PHONE = "Vehicle.Cabin.Infotainment.Phone."


def test_no_call_without_a_phone() -> None:
    with pytest.raises(Refused, match="手机没有连接"):
        SKILLS["phone.call"](scene(state={_PHONE + "IsConnected": False}), {"contact": "妈妈"})


def test_nobody_can_be_answered_who_does_not_call() -> None:
    with pytest.raises(Refused, match="nobody"):
        SKILLS["phone.answer"](scene(language="en"), {})


def test_answering_is_proven_by_the_state_of_the_call() -> None:
    effect = SKILLS["phone.answer"](scene(state={_PHONE + "CallState": "RINGING"}), {})
    assert isinstance(effect, Effect)
    (write,) = effect.writes
    assert (write.read_path, write.expected) == (_PHONE + "CallState", "ACTIVE")
