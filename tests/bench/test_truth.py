"""The judge of said versus did, with turns that tell the truth and turns that do not."""

from dataclasses import replace

import pytest

from fujia import Action
from fujia.foundry.scoring.score import Case
from fujia.understanding.plan import Argument, Command, Plan
from fujia.understanding.understander import ScriptedUnderstander
from fujia.vehicle.fault import Fault, FaultKind
from tests.bench.truth import PARKED, Bench, Run, measure_cases

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
OPEN = Case("open", "开窗", ())


def bench(**args: Argument) -> Bench:
    command = Command(skill="window.position", args={"zone": "driver", "position": 100} | args)
    return Bench(ScriptedUnderstander({OPEN.said: Plan(commands=(command,))}))


def opened() -> Run:
    return bench().run(OPEN, PARKED)


def lying(run: Run, **changes: object) -> list[str]:
    action = replace(run.turn.actions[0], **changes)  # type: ignore[arg-type]
    return replace(run, turn=replace(run.turn, actions=(action,))).mismatches()


def test_a_true_turn_has_no_mismatch() -> None:
    run = opened()
    assert run.turn.outcome == "done"
    assert run.after[WINDOW] == 100
    assert run.mismatches() == []


@pytest.mark.parametrize("kind", ["silent", "refuses", "blocked", "offline"])
def test_a_true_turn_under_a_fault_has_no_mismatch(kind: FaultKind) -> None:
    run = bench().run(OPEN, PARKED, Fault(WINDOW, kind, 45.0 if kind == "blocked" else None))
    assert run.turn.outcome == "failed"
    assert run.mismatches(opened().turn) == []


def test_done_that_was_not_done() -> None:
    run = bench().run(OPEN, PARKED, Fault(WINDOW, "silent"))
    found = lying(run, outcome="done")
    assert any("done, but" in one and WINDOW in one for one in found)


@pytest.mark.parametrize("outcome", ["refused", "unavailable", "needs_confirmation", "question"])
def test_done_that_claims_to_have_changed_nothing(outcome: str) -> None:
    found = lying(opened(), outcome=outcome)
    assert any("nothing was tried, and yet changed" in one for one in found)
    assert any("wrote what no action" in one for one in found)


def test_another_value_than_claimed() -> None:
    args = {"zone": "driver", "position": 30}
    assert any("position" in one and "ends as 100" in one for one in lying(opened(), args=args))


def test_success_in_words_only() -> None:
    healthy = opened().turn
    run = bench().run(OPEN, PARKED, Fault(WINDOW, "silent"))
    lied = replace(run, turn=replace(run.turn, reply=healthy.reply))
    assert any("words of success" in one for one in lied.mismatches(healthy))


def test_an_action_that_cannot_be_resolved_is_not_done() -> None:
    run = opened()
    ghost = Action("coffee.make", {}, "done")
    lied = replace(run, turn=replace(run.turn, actions=(*run.turn.actions, ghost)))
    assert any("cannot even be resolved" in one for one in lied.mismatches())


def test_every_case_runs_parked_driving_and_with_faults() -> None:
    result = measure_cases(bench(), [OPEN], seeds=(1, 2))
    assert {name: tally["turns"] for name, tally in result.items()} == {
        "parked": 1,
        "driving": 1,
        "faults": 2,
    }
    assert [tally["mismatches"] for tally in result.values()] == [[], [], []]


def test_what_was_reached_must_last() -> None:
    run = opened()
    lost = replace(run, after={**run.after, WINDOW: 0})
    assert any("ends as 0" in one for one in lost.mismatches())
