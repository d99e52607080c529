"""Whether a condition on the car's state holds, and how it is said."""

from collections.abc import Callable, Mapping
from operator import gt, lt

from fujia.cabin.policy import facts
from fujia.understanding.plan import Condition, Language
from fujia.vehicle.signal import Value

State = Mapping[str, Value]

_SWITCHES: dict[str, tuple[Callable[[State], bool], str, str, str, str]] = {
    "rain": (facts.rain, "下雨了", "不下雨了", "it rains", "it does not rain"),
    "dark": (facts.dark, "天黑了", "天亮了", "it is dark", "it is light"),
    "moving": (facts.moving, "车开动了", "车停下了", "the car moves", "the car stands"),
    "parked": (facts.parked, "停好车了", "车不在P挡", "the car is parked", "it is not parked"),
    "window_open": (
        lambda state: any(_is_open_window(path, value) for path, value in state.items()),
        "有车窗开着", "车窗都关上了", "a window is open", "all windows are closed",
    ),
    "charging": (
        lambda state: state.get("Vehicle.Powertrain.TractionBattery.Charging.IsCharging") is True,
        "在充电", "充电停了", "the car charges", "the car does not charge",
    ),
}  # fmt: skip
_MEASURES: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "speed": (("Vehicle.Speed",), "车速", "the speed", "km/h"),
    "outside_temperature": (
        ("Vehicle.Exterior.AirTemperature",), "车外温度", "the outside temperature", "°C",
    ),
    "inside_temperature": (
        ("Vehicle.Cabin.HVAC.AmbientAirTemperature",), "车内温度", "the inside temperature", "°C",
    ),
    "charge": (
        (
            "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed",
            "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current",
            "Vehicle.Powertrain.FuelSystem.RelativeLevel",
        ),
        "电量", "the charge", "%",
    ),
}  # fmt: skip


def holds(condition: Condition, state: State) -> bool | None:
    """Whether the condition is met now; None where this car cannot tell."""
    if condition.fact in _SWITCHES:
        found = _SWITCHES[condition.fact][0](state)
        return not found if condition.comparison == "is_not" else found
    value = _measure(condition, state)
    if value is None or condition.value is None:
        return None
    if condition.comparison in ("above", "below"):
        compare = gt if condition.comparison == "above" else lt
        return compare(value, condition.value)
    return (value == condition.value) == (condition.comparison == "is")


def phrase(condition: Condition, language: Language) -> str:
    """The condition as a clause: 下雨了, it rains, 车速高于80km/h."""
    is_zh = language == "zh"
    if condition.fact in _SWITCHES:
        _, zh, zh_not, en, en_not = _SWITCHES[condition.fact]
        if condition.comparison == "is_not":
            return zh_not if is_zh else en_not
        return zh if is_zh else en
    _, zh, en, unit = _MEASURES[condition.fact]
    unit = "度" if is_zh and unit == "°C" else unit
    words = {"above": ("高于", "above"), "below": ("低于", "below"), "is": ("到", "at")}
    zh_word, en_word = words.get(condition.comparison, ("不是", "not at"))
    value = f"{condition.value or 0:g}"
    return f"{zh}{zh_word}{value}{unit}" if is_zh else f"{en} is {en_word} {value} {unit}"


def _measure(condition: Condition, state: State) -> float | None:
    for path in _MEASURES[condition.fact][0]:
        value = state.get(path)
        if isinstance(value, (int, float)):
            return float(value)
    return None


def _is_open_window(path: str, value: Value) -> bool:
    return path.endswith(".Window.Position") and isinstance(value, (int, float)) and value > 0
