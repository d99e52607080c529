"""Every skill: described, done and read back on a car, honest where the car does not follow."""

from collections.abc import Sequence

import pytest

import fujia.cabin.skills  # noqa: F401
from fujia.cabin.skill import AskBack, Effect, Refused, Scene, Unavailable
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from fujia.vehicle import Fault, SimulatedCar, Write, list_profiles, load_profile
from tests.cabin.skills.examples import EXAMPLES, NEVER_WRITES, bare

WRITES = sorted(name for name, skill in SKILLS.items() if skill.kind == "write")
READS = sorted(name for name, skill in SKILLS.items() if skill.kind == "read")
_WORDS = {
    "destination": "上海",
    "category": "咖啡",
    "question": "胎压多少合适",
    "thing": "window.position",
}

_NEEDS: dict[str, dict[str, Argument]] = {"memory.apply": {"what": "temperature"}}
"""Arguments without which a skill that never writes does not know what is meant."""


def _wanted(name: str) -> tuple[SimulatedCar, Effect]:
    example = EXAMPLES[name]
    car = SimulatedCar(load_profile(example.vehicle), example.state)
    scene = Scene(car.profile, car.snapshot(), "driver", "zh")
    effect = SKILLS[name](scene, example.args)
    assert isinstance(effect, Effect)
    return car, effect


def _is_proven(car: SimulatedCar, writes: Sequence[Write]) -> bool:
    expected = {write.read_path: write.expected for write in writes}
    return car.wait_for(expected) == expected


def test_there_is_an_example_for_every_write_skill() -> None:
    assert set(WRITES) - NEVER_WRITES == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(SKILLS))
def test_is_described_in_both_languages_and_has_a_schema(name: str) -> None:
    skill = SKILLS[name]
    assert skill.zh.strip() and not skill.zh.isascii()
    assert skill.en.endswith(".") and skill.en.isascii()
    schema = skill.schema()
    assert schema["name"] == name
    assert schema["parameters"]["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_is_done_and_read_back(name: str) -> None:
    car, effect = _wanted(name)
    before = car.snapshot()
    assert any(before[write.read_path] != write.expected for write in effect.writes)
    car.actuate(effect.writes)
    assert _is_proven(car, effect.writes)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_car_that_ignores_it_is_found_out(name: str) -> None:
    car, effect = _wanted(name)
    for write in effect.writes:
        car.inject(Fault(write.path, "silent"))
    car.actuate(effect.writes)
    assert not _is_proven(car, effect.writes)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_is_unavailable_in_a_car_without_it(name: str) -> None:
    with pytest.raises(Unavailable) as caught:
        SKILLS[name](bare(), EXAMPLES[name].args)
    assert not caught.value.missing.isascii()
    with pytest.raises(Unavailable) as caught:
        SKILLS[name](bare("en"), EXAMPLES[name].args)
    assert caught.value.missing


@pytest.mark.parametrize("name", sorted(NEVER_WRITES))
def test_what_is_never_done_says_why(name: str) -> None:
    with pytest.raises((Refused, Unavailable, AskBack)) as caught:
        SKILLS[name](bare(), _NEEDS.get(name, {}))
    assert str(caught.value)


@pytest.mark.parametrize("name", READS)
def test_a_question_is_answered_in_any_car_and_language(name: str) -> None:
    required = SKILLS[name].schema()["parameters"].get("required", [])
    args = {argument: _WORDS[argument] for argument in required}
    for scene in (bare(), bare("en")):
        answer = SKILLS[name](scene, args)
        assert not isinstance(answer, Effect)
        assert answer.text


@pytest.mark.parametrize(
    "name",
    ["navigation.start", "navigation.add_stop", "phone.call", "scene.start", "light.ambient_color"],
)
def test_what_was_left_open_is_asked(name: str) -> None:
    car = SimulatedCar(load_profile("i5"))
    for language, mark in (("zh", "？"), ("en", "?")):
        with pytest.raises(AskBack) as caught:
            SKILLS[name](Scene(car.profile, car.snapshot(), "driver", language), {})
        assert str(caught.value).endswith(mark)


@pytest.mark.parametrize("vehicle", list_profiles())
def test_every_model_does_it_or_says_that_it_cannot(vehicle: str) -> None:
    lacking: set[str] = set()
    for name, example in EXAMPLES.items():
        car = SimulatedCar(load_profile(vehicle), example.state)
        try:
            effect = SKILLS[name](Scene(car.profile, car.snapshot(), "driver", "zh"), example.args)
        except Unavailable:
            lacking.add(name)
            continue
        assert isinstance(effect, Effect)
        car.actuate(effect.writes)
        assert _is_proven(car, effect.writes), name
    assert 0 < len(lacking) < len(EXAMPLES) / 3
