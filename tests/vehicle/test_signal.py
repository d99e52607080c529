from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.errors import SignalValueError
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.signal import (
    Kind,
    Signal,
    Value,
    default_value,
    level_of_percent,
    percent_of_level,
)

HEATING = Signal("Vehicle.Heating", "actuator", "int8", "percent", -100, 100, levels=3)


@pytest.mark.parametrize(
    ("datatype", "given_value", "typed"),
    [
        ("boolean", True, True),
        ("uint8", 5, 5),
        ("uint8", 5.0, 5),
        ("int8", -5, -5),
        ("float", 22, 22.0),
        ("double", 0.5, 0.5),
        ("string", "AUTO", "AUTO"),
        ("string[]", ["a", "b"], ["a", "b"]),
        ("string[]", ("a",), ["a"]),
        ("float[]", [1, 2.5], [1.0, 2.5]),
        ("uint8[]", [2, 3], [2, 3]),
    ],
)
def test_check_returns_the_signal_s_type(datatype: str, given_value: object, typed: Value) -> None:
    checked = Signal("Vehicle.X", "actuator", datatype).check(given_value)
    assert checked == typed
    assert type(checked) is type(typed)


@pytest.mark.parametrize(
    ("datatype", "wrong"),
    [
        ("boolean", 1),
        ("boolean", "true"),
        ("uint8", True),
        ("uint8", 0.5),
        ("uint8", "5"),
        ("uint8", 256),
        ("uint8", -1),
        ("int16", 40000),
        ("float", "22"),
        ("float", None),
        ("float", [1.0]),
        ("uint8", float("inf")),
        ("uint8", float("nan")),
        ("string", 5),
        ("string[]", "abc"),
        ("string[]", ["a", 1]),
        ("uint8[]", [300.5]),
    ],
)
def test_check_refuses_another_type(datatype: str, wrong: object) -> None:
    with pytest.raises(SignalValueError, match=r"Vehicle\.X"):
        Signal("Vehicle.X", "actuator", datatype).check(wrong)


def test_check_refuses_what_is_out_of_range_and_says_the_range() -> None:
    temperature = Signal("Vehicle.T", "actuator", "float", "Celsius", 16, 28)
    assert temperature.check(16) == 16.0
    with pytest.raises(SignalValueError, match=r"28\.5 is not within 16 to 28 Celsius"):
        temperature.check(28.5)
    with pytest.raises(SignalValueError):
        temperature.check(float("nan"))


def test_check_refuses_what_is_not_allowed_and_says_what_is() -> None:
    switch = Signal("Vehicle.S", "actuator", "string", allowed=("OFF", "ON"))
    with pytest.raises(SignalValueError, match="'AUTO' is not one of OFF, ON"):
        switch.check("AUTO")
    several = Signal("Vehicle.S", "attribute", "string[]", allowed=("E5", "E10"))
    with pytest.raises(SignalValueError, match="'B7'"):
        several.check(["E5", "B7"])


@settings(deadline=None, derandomize=True)
@given(st.sampled_from(sorted(vss_6())), st.data())
def test_a_checked_value_checks_to_itself(path: str, data: st.DataObject) -> None:
    signal = vss_6()[path]
    values = st.one_of(
        st.booleans(), st.integers(-1000, 1000), st.floats(), st.text(max_size=3),
        st.sampled_from(signal.allowed or ("",)), st.lists(st.text(max_size=3), max_size=3),
    )  # fmt: skip
    try:
        checked = signal.check(data.draw(values))
    except SignalValueError:
        return
    assert signal.check(checked) == checked


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_vss_signal_has_a_default_that_it_may_have(kind: str) -> None:
    signals = [signal for signal in vss_6().values() if signal.kind == kind]
    for signal in signals:
        assert signal.check(default_value(signal)) == default_value(signal), signal.path
    assert signals


def test_the_default_is_the_initial_value_or_nearest_to_zero() -> None:
    assert default_value(Signal("Vehicle.T", "actuator", "uint8", minimum=5)) == 5
    assert default_value(Signal("Vehicle.T", "actuator", "int8", maximum=-5)) == -5
    assert default_value(Signal("Vehicle.T", "actuator", "uint8", initial=7)) == 7
    assert default_value(Signal("Vehicle.T", "actuator", "string", allowed=("A", "B"))) == "A"


def test_levels_in_percent() -> None:
    assert [percent_of_level(level, 3) for level in range(-3, 4)] == [
        -100, -67, -33, 0, 33, 67, 100,
    ]  # fmt: skip
    assert [percent_of_level(level, 7) for level in range(8)] == [0, 14, 29, 43, 57, 71, 86, 100]
    assert level_of_percent(40, 7) == 3


@settings(deadline=None, derandomize=True)
@given(st.integers(1, 20), st.data())
def test_levels_survive_the_way_to_percent_and_back(levels: int, data: st.DataObject) -> None:
    level = data.draw(st.integers(-levels, levels))
    percent = percent_of_level(level, levels)
    assert level_of_percent(percent, levels) == level
    assert HEATING.check(percent) == percent
