"""How fast and how truthful the API is: ``python -m tests.bench.api``.

``load``: 100 sessions with one turn each every 3 s, and as many turns as the server can take.
``day``: simulated hours with faults and broken connections; nothing lost, nothing done twice,
nothing claimed that did not happen. A whole run writes ``bench/results/f3_api.json``.
"""

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from fujia.foundry.costs import machine
from tests.bench import api_day, api_load, sets

RESULT = Path("bench/results/f3_api.json")
COMMAND = "python -m tests.bench.api"


def measure(sessions: int, seconds: float, cars: int, hours: float) -> dict[str, Any]:
    """Everything, with its machine."""
    said = sets.utterances()
    figures: dict[str, Any] = {"command": COMMAND, "machine": machine(), "utterances": len(said)}
    with api_load.serving() as server:
        figures["open_loop"] = asyncio.run(api_load.open_loop(server, said, sessions, seconds))
    with api_load.serving() as server:
        measured = api_load.saturation(server, said, min(sessions, 16), seconds / 2)
        figures["saturation"] = asyncio.run(measured)
    figures["day"] = api_day.measure(said, cars, hours)
    return figures


def tables(figures: Mapping[str, Any]) -> list[Table]:
    """The figures for a terminal."""
    table = Table("API", "measured", title="The API")
    loop, full, day = figures["open_loop"], figures["saturation"], figures["day"]
    rows = {
        f"{loop['sessions']} sessions, a turn each every 3 s: p50 / p95 / max":
            f"{loop['turn_ms']['p50']} / {loop['turn_ms']['p95']} / {loop['turn_ms']['max']} ms",
        "processor time of the server, of one core": f"{loop['server_cpu']:.0%}",
        "memory: server / a fresh session / one that talked":
            f"{loop['mib_empty']} MiB / {loop['kib_a_session_fresh']} KiB / "
            f"{loop['kib_a_session_after']} KiB",
        "saturation": f"{full['turns_a_second']} turns/s, p95 {full['turn_ms']['p95']} ms",
        f"{day['cars']} cars, {day['simulated_hours']} simulated hours each":
            f"{day['turns']} turns, {day['writes']} writes",
        "lost / done twice / said and not done":
            f"{len(day['lost'])} / {len(day['double'])} / {len(day['mismatches'])}",
    }  # fmt: skip
    for name, value in rows.items():
        table.add_row(name, value)
    return [table]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the open loop")
    parser.add_argument("--cars", type=int, default=10, help="in the day")
    parser.add_argument("--hours", type=float, default=24.0, help="simulated, of each car")
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args(arguments)
    figures = measure(options.sessions, options.seconds, options.cars, options.hours)
    for table in tables(figures):
        Console().print(table)
    for name in ("lost", "double", "mismatches"):
        for why in figures["day"][name][:20]:
            Console(soft_wrap=True).print(f"{name}: {why}", markup=False)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
