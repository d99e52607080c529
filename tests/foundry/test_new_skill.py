"""The tutorial's promise: who adds a skill trains a student that knows it, with three commands."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fujia.foundry.examples import Example, write_examples
from fujia.understanding.plan import Command, Plan

pytest.importorskip("torch", reason="comes with the extra foundry")

NAME = "coffee.brew"
SAYINGS = ("来{}杯咖啡", "帮我煮{}杯咖啡", "我想喝{}杯咖啡", "咖啡{}杯", "冲{}杯咖啡吧")
CUPS = {"一": 1, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

# A process of its own, as somebody else's program would be: a skill, three commands, a car.
PROGRAM = """
import json
from pathlib import Path

from fujia import Cabin
from fujia.__main__ import run
from fujia.cabin.skill import Answer, Scene, skill
from fujia.understanding.student.understander import StudentUnderstander


@skill("coffee.brew", kind="read", zh="煮咖啡。", en="Brew coffee.")
def brew(scene: Scene, cups: int = 1) -> Answer:
    return Answer(f"{cups}杯咖啡")


for command in (
    "generate --out train.jsonl --count 100",
    "train --in train.jsonl --in coffee.jsonl --out run --preset tiny --start scratch",
    "export --run run --dev coffee.jsonl --out model",
):
    assert run(["foundry", *command.split()]) == 0, command
turn = Cabin("i5", understander=StudentUnderstander(Path("model"))).say("来三杯咖啡")
print(json.dumps([turn.reply, [(each.skill, each.args) for each in turn.actions]]))
"""


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


def test_three_commands_teach_a_new_skill(clean_environment: Path) -> None:
    write_sentences(clean_environment / "coffee.jsonl")
    (clean_environment / "mine.py").write_text(PROGRAM, encoding="utf-8")
    # Where tests run side by side, a second thread waits and works not.
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "mine.py"], cwd=clean_environment, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reply, actions = json.loads(done.stdout.splitlines()[-1])
    assert actions == [[NAME, {"cups": 3}]]
    assert reply == "3杯咖啡。"
