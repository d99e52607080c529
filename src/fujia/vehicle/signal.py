"""One VSS leaf: its type, range, allowed values, and what a profile adds to it."""

from dataclasses import dataclass
from typing import Literal, cast

from fujia.errors import SignalValueError
from fujia.vehicle.zone import Seat

Scalar = bool | int | float | str
Value = Scalar | list[str] | list[float]
Kind = Literal["actuator", "sensor", "attribute"]
Origin = Literal["vss", "overlay"]
Safety = Literal["comfort", "view", "access", "driving", "never"]
"""What a wrong write endangers: nothing, sight, who gets in or out, driving itself;
``never`` marks what voice must not touch."""

_INTEGER_RANGES = {
    "int8": (-128, 127),
    "uint8": (0, 255),
    "int16": (-32768, 32767),
    "uint16": (0, 65535),
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One leaf of the signal tree as this vehicle has it."""

    path: str
    kind: Kind
    datatype: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[str, ...] = ()
    origin: Origin = "vss"
    zh: str = ""
    en: str = ""
    seat: Seat | None = None
    """The seat this signal belongs to, or None for the whole car."""
    safety: Safety = "comfort"
    levels: int | None = None
    """Number of steps a person counts, where level n stands for ``round(n * 100 / levels)``."""
    step: float | None = None
    """Smallest step, in the signal's unit."""
    initial: Value | None = None

    def check(self, value: object) -> Value:
        """Return ``value`` in the signal's type.

        Raises:
            SignalValueError: wrong type, out of range, or not an allowed value.
        """
        checked = self._typed(value)
        if self.allowed:
            wrong = [item for item in _as_list(checked) if item not in self.allowed]
            if wrong:
                options = ", ".join(self.allowed)
                raise SignalValueError(f"{self.path}: {wrong[0]!r} is not one of {options}")
        if isinstance(checked, (int, float)) and not isinstance(checked, bool):
            self._check_range(checked)
        return checked

    def _typed(self, value: object) -> Value:
        if self.datatype.endswith("[]"):
            items = cast(list[object], value) if isinstance(value, (list, tuple)) else [None]
            typed = [_scalar(self.datatype[:-2], item) for item in items]
            if None not in typed:
                return cast(list[str], typed)
        else:
            scalar = _scalar(self.datatype, value)
            if scalar is not None:
                return scalar
        raise SignalValueError(f"{self.path}: {value!r} is not a {self.datatype}")

    def _check_range(self, value: float) -> None:
        low, high = _INTEGER_RANGES.get(self.datatype, (None, None))
        low = low if self.minimum is None else self.minimum
        high = high if self.maximum is None else self.maximum
        if (
            value != value
            or (low is not None and value < low)
            or (high is not None and value > high)
        ):
            unit = f" {self.unit}" if self.unit else ""
            raise SignalValueError(
                f"{self.path}: {value} is not within {_number(low)} to {_number(high)}{unit}"
            )


def _number(limit: float | None) -> str:
    return "any" if limit is None else f"{limit:.10g}"


def _as_list(value: Value) -> list[Scalar]:
    return list(value) if isinstance(value, list) else [value]


def _scalar(datatype: str, value: object) -> Scalar | None:
    """The value in that type, or None if it is of another."""
    if isinstance(value, bool):
        return value if datatype == "boolean" else None
    if isinstance(value, str):
        return value if datatype == "string" else None
    if isinstance(value, (int, float)):
        if datatype in ("float", "double"):
            return float(value)
        if datatype in _INTEGER_RANGES and float(value).is_integer():
            return int(value)
    return None


def percent_of_level(level: int, levels: int) -> int:
    """The percentage that stands for level ``level`` of ``levels``: 2 of 3 is 67."""
    return round(level * 100 / levels)


def level_of_percent(percent: float, levels: int) -> int:
    """The level nearest to a percentage, with its sign: -67 of 3 is -2."""
    return round(percent * levels / 100)


def default_value(signal: Signal) -> Value:
    """What a signal holds before anybody sets it: off, nothing, or the value nearest to zero."""
    if signal.initial is not None:
        return signal.initial
    if signal.datatype.endswith("[]"):
        return list[str]()
    if signal.datatype == "boolean":
        return False
    if signal.datatype == "string":
        return signal.allowed[0] if signal.allowed else ""
    nearest = max(0.0, signal.minimum or 0.0)
    nearest = min(nearest, signal.maximum) if signal.maximum is not None else nearest
    return signal.check(nearest)
