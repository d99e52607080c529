import pytest

from fujia.cabin.skill import Effect, OutOfRange, Refused
from fujia.cabin.skills import SKILLS
from tests.cabin.skills.examples import scene


def test_a_limit_in_percent_is_that_percentage() -> None:
    effect = SKILLS["charging.limit"](scene(), {"limit": "80%"})
    assert isinstance(effect, Effect)
    assert [write.value for write in effect.writes] == [80]


def test_a_limit_below_the_lowest_is_out_of_range() -> None:
    with pytest.raises(OutOfRange, match="50 to 100 % only"):
        SKILLS["charging.limit"](scene(language="en"), {"limit": 30})


def test_nothing_charges_without_a_cable() -> None:
    with pytest.raises(Refused, match="没有插好"):
        SKILLS["charging.control"](scene(), {"action": "start"})


def test_stopping_needs_no_cable() -> None:
    effect = SKILLS["charging.control"](scene(), {"action": "stop"})
    assert isinstance(effect, Effect)
    assert [write.value for write in effect.writes] == ["STOP"]
