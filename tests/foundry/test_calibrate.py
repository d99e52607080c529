"""Confidence: fitted on what was right, and written into the model."""

import json
import math
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fujia.foundry.calibrate import LEAST, Judged, Pair, calibrate, fit, judge, together, trust
from fujia.foundry.examples import Example
from fujia.foundry.figures import calibration_error
from fujia.understanding.plan import Command, Plan
from fujia.understanding.student.understander import StudentUnderstander


def confidence(one: Judged, bias: float, total: float, worst: float) -> float:
    return 1 / (1 + math.exp(-(bias + total * one.total + worst * one.worst)))


def sampled(count: int, bias: float, total: float) -> list[Judged]:
    """Plans that are right as often as ``bias`` and ``total`` say."""
    chance = random.Random(2)
    made: list[Judged] = []
    for _ in range(count):
        one = Judged(-4 * chance.random(), -chance.random(), False, 1.0)
        sure = confidence(one, bias, total, 0.0)
        made.append(Judged(one.total, one.worst, chance.random() < sure, 1.0))
    return made


def test_what_made_the_sample_is_found_again() -> None:
    found = fit(sampled(4000, bias=3.0, total=1.5))
    assert found.bias == pytest.approx(3.0, abs=0.4)
    assert found.total == pytest.approx(1.5, abs=0.3)
    assert found.worst == pytest.approx(0.0, abs=0.5)


def test_a_fitted_confidence_is_calibrated() -> None:
    judged = sampled(4000, bias=2.0, total=1.0)
    found = fit(judged)
    sure = [confidence(one, found.bias, found.total, found.worst) for one in judged]
    error = calibration_error(sure, [one.right for one in judged])
    assert error is not None
    assert error < 0.03


@pytest.mark.parametrize("right", [True, False])
def test_one_sided_samples_end_too(right: bool) -> None:
    found = fit([Judged(-1.0, -0.5, right, 1.0)] * 50)
    sure = confidence(Judged(-1.0, -0.5, right, 1.0), found.bias, found.total, found.worst)
    assert sure > 0.9 if right else sure < 0.1


def test_a_model_folder_is_calibrated_in_place(micro_model: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(micro_model, tmp_path / "model")
    examples = [
        Example(id=str(at), text=f"打开车窗{at}", plan=Plan(), language="zh", source="frames",
                family="x")
        for at in range(12)
    ]  # fmt: skip
    found = calibrate(folder, examples)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["calibration"]) == {"bias", "total", "worst"}
    assert manifest["trust"]["threshold"] == found.threshold > 1, "it may never answer alone"
    judged = judge(StudentUnderstander(folder), examples)
    assert not any(one.right for one in judged), "it knows nothing"
    assert max(one.confidence for one in judged) < 0.2, "and knows that"


WINDOW, RARE = frozenset({"window.position"}), frozenset({"memory.forget"})


def test_the_student_answers_where_it_is_right_more_often() -> None:
    right = [Pair(0.92 + at / 1000, True, False, False, True, WINDOW) for at in range(50)]
    wrong = [Pair(0.5 + at / 1000, False, True, False, True, WINDOW) for at in range(50)]
    read = [Pair(0.9, False, True, False, False, WINDOW)] * 4
    found = trust([*right, *wrong, *read, Pair(0.95, True, False, False, True, RARE)])
    assert found.threshold == 0.92
    assert found.alone == WINDOW, "once is not often enough to know a skill"
    assert found.led.chance(0.95) > 0.9


def test_two_that_agree_are_surer_than_two_that_differ() -> None:
    agreed = [Pair(0.6, at % 10 > 0, at % 10 > 0, True) for at in range(100)]
    differ = [Pair(0.6, False, at % 2 > 0, False) for at in range(100)]
    found = trust([*agreed, *differ])
    assert found.agreed.chance(0.6) == pytest.approx(0.9, abs=0.02)
    assert found.doubted.chance(0.6) == pytest.approx(0.5, abs=0.02)


def test_a_grammar_that_left_words_unread_is_doubted_by_itself() -> None:
    whole = [Pair(0.6, False, at % 4 > 0, False) for at in range(200)]
    part = [Pair(0.6, False, at % 4 == 0, False, unread=True) for at in range(200)]
    found = trust([*whole, *part])
    assert found.doubted.chance(0.6) == pytest.approx(0.75, abs=0.02)
    assert found.unread.chance(0.6) == pytest.approx(0.25, abs=0.02)


def test_a_student_that_is_never_right_never_answers_alone() -> None:
    found = trust([Pair(0.99, False, True, False, True, WINDOW)] * 20)
    assert found.threshold > 1


def test_generated_examples_alone_make_no_student_answer_that_doubts() -> None:
    known = [Pair(0.9, True, True, True, False, WINDOW)] * 5
    found = trust([*known, *[Pair(0.3, True, False, False, True, WINDOW)] * 20])
    assert found.threshold == LEAST


def test_a_heavy_example_counts_as_often_as_it_weighs() -> None:
    light = [Judged(-1.0, -0.5, True, 1.0), Judged(-2.0, -1.0, False, 1.0)]
    heavy = Judged(-1.0, -0.6, False, 1.0)
    assert fit([*light, replace(heavy, weight=3.0)]) == fit([*light, heavy, heavy, heavy])


def test_people_count_as_much_as_generated_examples() -> None:
    generated = [Pair(0.6, False, at % 4 == 0, False) for at in range(400)]
    natural = [Pair(0.6, False, at % 4 > 0, False) for at in range(40)]
    assert trust(generated).doubted.chance(0.6) == pytest.approx(0.25, abs=0.02)
    assert trust(generated, natural).doubted.chance(0.6) == pytest.approx(0.5, abs=0.02)
    assert together(generated, []) == generated


def test_sentences_about_skills_that_a_model_lacks_are_left_out(
    micro_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody trains a student for skills of their own."""
    plan = Plan(commands=(Command(skill="coffee.brew"),))
    one = Example(id="1", text="来杯咖啡", plan=plan, language="zh", source="mine", family="x")
    generated = [one.model_copy(update={"plan": Plan()})] * 8
    found = {}
    for name, natural in (("none", []), ("foreign", [one]), ("known", [at_home(one)])):
        folder = shutil.copytree(micro_model, tmp_path / name)
        monkeypatch.setattr("fujia.foundry.calibrate.load_natural", lambda: natural)  # noqa: B023
        calibrate(folder, generated)
        found[name] = json.loads((folder / "manifest.json").read_text())["calibration"]
    assert found["foreign"] == found["none"]
    assert found["known"] != found["none"]
    counts = json.loads((tmp_path / "foreign" / "manifest.json").read_text())["calibrated_on"]
    assert counts == {"generated": 8, "natural": 0}


def at_home(example: Example) -> Example:
    plan = Plan(commands=(Command(skill="chat.reply"),))
    return example.model_copy(update={"plan": plan})
