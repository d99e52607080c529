import pytest

from fujia.understanding.passing import passed_on
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
