"""Ten thousand random plans on random cars: does any reach a forbidden end state?

The plans, the states and what is forbidden are those of ``tests/cabin/policy``. Run
``python -m tests.bench.policy [n]``.
"""

import sys
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.cabin.policy.test_property import run

EXAMPLES = 10_000


def measure(examples: int = EXAMPLES) -> dict[str, Any]:
    """Try that many plans, each followed by a yes; the same ones every time."""
    return asdict(run(examples))


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
