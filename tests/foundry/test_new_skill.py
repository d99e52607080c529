"""The tutorial's promise: who adds a skill trains a student that knows it, with three commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fujia import SKILLS, Cabin
from fujia.__main__ import run
from fujia.cabin.skill import Answer, Scene, skill
from fujia.foundry.examples import Example, write_examples
from fujia.understanding.plan import Command, Plan
from fujia.understanding.student.understander import StudentUnderstander

pytest.importorskip("torch", reason="comes with the extra foundry")

NAME = "coffee.brew"
SAYINGS = ("来{}杯咖啡", "帮我煮{}杯咖啡", "我想喝{}杯咖啡", "咖啡{}杯", "冲{}杯咖啡吧")
CUPS = {"一": 1, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@pytest.fixture
def coffee() -> Iterator[None]:
    """A skill that nobody has sold yet."""

    @skill(NAME, kind="read", zh="煮咖啡。", en="Brew coffee.")
    def brew(scene: Scene, cups: int = 1) -> Answer:  # pyright: ignore[reportUnusedFunction]
        return Answer(f"{cups}杯咖啡")

    yield
    del SKILLS[NAME]


def write_sentences(file: Path) -> None:
    """How people ask for it, one example a line; 三 is never said with 来."""
    examples = [
        Example(
            id=f"{saying}{word}", text=saying.format(word), language="zh", source="mine",
            family="coffee", plan=Plan(commands=(Command(skill=NAME, args={"cups": cups}),)),
        )
        for saying in SAYINGS
        for word, cups in CUPS.items()
        if (saying, word) != (SAYINGS[0], "三")
    ] * 8  # fmt: skip
    with file.open("w", encoding="utf-8") as stream:
        write_examples(stream, examples)


@pytest.mark.usefixtures("coffee")
def test_three_commands_teach_a_new_skill(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clean_environment)
    write_sentences(Path("coffee.jsonl"))
    for command in (
        "generate --out train.jsonl --count 100",
        "train --in train.jsonl --in coffee.jsonl --out run --preset tiny --start scratch",
        "export --run run --dev coffee.jsonl --out model",
    ):
        assert run(["foundry", *command.split()]) == 0, command
    cabin = Cabin("i5", understander=StudentUnderstander(Path("model")))
    turn = cabin.say("来三杯咖啡")
    assert [(each.skill, each.args) for each in turn.actions] == [(NAME, {"cups": 3})]
    assert turn.reply == "3杯咖啡。"
