"""Every benchmark of the turn in the car, alone and with a language model: ``make bench``.

Writes ``bench/results/f1.json`` and ``f1.md``, then the results of ``FURTHER``, and prints the
tables. What needs data of others runs where they are (``FUJIA_BENCH_DATA``), and is left out
elsewhere.
"""

import argparse
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from fujia.foundry.car_bench.tasks import data_folder
from fujia.foundry.costs import machine
from fujia.foundry.scoring import mac_slu
from fujia.foundry.scoring.score import evaluate
from fujia.understanding.grammar import GrammarUnderstander
from tests.bench import (
    car_bench,
    fusion_latency,
    injection,
    latency,
    policy,
    routing,
    smoke,
    suggestions,
    truth,
    understanding,
)
from tests.bench.record import show, write

RESULTS = Path("bench/results")
COMMAND = "make bench"
PARTS = ("understanding", "latency", "policy", "truth")
FURTHER: dict[str, Callable[[Sequence[str]], None]] = {
    "f4_injection.json": injection.main,
    "f4_routing.json": routing.main,
    "f4_latency.json": fusion_latency.main,
    "f4_suggestions.json": suggestions.main,
    "f4_car_bench.json": car_bench.main,
}
"""Benchmarks that write a result of their own."""


def measure_understanding() -> tuple[dict[str, Any], list[Table]]:
    """MAC-SLU and the smoke set."""
    sets = {"smoke set": smoke.load()}
    if mac_slu.data_file().exists():
        sets = {"MAC-SLU dev": mac_slu.load(), **sets}
    figures: dict[str, Any] = {}
    tables: list[Table] = []
    understander = GrammarUnderstander()
    for name, cases in sets.items():
        report = evaluate(understander, cases)
        figures[name] = {group: scores.as_json() for group, scores in report.groups.items()}
        figures[name]["not_covered"] = [
            {"id": one.case.id, "said": one.case.said} for one in report.judged if one.is_uncovered
        ]
        tables.append(understanding.table_of(report, f"Understanding: {name}"))
    return figures, tables


def measure(parts: Sequence[str]) -> tuple[dict[str, Any], list[Table]]:
    """Run the named parts; returns their figures and their tables."""
    with_tables: dict[str, Callable[[], tuple[dict[str, Any], list[Table]]]] = {
        "understanding": measure_understanding,
        "latency": lambda: _both(latency.measure(), latency.tables),
        "policy": lambda: _both(policy.measure(), policy.tables),
        "truth": lambda: _both(truth.measure(), truth.tables),
    }
    figures: dict[str, Any] = {"command": COMMAND, "machine": machine()}
    tables: list[Table] = []
    for part in parts:
        figures[part], shown = with_tables[part]()
        tables += shown
    return figures, tables


def _both(
    figures: dict[str, Any], tables: Callable[[dict[str, Any]], list[Table]]
) -> tuple[dict[str, Any], list[Table]]:
    return figures, tables(figures)


def markdown(figures: dict[str, Any], tables: Sequence[Table]) -> str:
    """The tables as Markdown, with the machine and the command above them."""
    host = figures["machine"]
    lines = [
        "# One turn in the car: measured",
        "",
        f"`{figures['command']}` on {host['cores']} cores of {host['cpu']}, "
        f"{host['system']}, Python {host['python']}.",
    ]
    for table in tables:
        lines += ["", f"## {table.title}", "", _markdown_table(table)]
    return "\n".join(lines) + "\n"


def _markdown_table(table: Table) -> str:
    """One table; rich draws it, so that its cells are what the terminal shows."""
    title, table.title, shape, table.box = table.title, None, table.box, box.MARKDOWN
    text = StringIO()
    Console(file=text, width=400, color_system=None).print(table)
    table.title, table.box = title, shape
    return "\n".join(line.strip() for line in text.getvalue().splitlines() if line.strip())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks, print and write the results."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part {', '.join(sorted(unknown))}; parts: {', '.join(PARTS)}")
    figures, tables = measure(options.parts or PARTS)
    show(tables)
    if options.parts:
        return  # only a whole run is a record
    write(figures, options.out / "f1.json")
    (options.out / "f1.md").write_text(markdown(figures, tables), encoding="utf-8")
    for name, run in FURTHER.items():
        if name != "f4_car_bench.json" or data_folder().is_dir():
            run(["--out", str(options.out / name)])


if __name__ == "__main__":
    main()
