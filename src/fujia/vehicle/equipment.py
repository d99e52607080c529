"""What a car can be fitted with: items of equipment in YAML, and the signals each one brings."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, RootModel

from fujia.datafile import load_yaml
from fujia.vehicle.signal import Kind, Origin, Safety, Signal, Value, default_value
from fujia.vehicle.zone import SEATS, DriverPosition, Seat, fill

SEAT_NAMES: Mapping[Seat, tuple[str, str]] = {
    "driver": ("主驾", "driver"),
    "passenger": ("副驾", "front passenger"),
    "rear_left": ("左后", "rear left"),
    "rear_right": ("右后", "rear right"),
}
"""What ``{zone}`` in a signal's name becomes, in zh and en."""

_PACKAGED = Path(__file__).parent / "data" / "equipment"
_STRICT = ConfigDict(frozen=True, extra="forbid")


class Differences(BaseModel):
    """What a profile, or one seat, has otherwise than the item says; only what is given counts."""

    model_config = _STRICT

    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    levels: int | None = None
    allowed: tuple[str, ...] | None = None
    initial: Value | None = None
    safety: Safety | None = None

    def given(self) -> dict[str, Any]:
        """The fields that were given, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class SignalEntry(BaseModel):
    """One signal of an item; its path template is the key that it stands under."""

    model_config = _STRICT

    kind: Kind = "actuator"
    datatype: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[str, ...] = ()
    origin: Origin = "vss"
    levels: int | None = None
    step: float | None = None
    initial: Value | None = None
    safety: Safety = "comfort"
    zh: str
    en: str
    by_seat: dict[Seat, Differences] = {}

    def build(self, path: str, seat: Seat | None, changes: Mapping[str, Any]) -> Signal:
        """The signal of one seat (or of the whole car), with a profile's changes.

        Raises:
            SignalValueError: its initial value is not one that it may have.
        """
        facts = {name: getattr(self, name) for name in _COPIED} | dict(changes)
        if seat is not None:
            facts |= self.by_seat[seat].given() if seat in self.by_seat else {}
            zh, en = SEAT_NAMES[seat]
            facts |= {"zh": self.zh.format(zone=zh), "en": self.en.format(zone=en)}
        signal = Signal(path=path, seat=seat, **facts)
        # Checked here so that a wrong profile is found when it is read, not in the middle of a turn
        facts["initial"] = signal.check(default_value(signal))
        return Signal(path=path, seat=seat, **facts)


_COPIED = tuple(name for name in SignalEntry.model_fields if name != "by_seat")


class Item(BaseModel):
    """One item of equipment: its names, the seats it is usually for, and its signals."""

    model_config = _STRICT

    zh: str
    en: str
    seats: tuple[Seat, ...] = SEATS
    signals: dict[str, SignalEntry]

    def templates(self, ending: str) -> list[str]:
        """The path templates that end with ``ending``."""
        return [path for path in self.signals if path == ending or path.endswith(f".{ending}")]

    def expand(
        self,
        driver: DriverPosition,
        seats: tuple[Seat, ...] | None,
        changes: Mapping[str, Mapping[str, Any]],
    ) -> Iterator[Signal]:
        """The item's signals for these seats; ``changes`` go by path template."""
        for template, entry in self.signals.items():
            changed = changes.get(template, {})
            if "{" not in template:
                yield entry.build(template, None, changed)
                continue
            for seat in self.seats if seats is None else seats:
                yield entry.build(fill(template, seat, driver), seat, changed)


class _Items(RootModel[dict[str, Item]]):
    pass


def load_equipment(folder: Path) -> Mapping[str, Item]:
    """Every item in the YAML files of ``folder``, by name; raises DataError."""
    items: dict[str, Item] = {}
    for file in sorted(folder.glob("*.yaml")):
        items |= load_yaml(file, _Items).root
    return MappingProxyType(items)


@cache
def packaged_equipment() -> Mapping[str, Item]:
    """The items that come with the package; read on the first call and kept."""
    return load_equipment(_PACKAGED)
