"""Random cars, speakers and plans for property tests: anything may be asked, in any state."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from hypothesis import strategies as st

import fujia.cabin.skills  # noqa: F401
from fujia.cabin.skill import Effect, Scene, Skill
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Command, Plan
from fujia.vehicle import SEATS, Signal, Value, Write, load_profile

PROFILE = load_profile("i5")
RAW = "test.write"
"""A skill that exists only here: it writes one signal, whatever it is."""

_LIGHTS = "Vehicle.Body.Lights."
_DOORS = [
    f"Vehicle.Cabin.Door.Row{row}.{side}Side." for row in (1, 2) for side in ("Driver", "Passenger")
]
_PORT = "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition."
_PERCENT = st.sampled_from([0, 5, 20, 21, 50, 100])
_AMOUNTS = [
    0,
    1,
    2,
    3,
    10,
    22,
    30,
    50,
    100,
    130,
    200,
    250,
    "max",
    "min",
    "mid",
    "+",
    "-",
    "+2",
    "50%",
]
_TEXTS = ["ECO", "HOME", "red", "#0000FF", "稻香", "14:30"]

STATES: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "Vehicle.Speed": st.sampled_from([0.0, 5.0, 80.0, 101.0, 125.0]),
        "Vehicle.Powertrain.Transmission.SelectedGear": st.sampled_from([126, 127, 0, -1]),
        "Vehicle.Exterior.LightIntensity": st.sampled_from([5.0, 80.0]),
        "Vehicle.Body.Raindetection.Intensity": st.sampled_from([0, 40]),
        _LIGHTS + "LightSwitch": st.sampled_from(["OFF", "POSITION", "AUTO", "BEAM"]),
        _LIGHTS + "Beam.High.IsOn": st.booleans(),
        _LIGHTS + "Fog.Front.IsOn": st.booleans(),
        _LIGHTS + "Fog.Rear.IsOn": st.booleans(),
        "Vehicle.Body.Windshield.Front.Wiping.Mode": st.sampled_from(["OFF", "FAST"]),
        "Vehicle.Cabin.Sunroof.Position": st.sampled_from([-100, 0, 40, 100]),
        "Vehicle.Cabin.Sunroof.Shade.Position": st.sampled_from([0, 50, 100]),
        "Vehicle.Cabin.IsWindowChildLockEngaged": st.booleans(),
        "Vehicle.Cabin.HVAC.IsAirConditioningActive": st.booleans(),
        "Vehicle.Cabin.HVAC.IsZoneSyncActive": st.booleans(),
        "Vehicle.Cabin.Seat.Row1.DriverSide.Position": st.sampled_from([0, 45, 130, 215, 260]),
        "Vehicle.ADAS.ESC.IsEnabled": st.booleans(),
        _PORT + "IsChargingCableConnected": st.booleans(),
        _PORT + "IsFlapOpen": st.booleans(),
        **{door + "Window.Position": _PERCENT for door in _DOORS},
        **{door + "IsLocked": st.booleans() for door in _DOORS},
        **{door + "IsChildLockActive": st.booleans() for door in _DOORS[2:]},
    },
)


def _argument(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    options = schema.get("anyOf", [schema])
    values: list[Any] = []
    for option in options:
        if "enum" in option:
            values += option["enum"]
        elif option.get("type") == "boolean":
            values += [True, False]
        elif option.get("type") in ("number", "integer"):
            values += _AMOUNTS
        elif option.get("type") == "string" and "pattern" not in option:
            values += _TEXTS
        elif option.get("type") == "string":
            values += ["14:30", "max", "WAVE"]
    return st.sampled_from(values or _TEXTS)


def _skill_commands(skill: Skill) -> st.SearchStrategy[Command]:
    schema = skill.arguments.model_json_schema()
    fields = {name: _argument(field) for name, field in schema.get("properties", {}).items()}
    required = {name: fields.pop(name) for name in schema.get("required", ())}
    args = st.fixed_dictionaries(required, optional=fields)
    return args.map(lambda given: Command(skill=skill.name, args=given))


def _values(signal: Signal) -> st.SearchStrategy[Any]:
    if signal.allowed:
        return st.sampled_from(signal.allowed)
    if signal.datatype == "boolean":
        return st.booleans()
    if signal.datatype == "string":
        return st.sampled_from(["", "something"])
    low, high = signal.minimum or 0, 100 if signal.maximum is None else signal.maximum
    kind = float if signal.datatype in ("float", "double") else int
    return st.sampled_from(sorted({kind(low), kind((low + high) / 2), kind(high)}))


def _raw_commands(risky: bool) -> st.SearchStrategy[Command]:
    signals = [
        signal
        for signal in PROFILE.signals.values()
        if signal.kind == "actuator" and not signal.datatype.endswith("[]")
        if not risky or signal.safety != "comfort" or _is_watched(signal.path)
    ]
    pairs = [_values(one).map(lambda value, path=one.path: (path, value)) for one in signals]
    return st.one_of(pairs).map(
        lambda pair: Command(skill=RAW, args={"path": pair[0], "value": pair[1]})
    )


def _is_watched(path: str) -> bool:
    return any(part in path for part in (".Window.", "Sunroof", "Wiping", "Media.Video", "Lights"))


_WRITING = sorted(name for name, skill in SKILLS.items() if skill.kind == "write")
COMMANDS = st.one_of(
    st.sampled_from(_WRITING).flatmap(lambda name: _skill_commands(SKILLS[name])),
    _raw_commands(risky=False),
    _raw_commands(risky=True),
    _raw_commands(risky=True),
)
PLANS = st.lists(COMMANDS, min_size=4, max_size=24).map(lambda some: Plan(commands=tuple(some)))
SPEAKERS = st.sampled_from(SEATS)


@contextmanager
def raw_skill() -> Iterator[None]:
    """Let ``test.write`` be a skill."""

    def write(scene: Scene, path: str, value: bool | int | float | str) -> Effect:
        return Effect((Write(path, cast(Value, value)),))

    SKILLS[RAW] = Skill(RAW, "write", "", "", write)
    try:
        yield
    finally:
        del SKILLS[RAW]
