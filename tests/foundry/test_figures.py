"""Figures from judged answers."""

import pytest

from fujia.foundry.answers import score
from fujia.foundry.examples import Example
from fujia.foundry.figures import calibration_error, generated, latency, share
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import ScriptedUnderstander

AC = Plan(commands=(Command(skill="climate.ac"),))
CHAT = Plan(commands=(Command(skill="chat.reply"),))


def example(name: str, text: str, plan: Plan = AC, region: str = "standard") -> Example:
    return Example(id=name, text=text, plan=plan, language="zh", region=region, source="frames",
                   family="x")  # fmt: skip


def test_groups_and_negatives() -> None:
    examples = [example("1", "a"), example("2", "b"), example("3", "c", CHAT)]
    figures = generated(score(ScriptedUnderstander({"a": AC, "c": AC}), examples))
    assert figures["all"]["examples"] == 3
    assert figures["all"]["exact"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["by_commands"]["1"]["examples"] == 3
    assert figures["negatives"] == {
        "examples": 1, "false_actuations": 1, "false_actuation_rate": 1.0,
    }  # fmt: skip


def test_a_version_stands_beside_the_clean_examples_it_was_made_from() -> None:
    names = [f"zh-test-1-{number:06d}" for number in range(4)]
    clean = [example(f"{name}@clean", f"c{at}") for at, name in enumerate(names)]
    changed = [example(f"{name}@accent:wu", f"w{at}") for at, name in enumerate(names[:2])]
    # Everything clean is understood; of the two that an accent changed, one.
    known = {f"c{at}": AC for at in range(4)} | {"w0": AC}
    figures = generated(score(ScriptedUnderstander(known), clean + changed))["versions"]
    wu = figures["accent:wu"]
    assert wu["changed"] == 2
    assert wu["changed_loss_exact"] == 50.0
    assert wu["loss_exact"] == 25.0, "the two that sounded the same are part of the version"


def test_other_sentences_are_no_measure_for_what_an_accent_costs() -> None:
    examples = [example("1", "a"), example("2", "b"), example("3", "c", region="wu")]
    figures = generated(score(ScriptedUnderstander({"a": AC, "c": AC}), examples))["versions"]
    assert figures["wu"]["exact"] == 1.0
    assert "loss_exact" not in figures["wu"]


def test_calibration_error() -> None:
    assert calibration_error([0.95] * 20, [True] * 19 + [False]) == 0.0
    assert calibration_error([0.95] * 4, [False] * 4) == 0.95
    assert calibration_error([0.05, 0.95], [False, True]) == pytest.approx(0.05)
    assert calibration_error([1.0, 1.0], [True, False]) is None, "never calibrated"


def test_latency_by_number_of_commands() -> None:
    figures = latency([(1, float(ms)) for ms in range(1, 101)] + [(7, 1000.0)])
    assert figures["up_to_five"] == {"count": 100, "p50": 50.0, "p95": 95.0, "max": 100.0}
    assert figures["by_commands"]["7"]["count"] == 1


def test_nothing_has_no_share() -> None:
    assert share([]) == 0.0
    assert latency([])["up_to_five"] == {"count": 0}
