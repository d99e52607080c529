"""Reading vehicle profiles: YAML files that list what one model is fitted with."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.errors import DataError, SignalValueError, UnknownVehicle
from fujia.vehicle.equipment import Differences, Item, load_equipment, packaged_equipment
from fujia.vehicle.profile import Energy, Fact, Profile
from fujia.vehicle.signal import Signal
from fujia.vehicle.zone import DriverPosition, Seat

_PACKAGED = Path(__file__).parent / "data" / "profiles"
_STRICT = ConfigDict(frozen=True, extra="forbid")


class Fitting(BaseModel):
    """How one item is fitted: for which seats, and with which limits of its own."""

    model_config = _STRICT

    seats: tuple[Seat, ...] | None = None
    signals: dict[str, Differences] = Field(default_factory=dict[str, Differences])
    """By the end of the signal's path template: ``Temperature: {minimum: 17}``."""


class FactEntry(BaseModel):
    """A number about the model, and where it comes from."""

    model_config = _STRICT

    value: float
    unit: str
    source: str
    measured: bool = False


class ProfileFile(BaseModel):
    """A profile as it stands in YAML."""

    model_config = _STRICT

    id: str
    zh: str
    en: str
    energy: Energy
    driver_position: DriverPosition = "LEFT"
    facts: dict[str, FactEntry] = Field(default_factory=dict[str, FactEntry])
    equipment: dict[str, Fitting | None]


def load_profile(name: str | Path, folders: Sequence[Path] = ()) -> Profile:
    """Load a vehicle profile by its name, or from a YAML file.

    A name is looked up in ``folders`` (``<folder>/<name>.yaml``) and then among the packaged
    profiles. Beside a profile file, a folder ``equipment`` may hold items of its own.

    Raises:
        UnknownVehicle: no profile has this name.
        DataError: the file does not follow its schema; names file and line.
    """
    if isinstance(name, Path) or name.endswith((".yaml", ".yml")):
        return _read(Path(name))
    for folder, file in _files(folders).items():
        if folder == name:
            return _packaged(name) if file.parent == _PACKAGED else _read(file)
    known = ", ".join(list_profiles(folders))
    raise UnknownVehicle(f"there is no vehicle {name!r}; known are {known}")


def list_profiles(folders: Sequence[Path] = ()) -> list[str]:
    """The names of all profiles in ``folders`` and in the package, sorted."""
    return sorted(_files(folders))


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """Profile files by name; an earlier folder wins over a later one and over the package."""
    places = [_PACKAGED, *reversed(folders)]
    return {file.stem: file for place in places for file in place.glob("*.yaml")}


@cache
def _packaged(name: str) -> Profile:
    return _read(_PACKAGED / f"{name}.yaml")


def _read(file: Path) -> Profile:
    content = load_yaml(file, ProfileFile)
    items = packaged_equipment()
    own = file.parent / "equipment"
    if own.is_dir():
        items = {**items, **load_equipment(own)}
    signals: dict[str, Signal] = {}
    for name, fitting in content.equipment.items():
        if name not in items:
            raise DataError(file, _line(file, name), f"there is no equipment {name!r}")
        fitted = _expand(file, name, items[name], fitting or Fitting(), content.driver_position)
        # A later item may widen an earlier one: ventilation takes the heating's signal below zero.
        signals |= fitted
    return Profile(
        id=content.id,
        zh=content.zh,
        en=content.en,
        energy=content.energy,
        driver_position=content.driver_position,
        signals=MappingProxyType(signals),
        equipment=tuple(content.equipment),
        facts={name: Fact(**fact.model_dump()) for name, fact in content.facts.items()},
    )


def _expand(
    file: Path, name: str, item: Item, fitting: Fitting, driver: DriverPosition
) -> dict[str, Signal]:
    changes: dict[str, Mapping[str, Any]] = {}
    for ending, differences in fitting.signals.items():
        templates = item.templates(ending)
        if not templates:
            line = _line(file, ending, after=_line(file, name))
            raise DataError(file, line, f"{name} has no signal that ends with {ending!r}")
        changes |= {template: differences.given() for template in templates}
    try:
        return {signal.path: signal for signal in item.expand(driver, fitting.seats, changes)}
    except SignalValueError as error:
        raise DataError(file, _line(file, name), f"{name}: {error}") from None


def _line(file: Path, key: str, after: int = 0) -> int:
    """The line (from 1) where ``key`` stands, at or behind line ``after``; 0 if nowhere."""
    written = re.compile(rf"(?<![\w.]){re.escape(key)}[\"']?\s*:")
    lines = file.read_text(encoding="utf-8").splitlines()
    numbers = (number for number, line in enumerate(lines, start=1) if written.search(line))
    return next((number for number in numbers if number >= after), 0)
