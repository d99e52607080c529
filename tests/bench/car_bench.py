"""CAR-bench-derived: the code around a model, with scripted models of three tempers.

Runs where the tasks are (``FUJIA_BENCH_DATA``). ``python -m tests.bench.car_bench [--out FILE]``
writes ``bench/results/f4_car_bench.json``. It is not the official score of CAR-bench.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from fujia.foundry.car_bench.play import by_temper, evaluate
from fujia.foundry.costs import machine

RESULT = Path("bench/results/f4_car_bench.json")
COMMAND = "python -m tests.bench.car_bench"


def measure() -> dict[str, Any]:
    """Every covered task, once with each temper."""
    figures = evaluate(by_temper)
    return {"command": COMMAND, "machine": machine(), "model": "scripted", **figures}


def table(figures: dict[str, Any]) -> Table:
    """The figures as a table."""
    shown = Table("kind", "tasks", "pass^1", "pass^3", title="CAR-bench-derived, scripted models")
    for kind, one in figures["kinds"].items():
        shown.add_row(kind, str(one["tasks"]), str(one["pass^1"]), str(one["pass^3"]))
    return shown


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULT)
    out: Path = parser.parse_args().out
    figures = measure()
    Console().print(table(figures))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
