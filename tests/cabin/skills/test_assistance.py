from fujia.cabin.skill import Effect
from fujia.cabin.skills import SKILLS
from tests.cabin.skills.examples import scene

_CRUISE = "Vehicle.ADAS.CruiseControl."


def test_cruise_with_a_speed_is_armed_active_and_set() -> None:
    effect = SKILLS["adas.cruise"](scene(), {"speed": 100})
    assert isinstance(effect, Effect)
    assert {write.path: write.value for write in effect.writes} == {
        _CRUISE + "IsEnabled": True,
        _CRUISE + "IsActive": True,
        _CRUISE + "SpeedSet": 100.0,
    }
    assert effect.args == {"on": True, "speed": 100}


def test_a_bit_faster_is_five_kilometres_an_hour() -> None:
    effect = SKILLS["adas.cruise"](scene(state={_CRUISE + "SpeedSet": 80.0}), {"speed": "+"})
    assert effect.args["speed"] == 85
