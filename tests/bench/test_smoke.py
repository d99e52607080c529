"""The smoke set: what the first understander must not fall below."""

import json

from fujia.foundry.scoring.score import evaluate
from fujia.understanding.grammar import GrammarUnderstander
from tests.bench import smoke
from tests.bench.understanding import FLOOR, floor_of, show, show_wanted


def test_the_grammar_keeps_the_recorded_floor() -> None:
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))["smoke"]
    report = evaluate(GrammarUnderstander(), smoke.load())
    wrong = "\n".join(
        f"{one.case.said}: wanted {show_wanted(one.case.wanted)}, got {show(one.predicted)}"
        for one in report.judged
        if not one.is_exact
    )
    reached = floor_of(report)
    assert reached["skill_zone_value_f1"] >= floor["skill_zone_value_f1"], wrong
    assert reached["exact_plans"] >= floor["exact_plans"], wrong
    assert reached["false_actuations"] <= floor["false_actuations"], wrong


def test_the_set_has_both_languages_and_small_talk() -> None:
    cases = smoke.load()
    assert len({case.id for case in cases}) == len(cases) >= 40
    assert {case.id[:2] for case in cases} == {"zh", "en"}
    assert sum(not case.wanted for case in cases) >= 3
    assert sum(case.frames > 1 for case in cases) >= 8
