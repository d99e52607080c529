import pytest

from fujia.cabin.skill import Effect, Unavailable
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_LIGHTS = "Vehicle.Body.Lights."
_DOME = "Vehicle.Cabin.Light.IsDomeOn"
_READING = "Vehicle.Cabin.Light.Spotlight.Row2.DriverSide.IsLightOn"
_AMBIENT = "Vehicle.Cabin.Light.AmbientLight."


def _writes(name: str, args: dict[str, Argument], **state: Value) -> dict[str, Value]:
    effect = SKILLS[name](scene(state=state), args)
    assert isinstance(effect, Effect)
    return {write.path: write.value for write in effect.writes}


def test_low_beam_is_proven_by_the_lamp() -> None:
    assert _writes("light.headlights", {"mode": "low_beam"}) == {
        _LIGHTS + "LightSwitch": "BEAM",
        _LIGHTS + "Beam.Low.IsOn": True,
    }


def test_low_beam_dips_the_high_beam() -> None:
    writes = _writes("light.headlights", {"mode": "low_beam"}, **{_LIGHTS + "Beam.High.IsOn": True})
    assert writes[_LIGHTS + "Beam.High.IsOn"] is False


def test_lights_on_while_driving_are_the_headlights() -> None:
    writes = _writes("light.all", {}, **{"Vehicle.Speed": 60.0})
    assert writes[_LIGHTS + "LightSwitch"] == "BEAM"


def test_lights_on_while_parked_or_with_the_low_beam_lit_are_the_dome_light() -> None:
    assert _writes("light.all", {}) == {_DOME: True}
    lit: dict[str, Value] = {"Vehicle.Speed": 60.0, _LIGHTS + "Beam.Low.IsOn": True}
    assert _writes("light.all", {}, **lit) == {_DOME: True}


def test_lights_off_are_those_that_are_on_inside() -> None:
    night: dict[str, Value] = {"Vehicle.Speed": 60.0, "Vehicle.Exterior.LightIntensity": 5.0}
    writes = _writes("light.all", {"on": False}, **night, **{_READING: True})
    assert writes[_READING] is False
    assert not any(path.startswith(_LIGHTS) for path in writes)


def test_lights_off_with_none_inside_are_the_headlights_for_the_policy_to_judge() -> None:
    night: dict[str, Value] = {"Vehicle.Speed": 60.0, "Vehicle.Exterior.LightIntensity": 5.0}
    assert _writes("light.all", {"on": False}, **night) == {_LIGHTS + "LightSwitch": "OFF"}


def test_a_reading_light_is_the_speakers_own() -> None:
    effect = SKILLS["light.reading"](scene(seat="rear_left"), {"brightness": 30})
    assert isinstance(effect, Effect)
    assert {write.path for write in effect.writes} == {
        _READING, _READING.replace("IsLightOn", "Intensity"),
    }  # fmt: skip


@pytest.mark.parametrize("colour", ["#60b0ff", "Ice Blue", "冰蓝"])
def test_a_colour_has_names_and_a_code_and_lights_up(colour: str) -> None:
    writes = _writes("light.ambient_color", {"color": colour, "zone": "driver"})
    assert writes == {
        _AMBIENT + "Row1.DriverSide.IsLightOn": True,
        _AMBIENT + "Row1.DriverSide.Color": "#60B0FF",
    }


def test_a_colour_nobody_knows_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="彩虹"):
        _writes("light.ambient_color", {"color": "彩虹"})
