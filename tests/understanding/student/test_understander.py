"""The student in its place: any text gives a plan, and the grammar stands behind it."""

import hashlib
import json
import logging
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujia import SKILLS
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command, Plan
from fujia.understanding.student.understander import (
    StudentUnderstander,
    SureUnderstander,
    default_understander,
)
from fujia.understanding.understander import Context, ScriptedUnderstander

CONTEXT = Context(last=(Command(skill="seat.heating", args={"zone": "driver"}),), waiting=True)
GRAMMAR = Plan(commands=(Command(skill="window.position", args={"position": 100}),))


def with_schema_version(folder: Path, version: str) -> None:
    """Make a model of another schema, its hashes right."""
    file = folder / "schema.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": version}))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["sha256"]["schema.json"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=40))
def test_any_text_gives_a_plan(micro_model: Path, text: str) -> None:
    plan = StudentUnderstander(micro_model).understand(text, CONTEXT)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_very_long_text_gives_a_plan_nobody_trusts(micro_model: Path) -> None:
    assert StudentUnderstander(micro_model).understand("打开车窗" * 250, CONTEXT).confidence == 0


def trusting(micro_model: Path, folder: Path, **trust: float | list[str]) -> StudentUnderstander:
    """The student with other numbers in its manifest."""
    shutil.copytree(micro_model, folder)
    manifest = json.loads((folder / "manifest.json").read_text()) | trust
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return StudentUnderstander(folder)


PARTIAL = Plan(commands=(*GRAMMAR.commands, Command(skill="unknown.function")))


@pytest.mark.parametrize(
    ("threshold", "alone", "grammar", "from_student"),
    [
        (0.0, sorted(SKILLS), PARTIAL, True),
        (0.0, sorted(SKILLS), GRAMMAR, False),
        (1.1, sorted(SKILLS), PARTIAL, False),
        (0.0, ["window.position"], PARTIAL, False),
    ],
    ids=["sure, and the grammar lost", "grammar not lost", "not sure", "not proven to know"],
)
def test_who_answers_where_they_differ(
    micro_model: Path,
    tmp_path: Path,
    threshold: float,
    alone: list[str],
    grammar: Plan,
    from_student: bool,
) -> None:
    folder = tmp_path / "model"
    student = trusting(micro_model, folder, threshold=threshold, doubted=0.4, alone=alone)
    both = SureUnderstander(student, ScriptedUnderstander({"打开车窗": grammar}))
    plan = both.understand("打开车窗", CONTEXT)
    if from_student:
        assert plan == student.understand("打开车窗", CONTEXT)
    else:
        assert plan == grammar.model_copy(update={"confidence": 0.4}), "they differ: less sure"


def test_two_that_agree_are_sure(micro_model: Path, tmp_path: Path) -> None:
    student = trusting(micro_model, tmp_path / "model", threshold=1.1, agreed=0.93)
    same = student.understand("打开车窗", CONTEXT).model_copy(update={"confidence": 1.0})
    both = SureUnderstander(student, ScriptedUnderstander({"打开车窗": same}))
    assert both.understand("打开车窗", CONTEXT).confidence == 0.93


def test_the_default_is_the_student(micro_model: Path) -> None:
    understander = default_understander(micro_model)
    assert isinstance(understander, SureUnderstander)
    assert understander.student.model.folder == micro_model


def test_a_newer_schema_leaves_the_grammar_and_says_so(
    micro_model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = shutil.copytree(micro_model, tmp_path / "model")
    with_schema_version(folder, "99.0")
    with caplog.at_level(logging.WARNING):
        understander = default_understander(folder)
    assert isinstance(understander, GrammarUnderstander)
    assert "the grammar understands alone" in caplog.text
    assert "update fujia" in caplog.text


def test_a_missing_model_leaves_the_grammar_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert isinstance(default_understander(tmp_path / "nothing"), GrammarUnderstander)
    assert "the grammar understands alone" in caplog.text
