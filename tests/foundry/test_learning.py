import json
from pathlib import Path

import numpy as np
import pytest

from fujia.errors import InputError
from fujia.foundry.examples import Example
from fujia.foundry.learning import Bench, Setup, at_random, curve, measure, sample
from fujia.understanding.plan import Command, Plan

THINGS = {"窗": "window.position", "灯": "light.dome", "歌": "media.play", "路": "navigation.start"}


def examples(count: int, rare: int = 0) -> list[Example]:
    """Simple talk in which one character tells the skill; ``rare`` is how many are about 路."""
    chance = np.random.default_rng(1)
    words = list(THINGS)[:3]
    found: list[Example] = []
    for number in range(count):
        thing = "路" if number < rare else words[chance.integers(3)]
        noise = "".join(chr(0x4E00 + int(code)) for code in chance.integers(0, 400, 4))
        plan = Plan(commands=(Command(skill=THINGS[thing]),))
        text = f"{noise[:2]}{thing}{noise[2:]}"
        found.append(
            Example(id=str(number), text=text, plan=plan, language="zh", source="t", family="t")
        )
    return found


SETUP = Setup(first=10, batch=10, most=100, seeds=(0, 1), goals=(0.5, 1.01))


def test_more_labels_make_a_better_learner():
    points = curve(Bench(examples(400)), at_random, 0, SETUP)
    assert [point.labels for point in points] == list(range(10, 101, 10))
    assert points[-1].score > 0.9 > points[0].score
    assert points[-1].commands == 100


def test_a_curve_ends_with_the_pool():
    points = curve(Bench(examples(40)), at_random, 0, SETUP)
    assert [point.labels for point in points] == [10, 20, 30]


def test_the_report_compares_both_ways_for_every_goal():
    report = measure(examples(200), SETUP)
    assert set(report["curves"]) == {"random", "useful"}
    first, never = report["goals"]
    assert first["random"]["reached"] == first["useful"]["reached"] == 2
    assert 10 <= first["useful"]["labels"] <= 100
    assert never["random"] == {"reached": 0, "labels": None, "labels_std": None, "commands": None}
    assert report["skills"] == 3
    assert json.loads(json.dumps(report)) == json.loads(json.dumps(measure(examples(200), SETUP)))


def test_usefulness_finds_what_is_rare_and_unknown():
    bench = Bench(examples(300, rare=15))
    useful = bench.usefulness(range(100, 300), range(100))
    assert useful[:15].mean() > 1.5 * useful[15:].mean()


def test_examples_come_from_a_file_or_are_generated(tmp_path: Path):
    file = tmp_path / "x.jsonl"
    file.write_text("".join(f"{e.as_line()}\n" for e in examples(250)), encoding="utf-8")
    assert len(sample(file, 220, 1, 1)) == 220
    assert sample(file, 9, 1, 1) != sample(file, 9, 2, 1)
    file.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="a curve needs 200"):
        sample(file, 220, 1, 1)
    generated = sample(None, 5, 3, 1)
    assert [len(example.plan.commands) for example in generated] == [1] * 5
