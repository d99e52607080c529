import pytest

from fujia.understanding.passing import passed_on
from fujia.understanding.plan import Command
from fujia.understanding.understander import Context
from tests.understanding.reading import skills, tokens, understand


@pytest.mark.parametrize(
    "said",
    [
        "turn up the volume and the temperature",
        "turn the volume and the temperature up",
        "raise the volume and the temperature",
        "调高音量和温度",
    ],
)
def test_what_is_turned_up_is_turned_up_for_both_things(said: str) -> None:
    plan = understand(said)
    assert [(command.skill, command.args) for command in plan.commands] == [
        ("volume.media", {"volume": "+"}),
        ("climate.temperature", {"temperature": "+"}),
    ]


def test_by_how_much_needs_no_second_direction() -> None:
    plan = understand("lower the volume and the temperature by two degrees")
    assert plan.commands[1].args == {"temperature": "-2"}


def test_a_third_thing_takes_the_direction_as_well() -> None:
    plan = understand("lower the volume, the temperature and the fan")
    assert [*map(str, (value for one in plan.commands for value in one.args.values()))] == [
        "-",
        "-",
        "-",
    ]


@pytest.mark.parametrize(
    "said",
    ["turn up the heat and open the roof", "turn the fan up and the volume down", "turn it up"],
)
def test_who_says_what_to_do_needs_no_direction_from_before(said: str) -> None:
    before = tokens(said)
    assert passed_on(before) == before


def test_what_is_dimmed_is_not_switched_on() -> None:
    assert skills("dim the ambient light and the screen") == [
        "light.ambient_brightness",
        "screen.brightness",
    ]


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ("the other one", "rear_left", "rear_right"),
        ("and the other side", "driver", "passenger"),
        ("no the left one", "rear_right", "rear_left"),
        ("the right one", "driver", "passenger"),
    ],
)
def test_the_seat_beside_the_one_that_was_spoken_of(said: str, before: str, after: str) -> None:
    last = Command(skill="seat.heating", args={"zone": before, "level": 2})
    plan = understand(said, Context(last=(last,)))
    assert plan.commands == (last.model_copy(update={"args": {"zone": after, "level": 2}}),)


def test_without_a_turn_before_there_is_no_other_one() -> None:
    assert skills("the other one") == ["chat.reply"]
