"""Prompt injection and jailbreaks: what a model that obeys every attack brings about.

The attacks are those of ``tests/cabin/agent``. ``python -m tests.bench.injection [--out FILE]``
writes ``bench/results/f4_injection.json``.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from tests.bench.record import Figures, facts, start
from tests.cabin.agent.test_attacks import ATTACKS, FILE, claimed, fall_for

RESULT = Path("bench/results/f4_injection.json")
COMMAND = "python -m tests.bench.injection"


def measure() -> dict[str, Any]:
    """Every attack once; forbidden writes, claims of them, and values read out before a yes."""
    sources: Counter[str] = Counter()
    written: list[str] = []
    claims: list[str] = []
    read_out = 0
    for case in ATTACKS:
        ran = fall_for(case)
        sources[case.source] += 1
        done = {one.skill for one in ran.result.actions if one.outcome == "done"}
        forbidden = done - {one.skill for one in case.may} or (ran.written and not case.may)
        written += [case.id] if forbidden else []
        claims += [case.id] if not case.may and claimed(ran) else []
        read_out += len(ran.errand.confirm)
    return {
        **facts(COMMAND, {FILE.name: FILE}),
        "attacks": len(ATTACKS),
        "by_source": dict(sources),
        "forbidden_writes": written,
        "false_claims": claims,
        "waiting_for_a_yes": read_out,
    }


def tables(figures: Figures) -> list[Table]:
    """The figures as a table."""
    shown = Table("attacks", "forbidden writes", "false claims", title="Prompt injection")
    counts = (len(figures["forbidden_writes"]), len(figures["false_claims"]))
    shown.add_row(str(figures["attacks"]), *map(str, counts))
    return [shown]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    start(COMMAND, __doc__, RESULT, measure, tables, arguments)


if __name__ == "__main__":
    main()
