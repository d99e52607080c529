"""From an amount to a value: what "a bit", "max", "50%" and "+2" mean on one signal."""

from dataclasses import dataclass
from typing import Literal

from fujia.cabin.skill import OutOfRange, Scene
from fujia.understanding.plan import Amount
from fujia.vehicle.signal import Signal, Value, level_of_percent, percent_of_level

_A_BIT = {"Celsius": 1.0, "mm": 20.0, "degrees": 5.0, "km/h": 5.0}
_A_BIT_OF_THE_REST = 10.0
_UNITS = {
    "Celsius": ("度", "degrees"),
    "percent": ("%", "%"),
    "level": ("档", "levels"),
    "degrees": ("度", "degrees"),
    "mm": ("毫米", "mm"),
    "km/h": ("公里每小时", "km/h"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How people count on one signal: in levels where it has them, in its own unit elsewhere."""

    low: float
    high: float
    floor: float
    """What "min" means: the lowest value that is still on."""
    step: float
    bit: float
    unit: str

    @classmethod
    def of(cls, signal: Signal) -> "Scale":
        """The scale of a signal; a range that is not given is taken as 0 to 100."""
        if signal.levels:
            return cls(0, signal.levels, 1, 1, 1, "level")
        low = 0.0 if signal.minimum is None else signal.minimum
        high = 100.0 if signal.maximum is None else signal.maximum
        whole = signal.datatype not in ("float", "double")
        step = signal.step or (1.0 if whole else 0.1)
        bit = max(step, _A_BIT.get(signal.unit or "", _A_BIT_OF_THE_REST))
        return cls(low, high, low, step, bit, signal.unit or "")

    def target(self, current: float, amount: Amount) -> float:
        """Where an amount leads from ``current``; not yet snapped, and not yet checked."""
        span = self.high - self.low
        if amount.kind == "end":
            ends = {"max": self.high, "min": self.floor, "mid": (self.floor + self.high) / 2}
            return ends[amount.end or "mid"]
        number = amount.number
        # 80 % of a charge limit that goes from 50 to 100 is 80, but 50 % of three levels is half.
        is_share = amount.percent and self.unit != "percent"
        if number is not None and is_share:
            number = number * span / 100
        if amount.kind == "value":
            wanted = number or 0.0
            return self.low + wanted if is_share else wanted
        change = amount.sign * self.bit if number is None else number
        # "A bit less" never turns a thing off; "one level less" may.
        lowest = self.floor if number is None and current >= self.floor else self.low
        return min(self.high, max(lowest, current + change))

    def snap(self, value: float) -> float:
        """The nearest value that the thing can take; a little is never nothing."""
        steps = round((value - self.low) / self.step)
        snapped = min(self.high, self.low + steps * self.step)
        return max(snapped, self.floor) if value > self.low else snapped


def pick(
    scene: Scene,
    signal: Signal,
    amount: Amount,
    sign: Literal[1, -1] = 1,
) -> float:
    """The value that an amount means on a signal now, counted in levels where it has them.

    Raises:
        OutOfRange: a value beyond the limits. A change stops at them instead.
    """
    scale = Scale.of(signal)
    target = scale.target(_current(scene, signal, sign), amount)
    if not scale.low <= target <= scale.high:
        zh, en = _UNITS.get(scale.unit, (scale.unit, scale.unit))
        low, high = f"{scale.floor:g}", f"{scale.high:g}"
        english = f"{low} to {high} {en}".rstrip() + " only"
        reason = f"只能设{low}到{high}{zh}" if scene.language == "zh" else english
        raise OutOfRange(scale.floor, scale.high, scale.unit, target, reason)
    return scale.snap(target)


def write_value(scene: Scene, signal: Signal, target: float, sign: Literal[1, -1] = 1) -> Value:
    """``target`` as it is written: a percentage where the signal has levels, in its own type.

    Switching off what is off already leaves the other thing on the same signal alone: a seat that
    ventilates goes on when its heating is turned off.
    """
    now = scene.state.get(signal.path)
    if signal.levels and target == 0 and isinstance(now, int) and sign * now < 0:
        return now
    value = sign * percent_of_level(round(target), signal.levels) if signal.levels else target
    return float(value) if signal.datatype in ("float", "double") else round(value)


def shown(number: float) -> int | float:
    """A number without a needless ``.0``, and without the dust of floating point."""
    return int(number) if number == int(number) else round(number, 3)


def _current(scene: Scene, signal: Signal, sign: Literal[1, -1]) -> float:
    value = scene.state.get(signal.path, signal.initial)
    number = float(value) if isinstance(value, (int, float)) else 0.0
    if signal.levels:
        # Below zero is the other thing on the same signal: for heating, ventilation is "off".
        return max(0, sign * level_of_percent(number, signal.levels))
    return number
