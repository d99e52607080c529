import pytest

from fujia.cabin.skill import Effect, OutOfRange, Unavailable
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_STATION = "Vehicle.Cabin.HVAC.Station."
_ON = "Vehicle.Cabin.HVAC.IsOn"


def _writes(effect: object) -> dict[str, Value]:
    assert isinstance(effect, Effect)
    return {write.path: write.value for write in effect.writes}


def test_temperature_is_the_speakers_own_zone() -> None:
    effect = SKILLS["climate.temperature"](scene(seat="rear_right"), {"temperature": "+"})
    assert _writes(effect) == {_STATION + "Row2.Passenger.Temperature": 23.0}
    assert effect.args == {"zone": "rear_right", "temperature": 23}


def test_a_rear_speaker_without_a_zone_of_their_own_means_the_car() -> None:
    rear = scene("generic-ev", seat="rear_left")
    effect = SKILLS["climate.temperature"](rear, {"temperature": 20})
    assert effect.args == {"zone": "all", "temperature": 20}
    assert len(_writes(effect)) == 2


def test_a_temperature_out_of_range_is_refused_with_the_limits() -> None:
    with pytest.raises(OutOfRange, match="16到28度") as caught:
        SKILLS["climate.temperature"](scene(), {"temperature": 35})
    assert (caught.value.low, caught.value.high, caught.value.asked) == (16, 28, 35)


def test_a_change_stops_at_the_limit() -> None:
    effect = SKILLS["climate.temperature"](scene(), {"temperature": "+20"})
    assert effect.args["temperature"] == 28


def test_a_temperature_wakes_the_climate_control() -> None:
    effect = SKILLS["climate.temperature"](scene(state={_ON: False}), {"temperature": 22})
    assert _writes(effect)[_ON] is True


def test_fan_off_wakes_nothing_and_a_bit_less_never_turns_it_off() -> None:
    off = scene(state={_ON: False})
    assert _ON not in _writes(SKILLS["climate.fan"](off, {"level": 0}))
    assert _ON not in _writes(SKILLS["climate.fan"](off, {"level": "-7"}))
    uneven = scene(state={_ON: False, _STATION + "Row1.Driver.FanSpeed": 14})
    assert _ON in _writes(SKILLS["climate.fan"](uneven, {"level": "-2"}))
    low = scene(state={_STATION + "Row1.Driver.FanSpeed": 14})
    effect = SKILLS["climate.fan"](low, {"level": "-", "zone": "driver"})
    assert _writes(effect) == {_STATION + "Row1.Driver.FanSpeed": 14}


def test_power_in_the_rear_is_its_fan() -> None:
    effect = SKILLS["climate.power"](scene(), {"on": False, "zone": "rear"})
    fans = {_STATION + f"Row2.{side}.FanSpeed": 0 for side in ("Driver", "Passenger")}
    assert _writes(effect) == fans
    again = SKILLS["climate.power"](scene(state=fans), {"zone": "rear"})
    assert set(_writes(again).values()) == {40}


@pytest.mark.parametrize(
    ("direction", "first", "second"),
    [("face", "MIDDLE", "NONE"), ("face_feet", "MIDDLE", "DOWN"), ("windshield", "UP", "NONE")],
)
def test_a_combination_uses_the_second_outlet(direction: str, first: str, second: str) -> None:
    args: dict[str, Argument] = {"direction": direction, "zone": "driver"}
    writes = _writes(SKILLS["climate.airflow"](scene(), args))
    assert list(writes.values()) == [first, second]


def test_three_outlets_at_once_are_unavailable() -> None:
    with pytest.raises(Unavailable):
        SKILLS["climate.airflow"](scene(), {"direction": "all"})


def test_maximum_cooling_ends_maximum_heating() -> None:
    writes = _writes(SKILLS["climate.max_cooling"](scene(), {}))
    assert writes["Vehicle.Cabin.HVAC.IsMaxHeatingActive"] is False
    assert writes["Vehicle.Cabin.HVAC.IsMaxCoolingActive"] is True
