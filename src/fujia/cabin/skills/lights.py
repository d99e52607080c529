"""Light: outside, for reading, and for the mood."""

import re
from typing import Literal

from fujia.cabin.effects import Thing, adjust, join, put, switch, waking, words
from fujia.cabin.names import value_of
from fujia.cabin.skill import AskBack, Effect, Scene, Unavailable, skill
from fujia.cabin.skills.arguments import Maybe, Much, On, Where

_OUT = "Vehicle.Body.Lights."
_IN = "Vehicle.Cabin.Light."
_MOOD = _IN + "AmbientLight.{seat}."
SWITCH = Thing(_OUT + "LightSwitch", "大灯", "headlights")
LOW_BEAM = Thing(_OUT + "Beam.Low.IsOn", "近光灯", "low beam")
HIGH_BEAM = Thing(_OUT + "Beam.High.IsOn", "远光灯", "high beam")
FRONT_FOG = Thing(_OUT + "Fog.Front.IsOn", "前雾灯", "front fog lights")
REAR_FOG = Thing(_OUT + "Fog.Rear.IsOn", "后雾灯", "rear fog light")
HAZARD = Thing(_OUT + "Hazard.IsSignaling", "双闪", "hazard lights")
LEFT = Thing(_OUT + "DirectionIndicator.Left.IsSignaling", "左转向灯", "left indicator")
RIGHT = Thing(_OUT + "DirectionIndicator.Right.IsSignaling", "右转向灯", "right indicator")
WELCOME = Thing(_OUT + "IsWelcomeLightActive", "迎宾灯", "welcome light")
READING = Thing(_IN + "Spotlight.{seat}.IsLightOn", "阅读灯", "reading light", "seat")
READING_LEVEL = Thing(_IN + "Spotlight.{seat}.Intensity", "阅读灯亮度", "reading light", "seat")
DOME = Thing(_IN + "IsDomeOn", "顶灯", "dome light")
AMBIENT = Thing(_MOOD + "IsLightOn", "氛围灯", "ambient light")
AMBIENT_LEVEL = Thing(_MOOD + "Intensity", "氛围灯亮度", "ambient light brightness")
AMBIENT_COLOUR = Thing(_MOOD + "Color", "氛围灯颜色", "ambient light colour")
AMBIENT_MODE = Thing(_IN + "AmbientLight.Mode", "氛围灯模式", "ambient light mode")

HeadlightMode = Literal["off", "position", "daytime", "auto", "low_beam"]
_SWITCH: dict[str, str] = {
    "off": "OFF",
    "position": "POSITION",
    "daytime": "DAYTIME_RUNNING_LIGHTS",
    "auto": "AUTO",
    "low_beam": "BEAM",
}
_HEX = re.compile(r"^#[0-9A-Fa-f]{6}$")


@skill("light.headlights", zh="大灯：关、示廓灯、日行灯、自动、近光", en="Set the headlights.")
def headlights(scene: Scene, mode: HeadlightMode) -> Effect:
    """Low beam also ends the high beam, and is proven by the lamp itself."""
    effect = put(scene, SWITCH, _SWITCH[mode], mode=mode)
    if mode != "low_beam":
        return effect
    dipped = switch(scene, HIGH_BEAM, False) if _is_on(scene, HIGH_BEAM) else Effect(())
    return Effect((*effect.writes, *_lit(scene, LOW_BEAM).writes, *dipped.writes), effect.args)


@skill("light.high_beam", zh="打开或关闭远光灯", en="Turn the high beam on or off.")
def high_beam(scene: Scene, on: On = True) -> Effect:
    """Off dips to the low beam."""
    return switch(scene, HIGH_BEAM, on)


@skill("light.front_fog", zh="打开或关闭前雾灯", en="Turn the front fog lights on or off.")
def front_fog(scene: Scene, on: On = True) -> Effect:
    """Which lights go with it is the policy's to say."""
    return switch(scene, FRONT_FOG, on)


@skill("light.rear_fog", zh="打开或关闭后雾灯", en="Turn the rear fog light on or off.")
def rear_fog(scene: Scene, on: On = True) -> Effect:
    """Which lights go with it is the policy's to say."""
    return switch(scene, REAR_FOG, on)


@skill("light.hazard", zh="打开或关闭双闪", en="Turn the hazard lights on or off.")
def hazard(scene: Scene, on: On = True) -> Effect:
    """All indicators at once."""
    return switch(scene, HAZARD, on)


@skill("light.turn_signal", zh="转向灯", en="Signal a turn.")
def turn_signal(scene: Scene, side: Literal["left", "right"] = "left", on: On = True) -> Effect:
    """Understood, so that the policy can say why voice does not do it."""
    return put(scene, LEFT if side == "left" else RIGHT, on, side=side, on=on)


@skill("light.welcome", zh="打开或关闭迎宾灯", en="Turn the welcome light on or off.")
def welcome(scene: Scene, on: On = True) -> Effect:
    """The light carpet when somebody comes near."""
    return switch(scene, WELCOME, on)


@skill("light.reading", zh="阅读灯的开关和亮度", en="Turn a reading light on or off, or dim it.")
def reading(
    scene: Scene, on: On = True, brightness: Much | None = None, zone: Where = None
) -> Effect:
    """The speaker's own unless a zone is named."""
    effect = switch(scene, READING, on, zone)
    if brightness is None:
        return effect
    return join(effect, adjust(scene, READING_LEVEL, "brightness", brightness, zone))


@skill("light.dome", zh="打开或关闭顶灯", en="Turn the dome light on or off.")
def dome(scene: Scene, on: On = True) -> Effect:
    """The light in the middle of the roof."""
    return switch(scene, DOME, on)


@skill("light.ambient", zh="打开或关闭氛围灯", en="Turn the ambient light on or off.")
def ambient(scene: Scene, on: On = True, zone: Where = None) -> Effect:
    """The whole car unless a zone is named."""
    return switch(scene, AMBIENT, on, zone)


@skill("light.ambient_color", zh="设置氛围灯颜色", en="Set the colour of the ambient light.")
def ambient_color(scene: Scene, color: Maybe = None, zone: Where = None) -> Effect:
    """A name or ``#RRGGBB``; raises Unavailable for a name that is no colour we know."""
    AMBIENT_COLOUR.signals(scene, zone)
    if color is None:
        raise AskBack(words(scene, "要什么颜色？", "Which colour?"))
    value = color.upper() if _HEX.match(color) else value_of("colour", color)
    if value is None:
        raise Unavailable(f"{AMBIENT_COLOUR.name(scene)} {color}")
    return waking(scene, AMBIENT, put(scene, AMBIENT_COLOUR, value, zone, color=color), zone)


@skill("light.ambient_brightness", zh="设置氛围灯亮度", en="Dim or brighten the ambient light.")
def ambient_brightness(scene: Scene, brightness: Much, zone: Where = None) -> Effect:
    """In percent; a brightness means the light on."""
    effect = adjust(scene, AMBIENT_LEVEL, "brightness", brightness, zone)
    return waking(scene, AMBIENT, effect, zone)


@skill("light.ambient_mode", zh="设置氛围灯模式", en="Set the mode of the ambient light.")
def ambient_mode(scene: Scene, mode: Literal["static", "breathing", "music", "drive"]) -> Effect:
    """Still, breathing, with the music, or with the drive mode."""
    return waking(scene, AMBIENT, put(scene, AMBIENT_MODE, mode.upper(), mode=mode))


@skill("light.all", zh="没有说是哪个灯时的开灯或关灯", en="Lights on or off, where none is named.")
def all_lights(scene: Scene, on: On = True) -> Effect:
    """On the road the headlights, unless that is done already or a cabin light is on."""
    lamps = [thing for thing in (DOME, READING) if thing.present(scene, "all")]
    lit = [thing for thing in lamps if _is_on(scene, thing)]
    if scene.state.get("Vehicle.IsMoving") and _is_on(scene, LOW_BEAM) != on and not lit:
        return Effect(headlights(scene, "low_beam" if on else "off").writes, {"on": on})
    if on or not lit:
        return switch(scene, DOME if DOME in lamps or not lamps else READING, on)
    writes = [write for thing in lit for write in switch(scene, thing, False, "all").writes]
    return Effect(tuple(writes), {"on": on})


def _is_on(scene: Scene, thing: Thing) -> bool:
    return any(scene.state.get(path) is True for path in scene.profile.paths(thing.path))


def _lit(scene: Scene, thing: Thing) -> Effect:
    return switch(scene, thing, True) if thing.present(scene) else Effect(())
