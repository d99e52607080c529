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
from fujia.understanding.student.model import log_odds
from fujia.understanding.student.understander import (
    StudentUnderstander,
    SureUnderstander,
    default_understander,
    load_model,
    may_lead,
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


def test_a_question_to_the_car_actuates_nothing_however_sure_the_student_is() -> None:
    asked = Plan(commands=(Command(skill="vehicle.range"),), confidence=0.7)
    drives = Plan(commands=(Command(skill="navigation.start", args={"destination": "Oxford"}),))
    other = Plan(commands=(Command(skill="vehicle.charge"),))
    known = {"navigation.start", "vehicle.charge"}
    assert not may_lead(drives, asked, known)
    assert may_lead(other, asked, known)
    assert may_lead(drives, Plan(commands=(Command(skill="chat.reply"),), confidence=0.7), known)


def test_what_no_car_does_actuates_nothing_once_the_grammar_has_read_it_all() -> None:
    lacking = Plan(commands=(Command(skill="unknown.function"),), confidence=1.0)
    route = Plan(commands=(Command(skill="navigation.route", args={"preference": "no_toll"}),))
    assert not may_lead(route, lacking, {"navigation.route"})
    assert may_lead(route, lacking.model_copy(update={"confidence": 0.5}), {"navigation.route"})


def trusting(
    micro_model: Path, folder: Path, threshold: float = 1.1, **more: list[str]
) -> StudentUnderstander:
    """The student with other numbers in its manifest: 0.93 where two agree, 0.4 where not."""
    shutil.copytree(micro_model, folder)
    trust = {
        "threshold": threshold,
        "agreed": {"bias": log_odds(0.93), "weight": 0.0},
        "doubted": {"bias": log_odds(0.4), "weight": 0.0},
        "unread": {"bias": log_odds(0.4), "weight": 0.0},
    }
    manifest = json.loads((folder / "manifest.json").read_text()) | {"trust": trust | more}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return StudentUnderstander(folder)


def saying(student: StudentUnderstander, plan: Plan) -> StudentUnderstander:
    """The student with one plan for everything."""
    student.understand = lambda text, context: plan  # type: ignore[method-assign]
    return student


TALK = Plan(commands=(Command(skill="chat.reply"),))
REPAIRED = Plan(commands=(Command(skill="sunroof.position", args={"position": 0}),))
PARTIAL = Plan(commands=(*GRAMMAR.commands, Command(skill="unknown.function")))
LOOSE = GRAMMAR.model_copy(update={"confidence": 0.7})


@pytest.mark.parametrize(
    ("threshold", "alone", "grammar", "from_student"),
    [
        (0.0, sorted(SKILLS), PARTIAL, True),
        (0.0, sorted(SKILLS), LOOSE, True),
        (0.0, sorted(SKILLS), GRAMMAR, False),
        (1.1, sorted(SKILLS), PARTIAL, False),
        (0.0, ["window.position"], PARTIAL, False),
    ],
    ids=[
        "the grammar is lost",
        "words left unread",
        "all is read",
        "not sure",
        "not proven to know",
    ],
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
    student = trusting(micro_model, folder, threshold, alone=alone)
    saying(student, REPAIRED.model_copy(update={"confidence": 0.6}))
    both = SureUnderstander(student, ScriptedUnderstander({"打开车窗": grammar}))
    plan = both.understand("打开车窗", CONTEXT)
    if from_student:
        assert plan == student.understand("打开车窗", CONTEXT)
    else:
        assert plan == grammar.model_copy(update={"confidence": 0.4}), "they differ: less sure"


def test_talk_moves_nothing_unless_the_grammar_has_read_it_all(
    micro_model: Path, tmp_path: Path
) -> None:
    student = trusting(micro_model, tmp_path / "model", 0.8, alone=["chat.reply"])
    both = SureUnderstander(student, ScriptedUnderstander({"总嫌开窗": LOOSE, "开窗": GRAMMAR}))
    saying(student, TALK.model_copy(update={"confidence": 0.9}))
    assert both.understand("总嫌开窗", CONTEXT).commands == TALK.commands
    assert both.understand("开窗", CONTEXT).commands == GRAMMAR.commands
    saying(student, TALK.model_copy(update={"confidence": 0.7}))
    assert both.understand("总嫌开窗", CONTEXT).commands == GRAMMAR.commands, "not sure enough"


def test_two_that_agree_are_sure(micro_model: Path, tmp_path: Path) -> None:
    student = trusting(micro_model, tmp_path / "model")
    same = student.understand("打开车窗", CONTEXT).model_copy(update={"confidence": 1.0})
    both = SureUnderstander(student, ScriptedUnderstander({"打开车窗": same}))
    assert both.understand("打开车窗", CONTEXT).confidence == 0.93


def hearing(
    student: StudentUnderstander, grammar: Plan, heard: Plan | None, asked: list[str]
) -> SureUnderstander:
    """A grammar that reads ``grammar``, and ``heard`` where something was misheard."""

    def repaired(text: str, context: Context) -> Plan | None:
        asked.append(text)
        return heard

    return SureUnderstander(student, ScriptedUnderstander({"打慨车窗": grammar}), repaired)


def test_a_repair_that_the_student_reads_too_is_sure(micro_model: Path, tmp_path: Path) -> None:
    student = trusting(micro_model, tmp_path / "model")
    same = student.understand("打慨车窗", CONTEXT).model_copy(update={"confidence": 1.0})
    both = hearing(student, GRAMMAR, same, [])
    assert both.understand("打慨车窗", CONTEXT) == same.model_copy(update={"confidence": 0.93})


def test_a_repair_takes_the_place_of_a_command_in_doubt(micro_model: Path, tmp_path: Path) -> None:
    student = trusting(micro_model, tmp_path / "model")
    both = hearing(student, GRAMMAR, REPAIRED, [])
    plan = both.understand("打慨车窗", CONTEXT)
    assert plan == REPAIRED.model_copy(update={"confidence": 0.4})


@pytest.mark.parametrize(
    ("grammar", "heard"),
    [(TALK, REPAIRED), (GRAMMAR, Plan(act="undo")), (Plan(act="cancel"), REPAIRED)],
    ids=["small talk moves nothing", "nothing is undone", "what is called off stays so"],
)
def test_what_a_repair_may_not_do(
    micro_model: Path, tmp_path: Path, grammar: Plan, heard: Plan
) -> None:
    student = trusting(micro_model, tmp_path / "model")
    unsure = Plan(commands=(Command(skill="unknown.function"),), confidence=0.5)
    saying(student, unsure)
    plan = hearing(student, grammar, heard, []).understand("打慨车窗", CONTEXT)
    assert (plan.act, plan.commands) == (grammar.act, grammar.commands)


def test_a_repair_does_not_tear_a_name_apart(micro_model: Path) -> None:
    plan = default_understander(micro_model).understand("我家在望京西园四区", Context())
    assert plan.commands[0].args == {"what": "home", "value": "望京西园四区"}


def test_nothing_is_repaired_where_two_agree_on_all_that_was_said(micro_model: Path) -> None:
    student, asked = StudentUnderstander(micro_model), list[str]()
    same = student.understand("打慨车窗", CONTEXT).model_copy(update={"confidence": 1.0})
    hearing(student, same, REPAIRED, asked).understand("打慨车窗", CONTEXT)
    assert asked == []


@pytest.mark.parametrize(("share", "stands"), [(1.0, True), (0.8, False)])
def test_what_both_passed_over_is_repaired_as_a_whole_or_not_at_all(
    micro_model: Path, share: float, stands: bool
) -> None:
    fan = Plan(commands=(Command(skill="climate.fan", args={"level": "+"}),), confidence=0.75)
    feet = Command(skill="climate.airflow", args={"direction": "feet"})
    both = Plan(commands=(*fan.commands, feet), confidence=share)
    student = saying(StudentUnderstander(micro_model), fan)
    plan = hearing(student, fan, both, []).understand("打慨车窗", CONTEXT)
    assert plan.commands == (both if stands else fan).commands


def test_misheard_words_are_repaired_by_default(micro_model: Path) -> None:
    plan = default_understander(micro_model).understand("打开天窗座椅通疯", Context())
    assert [command.skill for command in plan.commands] == ["sunroof.position", "seat.ventilation"]


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


def test_a_folder_that_was_exported_anew_is_loaded_anew(
    micro_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        shutil.copytree(micro_model, tmp_path / name / "model")
    monkeypatch.chdir(tmp_path / "a")
    first = load_model(Path("model"))
    assert load_model(Path("model")) is first
    monkeypatch.chdir(tmp_path / "b")
    assert load_model(Path("model")) is not first, "another folder of the same name"
    manifest = Path("model/manifest.json")
    facts = json.loads(manifest.read_text()) | {"calibration": {"bias": 3.0}}
    manifest.write_text(json.dumps(facts))
    assert load_model(Path("model")).manifest.calibration.bias == 3.0


def test_a_repair_adds_nothing_to_a_name(micro_model: Path) -> None:
    called = GrammarUnderstander().understand("给张三打电话", Context())
    plan = default_understander(micro_model).understand("给张三打电话", Context())
    assert plan.commands == called.commands
    assert plan.commands[0].args == {"contact": "张三"}


def test_a_name_that_was_translated_leads_nowhere() -> None:
    known = {"navigation.start"}
    unread = Plan(language="en", commands=(Command(skill="chat.reply"),), confidence=0.7)
    way = Command(skill="navigation.start", args={"destination": "公司"})
    kept = Command(skill="navigation.start", args={"destination": "the office"})
    assert not may_lead(Plan(language="en", commands=(way,)), unread, known)
    assert may_lead(Plan(language="en", commands=(kept,)), unread, known)
    assert may_lead(Plan(commands=(way,)), Plan(confidence=0.7), known)
