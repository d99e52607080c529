"""What one can set and break around a simulated car, as data: ``data/world.yaml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.understanding.plan import Command, Language
from fujia.vehicle.fault import Fault, FaultKind
from fujia.vehicle.profile import Profile

WORLD_FILE = Path(__file__).parent / "data" / "world.yaml"

Setting = bool | int | float | str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Range(_Strict):
    """A slider over one signal; ``above_zero`` is set first where the value is above zero."""

    word: str
    signal: str
    minimum: float
    maximum: float
    step: float
    above_zero: dict[str, Setting] = Field(default_factory=dict[str, Setting])

    def writes(self, value: float) -> dict[str, Setting]:
        """What to set, in order, for a value of the slider; it is kept within the limits."""
        value = min(max(value, self.minimum), self.maximum)
        return {**(self.above_zero if value > 0 else {}), self.signal: value}


class Option(_Strict):
    """One value that can be chosen; ``also`` is set before it."""

    zh: str
    en: str
    value: Setting
    also: dict[str, Setting] = Field(default_factory=dict[str, Setting])

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.zh if language == "zh" else self.en


class Choice(_Strict):
    """Buttons for the values of one signal."""

    word: str
    signal: str
    options: tuple[Option, ...]

    def writes(self, position: int) -> dict[str, Setting]:
        """What to set, in order, for the option at that position; raises IndexError."""
        option = self.options[position]
        return {**option.also, self.signal: option.value}


class FaultData(_Strict):
    """Something that can be broken."""

    zh: str
    en: str
    kind: FaultKind
    pattern: str
    at: float | None = None

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.zh if language == "zh" else self.en

    def fault(self) -> Fault:
        """The fault to put into the car."""
        return Fault(self.pattern, self.kind, self.at)


class Probe(Command):
    """A command that the policy judges without carrying it out, and what it is called."""

    zh: str
    en: str

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.zh if language == "zh" else self.en


class WorldData(_Strict):
    """The content of ``data/world.yaml``; see its head."""

    ranges: tuple[Range, ...]
    choices: tuple[Choice, ...]
    faults: tuple[FaultData, ...]
    probes: tuple[Probe, ...]

    def only(self, profile: Profile) -> "WorldData":
        """What of it a car has the signals for."""
        ranges = tuple(each for each in self.ranges if profile.has(each.signal))
        choices = tuple(each for each in self.choices if profile.has(each.signal))
        return self.model_copy(update={"ranges": ranges, "choices": choices})


@cache
def load_world(file: Path = WORLD_FILE) -> WorldData:
    """The packaged world; raises DataError with file and line."""
    return load_yaml(file, WorldData)


def possible(writes: Mapping[str, Setting], profile: Profile) -> dict[str, Setting]:
    """The writes whose signals the car has."""
    return {path: value for path, value in writes.items() if profile.has(path)}
