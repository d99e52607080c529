import pytest

from fujia.cabin.skill import AskBack, Effect, OutOfRange, Unavailable
from fujia.cabin.skills import SKILLS
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_SEAT = "Vehicle.Cabin.Seat.Row1.DriverSide."
_HEATING = _SEAT + "HeatingCooling"
_OTHER = "Vehicle.Cabin.Seat.Row1.PassengerSide.HeatingCooling"


def _values(effect: object) -> list[Value]:
    assert isinstance(effect, Effect)
    return [write.value for write in effect.writes]


def test_heating_without_a_level_starts_at_one_and_keeps_what_is_on() -> None:
    started = SKILLS["seat.heating"](scene(), {})
    assert _values(started) == [33]
    assert started.args == {"zone": "driver", "level": 1}
    kept = SKILLS["seat.heating"](scene(state={_HEATING: 100}), {})
    assert _values(kept) == [100]
    assert kept.args == {"zone": "driver", "level": 3}


def test_a_group_that_ends_up_differently_names_no_level() -> None:
    effect = SKILLS["seat.heating"](scene(state={_HEATING: 67}), {"zone": "front"})
    assert _values(effect) == [67, 33]
    assert effect.args == {"zone": "front"}


def test_ventilation_counts_below_zero() -> None:
    assert _values(SKILLS["seat.ventilation"](scene(), {"level": 2})) == [-67]
    assert _values(SKILLS["seat.ventilation"](scene(state={_HEATING: -33}), {"level": "+"})) == [
        -67
    ]


def test_heating_off_leaves_ventilation_alone() -> None:
    ventilated = scene(state={_HEATING: -67})
    assert _values(SKILLS["seat.heating"](ventilated, {"level": 0})) == [-67]
    assert _values(SKILLS["seat.ventilation"](ventilated, {"level": 0})) == [0]


def test_one_level_less_may_turn_it_off_but_a_bit_less_may_not() -> None:
    warm = scene(state={_HEATING: 33})
    assert _values(SKILLS["seat.heating"](warm, {"level": "-1"})) == [0]
    assert _values(SKILLS["seat.heating"](warm, {"level": "-"})) == [33]


def test_all_means_all_there_are() -> None:
    effect = SKILLS["seat.ventilation"](scene("x3-lwb"), {"zone": "all", "level": 1})
    assert _values(effect) == [-33, -33]


def test_a_seat_without_it_is_named() -> None:
    with pytest.raises(Unavailable, match="后排座椅通风"):
        SKILLS["seat.ventilation"](scene("x3-lwb"), {"zone": "rear"})
    with pytest.raises(Unavailable, match="左后座椅加热"):
        SKILLS["seat.heating"](scene("generic-ev", seat="rear_left"), {})


def test_a_fourth_level_is_out_of_range() -> None:
    with pytest.raises(OutOfRange, match="1到3档"):
        SKILLS["seat.heating"](scene(), {"level": 4})


def test_a_massage_mode_means_the_massage_on() -> None:
    effect = SKILLS["seat.massage"](scene(), {"mode": "full body"})
    assert _values(effect) == ["FULL_BODY", 33]
    assert effect.args == {"zone": "driver", "mode": "FULL_BODY", "level": 1}


def test_a_bit_of_a_position_is_two_centimetres_and_of_an_angle_five_degrees() -> None:
    assert _values(SKILLS["seat.position"](scene(), {"position": "-"})) == [110]
    assert _values(SKILLS["seat.recline"](scene(), {"angle": "+"})) == [15.0]


def test_a_memory_slot_that_is_not_there_is_out_of_range() -> None:
    with pytest.raises(OutOfRange):
        SKILLS["seat.memory"](scene(), {"slot": 7})


def test_a_steering_wheel_without_a_direction_asks_back() -> None:
    with pytest.raises(AskBack):
        SKILLS["steering_wheel.position"](scene(), {})


def test_another_seat_is_left_alone() -> None:
    effect = SKILLS["seat.heating"](scene(), {"zone": "driver", "level": 1})
    assert isinstance(effect, Effect)
    assert _OTHER not in {write.path for write in effect.writes}
