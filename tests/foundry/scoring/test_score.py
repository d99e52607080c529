"""The scorer, with a scripted understander."""

import pytest

from fujia.foundry.scoring.score import Case, Match, evaluate
from fujia.understanding.plan import Argument, Command, Plan
from fujia.understanding.understander import ScriptedUnderstander


def command(skill: str, **args: Argument) -> Command:
    return Command(skill=skill, args=args)


AC = command("climate.ac")
OPEN = command("window.position", position=100)
CLOSE = command("window.position", position=0)

CASES = [
    Case("right", "a", ((AC,), (OPEN,)), frames=2),
    Case("value", "b", ((OPEN,),), frames=1),
    Case("either", "c", ((OPEN, AC),), frames=1),
    Case("none", "d", (), frames=0),
]


def scripted(**plans: tuple[Command, ...]) -> ScriptedUnderstander:
    return ScriptedUnderstander({said: Plan(commands=made) for said, made in plans.items()})


def test_counts_and_rates() -> None:
    report = evaluate(scripted(a=(OPEN, AC), b=(CLOSE,), c=(AC,)), CASES)
    everything = report.groups["all"]
    assert everything.skill == Match(4, 4, 4)
    assert everything.full == Match(3, 4, 4)
    assert everything.full.f1 == pytest.approx(0.75)
    assert everything.strict.found == 2, "an alternative is not the label"
    assert everything.exact_plans == 0.75
    assert report.groups["multi"].exact_plans == 1.0
    assert report.groups["single"].utterances == 2
    assert report.groups["out_of_domain"].false_actuations == 0


def test_small_talk_is_no_command_but_misses_the_wanted_one() -> None:
    report = evaluate(scripted(), CASES)
    assert report.groups["all"].full == Match(0, 0, 4)
    assert report.groups["all"].uncovered == 3
    assert report.groups["all"].frame_count_accuracy == 0.25
    assert report.groups["out_of_domain"].exact_plans == 1.0


def test_false_actuations() -> None:
    asked = evaluate(scripted(d=(command("weather.query"),)), CASES).groups["out_of_domain"]
    assert (asked.false_actuations, asked.exact_plans) == (0, 0.0)
    acted = evaluate(scripted(d=(AC,)), CASES).groups["out_of_domain"]
    assert acted.false_actuations == 1


def test_one_prediction_is_found_once() -> None:
    twice = [Case("x", "a", ((AC,), (OPEN,), (AC,)), frames=3)]
    assert evaluate(scripted(a=(AC, OPEN)), twice).groups["all"].full == Match(2, 2, 3)


def test_a_repeated_command_counts_once_except_for_unknown_functions() -> None:
    unknown = command("unknown.function")
    cases = [Case("x", "a", ((AC,), (AC,)), frames=2), Case("y", "b", ((unknown,), (unknown,)))]
    report = evaluate(scripted(a=(AC,), b=(unknown,)), cases)
    assert report.groups["all"].full == Match(2, 2, 3)
    assert report.groups["all"].strict == Match(2, 2, 4)
