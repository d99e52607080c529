import pytest

from fujia.understanding.rules import load_rules
from fujia.understanding.shared import shared_out
from tests.understanding.reading import skills, tokens, understand


@pytest.mark.parametrize(
    "said",
    [
        "座椅和方向盘加热都打开",
        "打开座椅方向盘加热",
        "heat my seat and the steering wheel",
        "turn on the seat and steering wheel heating",
        "turn on the heating for my seat and the steering wheel",
    ],
)
def test_one_aspect_of_two_things_is_two_commands(said: str) -> None:
    assert skills(said) == ["seat.heating", "steering_wheel.heating"]


@pytest.mark.parametrize("said", ["方向盘和座椅加热都打开", "heat the steering wheel and my seat"])
def test_in_the_order_in_which_they_were_spoken(said: str) -> None:
    plan = understand(said)
    assert [command.skill for command in plan.commands] == [
        "steering_wheel.heating",
        "seat.heating",
    ]
    assert not any(command.args for command in plan.commands)


@pytest.mark.parametrize(
    "said",
    ["打开座椅加热", "打开车窗和座椅加热", "turn on the AC and heat my seat", "fold the mirrors"],
)
def test_nothing_is_shared_with_a_thing_that_cannot_have_it(said: str) -> None:
    assert shared_out(tokens(said), load_rules()) == tokens(said)
