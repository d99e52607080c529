"""What every result says first, and how results are written and benchmarks started."""

import argparse
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from fujia.foundry.costs import machine
from fujia.foundry.manifest import versions

PACKAGES = ("onnxruntime", "numpy")
Figures = Mapping[str, Any]


def facts(command: str, sets: Mapping[str, Path] | None = None) -> dict[str, Any]:
    """The command, the machine and how busy it was, versions, and the hash of every set."""
    return {
        "command": command,
        "machine": machine(),
        "load_before": round(os.getloadavg()[0], 2),
        "versions": dict(versions(*PACKAGES)),
        "sets": {name: {"sha256": digest(file)} for name, file in (sets or {}).items()},
    }


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write(figures: Figures, out: Path) -> None:
    """Write a result as JSON; raises ValueError for a figure that is no number."""
    text = json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text + "\n", encoding="utf-8")


def start(
    command: str,
    about: str | None,
    result: Path,
    measure: Callable[[], Figures],
    tables: Callable[[Figures], Sequence[Table]],
    arguments: Sequence[str] | None = None,
) -> None:
    """The command line of a benchmark without choices of its own: measure, print, write."""
    parser = argparse.ArgumentParser(prog=command, description=about)
    parser.add_argument("--out", type=Path, default=result, help="where the results go")
    out: Path = parser.parse_args(arguments).out
    figures = measure()
    show(tables(figures))
    write(figures, out)


def show(tables: Sequence[Table]) -> None:
    """Print tables."""
    console = Console(soft_wrap=True, highlight=False)
    for table in tables:
        console.print(table)
