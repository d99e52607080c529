import pytest

from fujia.cabin.effects import Thing, adjust, join, put, switch, waking
from fujia.cabin.skill import Effect, Scene, Unavailable
from fujia.understanding.plan import Amount, Language
from fujia.vehicle import Profile, Seat, Signal, Value, Write

_LAMP = "Lamp.{seat}.IsOn"
_LEVEL = "Lamp.{seat}.Level"
_MIRROR = "Mirror.{mirror}.IsFolded"
_PATHS = [f"Lamp.Row1.{side}Side" for side in ("Driver", "Passenger")]
_SIGNALS = [
    *(Signal(path + ".IsOn", "actuator", "boolean", initial=False) for path in _PATHS),
    *(Signal(path + ".Level", "actuator", "uint8", "percent", 0, 100) for path in _PATHS),
    Signal("Mirror.DriverSide.IsFolded", "actuator", "boolean"),
    Signal("Mirror.PassengerSide.IsFolded", "actuator", "boolean"),
    Signal("Mode", "actuator", "string", allowed=("DAY", "NIGHT")),
]
_PROFILE = Profile("two", "双", "two", "electric", "LEFT", {s.path: s for s in _SIGNALS})

LAMP = Thing(_LAMP, "灯", "lamp")
OWN_LAMP = Thing(_LAMP, "灯", "lamp", "seat")
ZONE_LAMP = Thing(_LAMP, "灯", "lamp", "zone")
LEVEL = Thing(_LEVEL, "灯光亮度", "lamp brightness")
MODE = Thing("Mode", "模式", "mode")


def _scene(seat: Seat = "driver", language: Language = "zh", **state: Value) -> Scene:
    named = {key.replace("_", "."): value for key, value in state.items()}
    return Scene(_PROFILE, named, seat, language)


def _paths(effect: Effect) -> list[str]:
    return [write.path for write in effect.writes]


def test_the_whole_car_is_meant_unless_a_zone_is_named() -> None:
    assert len(switch(_scene(), LAMP, True).writes) == 2
    assert switch(_scene(), LAMP, True).args == {"on": True}
    named = switch(_scene(), LAMP, True, "passenger")
    assert _paths(named) == ["Lamp.Row1.PassengerSide.IsOn"]
    assert named.args == {"zone": "passenger", "on": True}


def test_ones_own_seat_is_meant_and_said() -> None:
    effect = switch(_scene("passenger"), OWN_LAMP, True)
    assert _paths(effect) == ["Lamp.Row1.PassengerSide.IsOn"]
    assert effect.args == {"zone": "passenger", "on": True}


def test_without_one_at_the_own_seat_it_is_unavailable_or_the_whole_car() -> None:
    with pytest.raises(Unavailable, match="左后灯"):
        switch(_scene("rear_left"), OWN_LAMP, True)
    assert switch(_scene("rear_left"), ZONE_LAMP, True).args == {"zone": "all", "on": True}


def test_what_is_missing_is_named_in_the_language_of_the_scene() -> None:
    with pytest.raises(Unavailable, match=r"^lamp in the rear$"):
        switch(_scene(language="en"), LAMP, True, "rear")


def test_a_mirror_is_counted_once() -> None:
    assert len(switch(_scene(), Thing(_MIRROR, "镜", "mirror"), True).writes) == 2


def test_a_value_that_the_car_lacks_is_unavailable() -> None:
    assert put(_scene(), MODE, "NIGHT", mode="night").args == {"mode": "night"}
    with pytest.raises(Unavailable, match="模式 disco"):
        put(_scene(), MODE, "DISCO", mode="disco")


def test_amounts_that_end_up_differently_are_left_out_of_the_arguments() -> None:
    scene = Scene(_PROFILE, {"Lamp.Row1.DriverSide.Level": 50}, "driver", "zh")
    effect = adjust(scene, LEVEL, "level", Amount.parse("+"), "front")
    assert [write.value for write in effect.writes] == [60, 10]
    assert effect.args == {"zone": "front"}
    same = adjust(scene, LEVEL, "level", Amount.parse(30), "front")
    assert same.args == {"zone": "front", "level": 30}


def test_joined_effects_write_each_signal_once() -> None:
    first = Effect((Write("A", 1), Write("B", 1)), {"a": 1})
    second = Effect((Write("A", 2),), {"b": 2})
    assert join(first, second) == Effect((Write("A", 2), Write("B", 1)), {"a": 1, "b": 2})


def test_only_what_is_dark_is_woken() -> None:
    scene = Scene(_PROFILE, {"Lamp.Row1.DriverSide.IsOn": True}, "driver", "zh")
    effect = waking(scene, LAMP, Effect((Write("Mode", "DAY"),)))
    assert effect.writes == (Write("Lamp.Row1.PassengerSide.IsOn", True), Write("Mode", "DAY"))
