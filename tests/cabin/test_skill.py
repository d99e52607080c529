from typing import Literal

import pytest

from fujia.cabin.skill import SKILLS, Answer, OutOfRange, Scene, Skill, find_skill, skill
from fujia.errors import InputError, UnknownSkill
from tests.cabin.skills.examples import bare


def _greet(scene: Scene, name: str, mood: Literal["good", "bad"] = "good") -> Answer:
    return Answer(f"{name} {mood} {scene.language}")


GREET = Skill("test.greet", "read", "问候", "Greet.", _greet)


def test_arguments_come_from_the_signature() -> None:
    parameters = GREET.schema()["parameters"]
    assert parameters["required"] == ["name"]
    assert parameters["properties"]["mood"]["enum"] == ["good", "bad"]


def test_only_what_was_given_is_passed_on() -> None:
    assert GREET(bare(), {"name": "Ann"}) == Answer("Ann good zh")
    assert GREET(bare(), {"name": "Ann", "mood": "bad"}) == Answer("Ann bad zh")


@pytest.mark.parametrize(
    "args", [{}, {"name": "Ann", "mood": "odd"}, {"name": "Ann", "age": 3}, {"name": 3}]
)
def test_wrong_arguments_are_an_input_error(args: dict[str, str | int]) -> None:
    with pytest.raises(InputError, match=r"test\.greet"):
        GREET(bare(), dict(args))


def test_registering_keeps_the_function() -> None:
    try:
        assert skill("test.greet", zh="问候", en="Greet.", kind="read")(_greet) is _greet
        assert find_skill("test.greet").function is _greet
    finally:
        SKILLS.pop("test.greet", None)  # other tests look at every skill there is


def test_an_unknown_skill_is_named() -> None:
    with pytest.raises(UnknownSkill, match=r"coffee\.brew"):
        find_skill("coffee.brew")


def test_out_of_range_says_its_limits() -> None:
    error = OutOfRange(16, 28, "degrees", 35)
    assert str(error) == "35 is not within 16 to 28 degrees"
    assert (error.low, error.high, error.unit, error.asked) == (16, 28, "degrees", 35)
