"""CAR-bench's tools and states in our words: ``data/car_bench.yaml``."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.errors import InputError
from fujia.understanding.plan import Argument, Command
from fujia.vehicle.signal import Value, level_of_percent

FILE = Path(__file__).parents[1] / "data" / "car_bench.yaml"
Call = Mapping[str, Any]
"""One gold action: ``name`` and ``kwargs``."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ToolMap(_Part):
    """One of their tools, as a skill of ours."""

    skill: str = ""
    skills: Mapping[str, str] = {}
    choose: str = ""
    args: Mapping[str, str] = {}
    values: Mapping[str, Mapping[str, Argument]] = {}
    where: str = ""
    sets: Mapping[str, str] = {}


class Place(_Part):
    """A place as they say it."""

    zone: str
    places: tuple[str, ...]


class SignalMap(_Part):
    """A signal behind a key of their state."""

    path: str
    start: str = Field(alias="from")
    also: tuple[str, ...] = ()
    values: Mapping[str, Value] = {}
    levels: int = 0


class Adapter(_Part):
    """The content of the file."""

    tools: Mapping[str, ToolMap]
    reads: tuple[str, ...]
    zones: Mapping[str, Mapping[str, Place]]
    signals: Mapping[str, SignalMap]

    def is_covered(self, name: str) -> bool:
        """Whether a tool of theirs has a match."""
        return name in self.tools or name in self.reads

    def command(self, call: Call) -> Command | None:
        """The command that an action comes to; None for one that only reads.

        Raises:
            InputError: no skill does that.
        """
        tool = self.tools.get(call["name"])
        if tool is None:
            return None
        given: Mapping[str, Any] = call["kwargs"]
        args: dict[str, Argument] = {}
        for theirs, ours in tool.args.items():
            if theirs in given:
                value = given[theirs]
                args[ours] = tool.values.get(theirs, {}).get(str(value), value)
        if tool.where and tool.where in given:
            args["zone"] = self.zones[tool.where][given[tool.where]].zone
        skill = tool.skill or tool.skills.get(str(given.get(tool.choose)), "")
        if not skill:
            raise InputError(f"no skill does {call['name']} {dict(given)}")
        return Command(skill=skill, args=args)

    def effects(self, call: Call) -> Iterator[tuple[str, Any]]:
        """What an action sets in their state: keys of ours, values of theirs."""
        tool = self.tools.get(call["name"])
        given: Mapping[str, Any] = call["kwargs"]
        for key, argument in tool.sets.items() if tool else ():
            if argument not in given:
                continue
            chosen = tool.where or tool.choose if tool else ""
            places = self.zones[chosen][given[chosen]].places if chosen else ("",)
            for place in places:
                yield key.replace("{}", place), given[argument]

    def start(self, state: Mapping[str, Any]) -> dict[str, Value]:
        """Their start state as signals of ours."""
        found: dict[str, Value] = {}
        for signal in self.signals.values():
            if signal.start not in state:
                continue
            given: Any = state[signal.start]
            value: Any = signal.values.get(str(given), given)
            if signal.levels:
                value = round(value * 100 / signal.levels)
            for path in (signal.path, *signal.also):
                found[path] = value
        found["Vehicle.Body.Lights.LightSwitch"] = (
            "BEAM" if state.get("head_lights_low_beams") else "OFF"
        )
        return found

    def view(self, state: Mapping[str, Value]) -> dict[str, Any]:
        """Our car by their keys, as far as it has them; steps are counted."""
        return {
            key: _counted(state[one.path], one.levels)
            for key, one in self.signals.items()
            if one.path in state
        }


def _counted(value: Value, levels: int) -> Value:
    if levels and isinstance(value, (int, float)) and not isinstance(value, bool):
        return level_of_percent(float(value), levels)
    return value


@cache
def load_adapter() -> Adapter:
    """The packaged adapter."""
    return load_yaml(FILE, Adapter)
