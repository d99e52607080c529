"""CAR-bench-derived: the code around a model, with scripted models of three tempers.

Runs where the tasks are (``FUJIA_BENCH_DATA``). ``python -m tests.bench.car_bench [--out FILE]``
writes ``bench/results/f4_car_bench.json``. It is not the official score of CAR-bench.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from fujia.foundry.car_bench.play import by_temper, evaluate
from fujia.foundry.car_bench.tasks import data_folder
from tests.bench.record import Figures, facts, start

RESULT = Path("bench/results/f4_car_bench.json")
COMMAND = "python -m tests.bench.car_bench"


def measure() -> dict[str, Any]:
    """Every covered task, once with each temper."""
    figures = evaluate(by_temper)
    sets = {"tasks.jsonl": data_folder() / "tasks.jsonl"}
    return {**facts(COMMAND, sets), "model": "scripted", **figures}


def tables(figures: Figures) -> list[Table]:
    """The figures as a table."""
    shown = Table("kind", "tasks", "pass^1", "pass^3", title="CAR-bench-derived, scripted models")
    for kind, one in figures["kinds"].items():
        shown.add_row(kind, str(one["tasks"]), str(one["pass^1"]), str(one["pass^3"]))
    return [shown]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    start(COMMAND, __doc__, RESULT, measure, tables, arguments)


if __name__ == "__main__":
    main()
