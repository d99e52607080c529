"""Sentences as people say them: each follows the schema and means something on some car."""

from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.foundry.examples import Example
from fujia.foundry.natural import load_natural
from fujia.foundry.verify import ProvingGround
from fujia.understanding.plan import Command
from fujia.vehicle.profiles import list_profiles, load_profile

BLUE = "  - said: 蓝色\n    commands: [{skill: light.ambient_color, args: {color: blue}}]\n"


def known_words(example: Example) -> str:
    """What was said, and the words that the turn before left to refer to."""
    values = [value for command in example.last for value in command.args.values()]
    return " ".join([example.text, *(value for value in values if isinstance(value, str))])


def test_every_plan_resolves_on_a_car() -> None:
    i5 = ProvingGround([load_profile("i5")])
    every = ProvingGround([load_profile(name) for name in list_profiles()])
    problems = {
        example.id: found
        for example in load_natural()
        if i5.problems(example.plan, known_words(example), example.seat)
        and (found := every.problems(example.plan, known_words(example), example.seat))
    }
    assert problems == {}


def test_the_turn_before_resolves_too() -> None:
    i5 = ProvingGround([load_profile("i5")])
    before = [example for example in load_natural() if example.last]
    assert before, "some sentences refer to the turn before"
    for example in before:
        last = example.plan.model_copy(update={"act": "do", "commands": example.last})
        assert i5.problems(last, known_words(example)) == [], example.id


def test_people_say_much_with_little() -> None:
    examples = load_natural()
    assert {one.language for one in examples} == {"zh", "en"}
    assert len({one.text for one in examples}) == len(examples), "nothing twice"
    assert len({one.id for one in examples}) == len(examples)
    many = [one for one in examples if len(one.plan.commands) > 1]
    quiet = [one for one in examples if one.plan.commands == (Command(skill="chat.reply"),)]
    assert len(many) > len(examples) / 4
    assert len(quiet) > len(examples) / 25


def write(folder: Path, zh: str) -> Path:
    (folder / "zh.yaml").write_text("sentences:\n" + zh, encoding="utf-8")
    (folder / "en.yaml").write_text("sentences: []\n", encoding="utf-8")
    return folder


def test_the_situation_of_a_sentence_reaches_who_reads_it(tmp_path: Path) -> None:
    said = (
        "  - said: 好\n    seat: rear_left\n    waiting: true\n    act: confirm\n    region: yue\n"
    )
    blue, yes = load_natural(write(tmp_path, BLUE + said))
    assert blue.plan.commands == (Command(skill="light.ambient_color", args={"color": "blue"}),)
    assert (yes.plan.act, yes.region) == ("confirm", "yue")
    assert (yes.context.seat, yes.context.waiting, yes.context.language) == (
        "rear_left",
        True,
        "zh",
    )


@pytest.mark.parametrize(
    ("broken", "line", "problem"),
    [
        ("  - said: 好\n", 4, "give commands, or an act"),
        (
            BLUE.replace("蓝色", "蓝色\n    act: undo"),
            4,
            "give",
        ),
        ("  - said: 好\n    mood: happy\n    act: deny\n", 5, "mood"),
        ("  - said: ''\n    act: deny\n", 4, "said"),
        ("  - said: [\n", 5, "expected"),
    ],
)
def test_a_broken_sentence_is_named_with_its_line(
    tmp_path: Path, broken: str, line: int, problem: str
) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        load_natural(write(tmp_path, BLUE + broken))
    assert caught.value.line == line
    assert caught.value.file.name == "zh.yaml"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"zh\.yaml.*cannot be read"):
        load_natural(tmp_path)
