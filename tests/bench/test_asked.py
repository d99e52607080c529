"""The set of what people ask holds only what skills take, and the benchmark counts it right."""

from pathlib import Path

import pytest

from fujia.cabin.skills import find_skill
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import ScriptedUnderstander
from tests.bench import asked

CLOSE = Command(skill="window.position", args={"position": 0})
WARM = Command(skill="seat.heating")
TILTING: asked.Entry = {"sunroof.tilt": {}}
WARMING: asked.Entry = {"seat.heating": {}}


def line(said: str, *wants: object, **more: object) -> asked.Asked:
    return asked.Asked.model_validate({"group": "g", "said": said, "wants": wants, **more})


def test_every_wanted_command_is_one_that_its_skill_takes() -> None:
    for half in asked.load().values():
        for one in (one for many in half.values() for one in many):
            for command in (*one.last, *(choice for wanted in one.wants for choice in wanted)):
                find_skill(command.skill).arguments.model_validate(dict(command.args))


def test_the_halves_are_equally_large_and_share_nothing() -> None:
    dev, held_out = (
        {one.said for many in half.values() for one in many} for half in asked.load().values()
    )
    assert len(dev) == len(held_out) == 120
    assert not dev & held_out


def test_commands_choices_and_acts_are_counted() -> None:
    half = {
        "zh": [
            line("关窗热座椅", {"window.position": {"position": 0}}, WARMING),
            line("好闷", [TILTING, {"window.position": {"position": "min"}}]),
        ],
        "en": [line("undo that", act="undo"), line("hello"), line("warm it", WARMING)],
    }
    plans = {
        "关窗热座椅": Plan(commands=(CLOSE,)),
        "好闷": Plan(commands=(CLOSE,)),
        "undo that": Plan(act="undo"),
        "hello": Plan(commands=(WARM,)),
        "warm it": Plan(act="confirm", commands=(WARM,)),
    }
    figures = asked.figures_of(asked.hear(ScriptedUnderstander(plans), half))  # pyright: ignore[reportArgumentType]
    assert figures["all"] == {
        "utterances": 5, "exact": 2, "exact_plans": 0.4, "f1": 0.75, "false_actuations": 1,
    }  # fmt: skip
    assert figures["languages"]["zh"]["exact"] == 1
    assert figures["groups"]["en g"]["false_actuations"] == 1


def test_only_errors_of_dev_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    halves = {
        "dev": {"zh": [line("好闷", TILTING)]},
        "held_out": {"zh": [line("闷死了", TILTING)]},
    }
    monkeypatch.setattr(asked, "load", lambda: halves)
    monkeypatch.setattr(asked, "default_understander", lambda: ScriptedUnderstander({}))
    asked.main(["--errors"])
    printed = capsys.readouterr().out
    assert "好闷" in printed and "闷死了" not in printed


def test_the_result_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"exact_plans": 0.5, "exact": 1, "f1": 0.6, "false_actuations": 0}
    figures = {"halves": {"dev": {"grammar": {"all": found}}}}
    monkeypatch.setattr(asked, "measure", lambda: figures)
    asked.main(["--out", str(tmp_path / "asked.json")])
    assert '"exact_plans": 0.5' in (tmp_path / "asked.json").read_text(encoding="utf-8")
