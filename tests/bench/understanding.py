"""The understanding benchmark: ``python -m tests.bench.understanding [--errors] [--smoke]``.

``--record`` raises (or lowers) the floor that the tests hold the smoke set to.
"""

import argparse
import json
from collections.abc import Sequence
from math import floor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from fujia.foundry.scoring import mac_slu
from fujia.foundry.scoring.score import Judged, Match, Report, Wanted, evaluate
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command
from tests.bench import smoke
from tests.bench.record import write

FLOOR = Path(__file__).parents[2] / "bench" / "results" / "floor.json"


def table_of(report: Report, title: str) -> Table:
    """The figures of a report, one column for each group."""
    table = Table(title=title)
    table.add_column("figure")
    groups = {name: scores for name, scores in report.groups.items() if scores.utterances}
    for name in groups:
        table.add_column(name.replace("_", " "), justify="right")
    scores = list(groups.values())
    rows = {
        "utterances": [str(one.utterances) for one in scores],
        "frame-count accuracy": [f"{one.frame_count_accuracy:.3f}" for one in scores],
        "F1 skill": [_rate(one.skill, one.skill.f1) for one in scores],
        "precision skill + zone + value": [_rate(one.full, one.full.precision) for one in scores],
        "recall skill + zone + value": [_rate(one.full, one.full.recall) for one in scores],
        "F1 skill + zone + value": [_rate(one.full, one.full.f1) for one in scores],
        "F1 strict": [_rate(one.strict, one.strict.f1) for one in scores],
        "exact plans": [f"{one.exact_plans:.3f}" for one in scores],
        "utterances not covered": [str(one.uncovered) for one in scores],
        "false actuations": [str(one.false_actuations) for one in scores],
    }
    for figure, values in rows.items():
        table.add_row(figure, *values)
    return table


def _rate(match: Match, rate: float) -> str:
    """A rate, where anything was wanted that could be found."""
    return f"{rate:.3f}" if match.wanted else "-"


def show(commands: Sequence[Command]) -> str:
    """Commands in one line."""
    lines = [
        f"{command.skill}{json.dumps(command.args, ensure_ascii=False)}"
        + (f" if {command.condition.model_dump_json()}" if command.condition else "")
        for command in commands
    ]
    return "; ".join(lines) or "(nothing)"


def show_wanted(wanted: Sequence[Wanted]) -> str:
    """Wanted commands in one line, alternatives with ``or``."""
    return "; ".join(
        " or ".join(show([command]) for command in alternatives) for alternatives in wanted
    ) or "(nothing)"  # fmt: skip


def mismatches(report: Report) -> list[Judged]:
    """The cases whose plan is not exact, or that would actuate what nobody asked for."""
    return [one for one in report.judged if not one.is_exact or one.is_false_actuation]


def floor_of(report: Report) -> dict[str, float]:
    """The figures that may not get worse, rounded down to three places."""
    scores = report.groups["all"]
    return {
        "skill_zone_value_f1": floor(scores.full.f1 * 1000) / 1000,
        "exact_plans": floor(scores.exact_plans * 1000) / 1000,
        "false_actuations": scores.false_actuations,
    }


def record_floor() -> None:
    """Write what the grammar reaches on the smoke set now as the floor of every test run."""
    reached = floor_of(evaluate(GrammarUnderstander(), smoke.load()))
    floors = json.loads(FLOOR.read_text(encoding="utf-8")) | {"smoke": reached}
    write(floors, FLOOR)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and with ``--errors`` every mismatch with gold and predicted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="the small invented set instead")
    parser.add_argument("--data", type=Path, help="another dev.jsonl of MAC-SLU")
    parser.add_argument("--errors", action="store_true", help="list gold and predicted")
    parser.add_argument("--record", action="store_true", help="make the smoke score the floor")
    parser.add_argument("--gold", action="store_true", help="list the converted gold and stop")
    options = parser.parse_args(arguments)
    if options.record:
        record_floor()
        return
    cases = smoke.load() if options.smoke else mac_slu.load(options.data)
    console = Console(soft_wrap=True, highlight=False)
    if options.gold:
        for case in cases:
            console.print(f"{case.id}  {case.said}  ->  {show_wanted(case.wanted)}", markup=False)
        return
    report = evaluate(GrammarUnderstander(), cases)
    for one in mismatches(report) if options.errors else []:
        mark = "not covered" if one.is_uncovered else "differs"
        console.print(f"{one.case.id}  {one.case.said}  ({mark})", markup=False)
        console.print(f"    gold       {show_wanted(one.case.wanted)}", markup=False)
        console.print(f"    predicted  {show(one.predicted)}", markup=False)
    console.print(table_of(report, "smoke set" if options.smoke else "MAC-SLU dev"))


if __name__ == "__main__":
    main()
