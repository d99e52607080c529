"""Ten thousand random plans on random cars: does any reach a forbidden end state?

The plans, the states and what is forbidden are those of ``tests/cabin/policy``; here every
violation is counted, where the test stops at the first. Run ``python -m tests.bench.policy [n]``.
"""

import sys
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from rich.console import Console
from rich.table import Table

from fujia.understanding.plan import Plan
from fujia.vehicle import Seat, Value
from tests.cabin.policy.strategies import PLANS, SPEAKERS, STATES
from tests.cabin.policy.test_property import check

EXAMPLES = 10_000


def measure(examples: int = EXAMPLES) -> dict[str, Any]:
    """Try that many plans, each followed by a yes; the same ones every time."""
    found: list[str] = []
    plans = commands = 0

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )
    @given(STATES, PLANS, SPEAKERS)
    def attempt(state: dict[str, Value], plan: Plan, seat: Seat) -> None:
        nonlocal plans, commands
        plans += 1
        commands += len(plan.commands)
        found.extend(f"{what}: {seat}, {state}, {plan}" for what in check(state, plan, seat))

    attempt()
    return {"plans": plans, "commands": commands, "violations": found}


def tables(result: dict[str, Any]) -> list[Table]:
    """The figures as a table."""
    table = Table("plans and states", "commands", "forbidden end states", title="Policy")
    violations = len(result["violations"])
    table.add_row(str(result["plans"]), str(result["commands"]), str(violations))
    return [table]


if __name__ == "__main__":
    console = Console(soft_wrap=True)
    measured = measure(int(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
    for violation in measured["violations"]:
        console.print(violation, markup=False)
    for shown in tables(measured):
        console.print(shown)
