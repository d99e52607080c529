"""The public training tasks of CAR-bench, as far as our skills cover them."""

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fujia.cabin.names import value_of
from fujia.errors import InputError
from fujia.foundry.car_bench.adapter import Adapter, Call, load_adapter
from fujia.understanding.plan import Command
from fujia.vehicle.signal import Value

Kind = Literal["base", "missing", "ambiguous_user", "ambiguous_internal"]
_KINDS: Mapping[str, Kind] = {
    "base": "base",
    "hallucination_missing_tool": "missing",
    "hallucination_missing_tool_parameter": "missing",
    "disambiguation_user": "ambiguous_user",
    "disambiguation_internal": "ambiguous_internal",
}
_WET = ("rain", "snow", "hail", "thunder")


@dataclass(frozen=True)
class Task:
    """One task: where the car begins, what is wanted, and what is taken away."""

    id: str
    kind: Kind
    start: Mapping[str, Value]
    calls: tuple[Call, ...]
    """Their gold actions that change something."""
    commands: tuple[Command, ...]
    """The same in our words."""
    turns: tuple[tuple[str, ...], ...]
    """What was said in each recorded trial; empty where none was recorded."""
    preferences: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Tools (``set_fan_speed``) and parameters (``set_fan_speed.level``) that are not there."""

    def wanted(self, before: Mapping[str, Any], adapter: Adapter) -> dict[str, Any]:
        """The end state: what was before, with the effects of the gold actions."""
        state = dict(before)
        for call in self.calls:
            for key, value in adapter.effects(call):
                ours = adapter.signals[key].values.get(str(value), value)
                state[key] = value_of("colour", str(value)) if key == "ambient_light" else ours
        return state


def data_folder() -> Path:
    """Where the tasks should be: in ``$FUJIA_BENCH_DATA``, else in ``../shared/data``."""
    return Path(os.environ.get("FUJIA_BENCH_DATA", "../shared/data")) / "car-bench"


def load_tasks(folder: Path | None = None) -> tuple[list[Task], int]:
    """The covered tasks, and how many there are in all; raises InputError."""
    folder = folder or data_folder()
    adapter = load_adapter()
    rows = _read(folder / "tasks.jsonl")
    weather = {row["location_id"]: row["weather"] for row in _read(folder / "weather.jsonl")}
    turns: dict[str, list[tuple[str, ...]]] = {}
    for row in _read(folder / "user_turns.jsonl"):
        said = [
            tuple(one for one in trial if one != "###STOP###") for trial in row["trials_user_turns"]
        ]
        turns.setdefault(row["task_id"], []).extend(trial for trial in said if trial)
    found = [_task(row, adapter, weather, turns.get(row["task_id"], [])) for row in rows]
    return [task for task in found if task is not None], len(rows)


def _task(
    row: Mapping[str, Any],
    adapter: Adapter,
    weather: Mapping[str, Any],
    turns: Sequence[tuple[str, ...]],
) -> Task | None:
    kind = _KINDS.get(row["task_type"])
    removed = tuple(row.get("removed_part", ()))
    names = {call["name"] for call in row["actions"]} | {one.split(".")[0] for one in removed}
    if kind is None or not all(adapter.is_covered(name) for name in names):
        return None
    calls = tuple(call for call in row["actions"] if call["name"] in adapter.tools)
    commands = [adapter.command(call) for call in calls]
    config = row["context_init_config"]
    start = adapter.start(config) | _weather(config, weather)
    liked = tuple(
        text for group in config["user_preferences"]["vehicle_settings"].values() for text in group
    )
    done = tuple(command for command in commands if command is not None)
    return Task(row["task_id"], kind, start, calls, done, tuple(turns), liked, removed)


def _weather(config: Mapping[str, Any], weather: Mapping[str, Any]) -> dict[str, Value]:
    """The rain sensor, from the forecast of the place and the hour."""
    now = f"{config['current_datetime']['hour']:02}:{config['current_datetime']['minute']:02}"
    slots = weather.get(config["current_location"]["id"], [])
    slot = next((one for one in slots if one["start_time"] <= now < one["end_time"]), None)
    if slot is None:
        return {}
    wet = any(word in slot["condition"] for word in _WET)
    return {
        "Vehicle.Body.Raindetection.Intensity": 50 if wet else 0,
        "Vehicle.Exterior.AirTemperature": float(slot["temperature_c"]),
    }


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise InputError(
            f"{file} is not there; FUJIA_BENCH_DATA names the folder of car-bench"
        ) from None
    return [json.loads(line) for line in lines if line.strip()]


def of_each(tasks: Sequence[Task], most: int) -> list[Task]:
    """At most so many tasks of each kind, the first ones."""
    seen: Counter[Kind] = Counter()
    kept: list[Task] = []
    for task in tasks:
        seen[task.kind] += 1
        if seen[task.kind] <= most:
            kept.append(task)
    return kept
