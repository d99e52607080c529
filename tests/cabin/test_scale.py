import pytest

from fujia.cabin.scale import Scale, pick, shown, write_value
from fujia.cabin.skill import OutOfRange, Scene
from fujia.understanding.plan import Amount
from fujia.vehicle import Profile, Signal, Value

_LEVELS = Signal("S", "actuator", "int8", "percent", -100, 100, levels=3, initial=0)
_DEGREES = Signal("S", "actuator", "float", "Celsius", 16, 28, step=0.5, initial=22.0)
_PERCENT = Signal("S", "actuator", "uint8", "percent", 0, 100, initial=30)
_MILLIMETRES = Signal("S", "actuator", "uint16", "mm", 0, 260, initial=130)
_LIMIT = Signal("S", "actuator", "uint8", "percent", 50, 100, initial=80)


def _scene(signal: Signal, value: Value | None = None) -> Scene:
    profile = Profile("one", "一", "one", "electric", "LEFT", {signal.path: signal})
    state = {} if value is None else {signal.path: value}
    return Scene(profile, state, "driver", "en")


@pytest.mark.parametrize(
    ("signal", "now", "amount", "result"),
    [
        (_LEVELS, 0, 2, 2),
        (_LEVELS, 0, "max", 3),
        (_LEVELS, 0, "min", 1),
        (_LEVELS, 0, "mid", 2),
        (_LEVELS, 0, "50%", 2),
        (_LEVELS, 0, "10%", 1),
        (_LEVELS, 33, "+", 2),
        (_LEVELS, 100, "+", 3),
        (_LEVELS, 33, "-", 1),
        (_LEVELS, 33, "-1", 0),
        (_LEVELS, 0, "-", 0),
        (_LEVELS, -67, "+", 1),
        (_DEGREES, 22.0, "+", 23),
        (_DEGREES, 22.0, "-0.5", 21.5),
        (_DEGREES, 22.0, 22.3, 22.5),
        (_DEGREES, 22.0, "mid", 22),
        (_DEGREES, 27.5, "+", 28),
        (_PERCENT, 30, "+", 40),
        (_PERCENT, 30, "-10%", 20),
        (_PERCENT, 30, "+100", 100),
        (_PERCENT, 30, "min", 0),
        (_PERCENT, 5, "-", 0),
        (_MILLIMETRES, 130, "+", 150),
        (_MILLIMETRES, 130, "50%", 130),
        (_MILLIMETRES, 130, "+10%", 156),
        (_LIMIT, 80, "90%", 90),
        (_LIMIT, 80, "min", 50),
    ],
)
def test_amounts(signal: Signal, now: Value, amount: float | str, result: float) -> None:
    assert pick(_scene(signal, now), signal, Amount.parse(amount)) == pytest.approx(result)


def test_strength_below_zero_is_counted_with_its_sign() -> None:
    scene = _scene(_LEVELS, -67)
    assert pick(scene, _LEVELS, Amount.parse("+"), -1) == 3
    assert write_value(scene, _LEVELS, 3, -1) == -100


def test_without_a_value_the_start_state_counts() -> None:
    assert pick(_scene(_DEGREES), _DEGREES, Amount.parse("+")) == 23


@pytest.mark.parametrize(
    ("signal", "amount", "reason"),
    [
        (_DEGREES, 35, "16 to 28 degrees only"),
        (_LEVELS, 4, "1 to 3 levels only"),
        (_PERCENT, "120%", "0 to 100 % only"),
        (_LIMIT, 20, "50 to 100 % only"),
    ],
)
def test_values_beyond_the_limits_are_refused(
    signal: Signal, amount: float | str, reason: str
) -> None:
    with pytest.raises(OutOfRange, match=reason):
        pick(_scene(signal), signal, Amount.parse(amount))


def test_off_leaves_the_other_thing_on_the_signal_alone() -> None:
    assert write_value(_scene(_LEVELS, -67), _LEVELS, 0) == -67
    assert write_value(_scene(_LEVELS, 67), _LEVELS, 0) == 0


def test_values_are_written_in_the_type_of_the_signal() -> None:
    scene = _scene(_PERCENT)
    assert type(write_value(scene, _PERCENT, 40.0)) is int
    assert type(write_value(scene, _DEGREES, 22)) is float


def test_a_signal_without_limits_counts_from_nought_to_a_hundred() -> None:
    assert Scale.of(Signal("S", "actuator", "uint8")).high == 100


def test_numbers_are_shown_without_a_needless_fraction() -> None:
    assert (shown(22.0), shown(22.5), shown(0.1 + 0.2)) == (22, 22.5, 0.3)
    assert type(shown(22.0)) is int
