import pytest

from fujia.cabin.skills import SKILLS
from fujia.errors import InputError
from fujia.understanding.plan import Amount, Argument
from tests.cabin.skills.examples import scene


@pytest.mark.parametrize("wrong", ["", "warm", True, [], "++1"])
def test_what_is_not_an_amount_is_an_input_error(wrong: Argument) -> None:
    with pytest.raises(InputError, match=r"climate\.temperature"):
        SKILLS["climate.temperature"](scene(), {"temperature": wrong})


def test_an_amount_may_come_as_itself() -> None:
    model = SKILLS["climate.temperature"].arguments
    amount = Amount.parse("+1")
    assert model(temperature=amount).temperature == amount  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", ["7:30", "25:00", "soon"])
def test_a_time_of_day_has_four_digits(wrong: str) -> None:
    with pytest.raises(InputError):
        SKILLS["charging.timer"](scene(), {"time": wrong})


def test_a_zone_is_one_of_those_there_are() -> None:
    with pytest.raises(InputError, match="zone"):
        SKILLS["window.position"](scene(), {"position": 0, "zone": "roof"})


def test_a_language_model_is_told_what_an_amount_is() -> None:
    schema = SKILLS["volume.media"].schema()["parameters"]["properties"]["volume"]
    assert {"type": "number"} in schema["anyOf"]
    assert "max" in schema["description"]
