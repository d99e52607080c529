"""Screens: power, brightness, day and night, pages, head-up display."""

from typing import Literal

from fujia.cabin.effects import Thing, adjust, join, put, switch
from fujia.cabin.names import value_of
from fujia.cabin.skill import Effect, Scene, skill
from fujia.cabin.skills.arguments import Much, On, Spoken

_CENTER = "Vehicle.Cabin.Infotainment.HMI."
_PASSENGER = "Vehicle.Cabin.Infotainment.PassengerScreen."
_REAR = "Vehicle.Cabin.Infotainment.RearScreen."
_HUD = "Vehicle.Cabin.HeadUpDisplay."

Screen = Literal["center", "passenger", "rear", "all"]
POWER: dict[str, Thing] = {
    "center": Thing(_CENTER + "IsScreenOn", "中控屏", "centre screen"),
    "passenger": Thing(_PASSENGER + "IsOn", "副驾屏", "passenger screen"),
    "rear": Thing(_REAR + "IsOn", "后排屏", "rear screen"),
}
BRIGHTNESS: dict[str, Thing] = {
    "center": Thing(_CENTER + "Brightness", "中控屏亮度", "centre screen brightness"),
    "passenger": Thing(_PASSENGER + "Brightness", "副驾屏", "passenger screen"),
    "rear": Thing(_REAR + "Brightness", "后排屏", "rear screen"),
}
MODE = Thing(_CENTER + "DayNightMode", "日夜模式", "day and night mode")
PAGE = Thing(_CENTER + "Page", "页面切换", "pages")
HUD_POWER = Thing(_HUD + "IsOn", "抬头显示", "head-up display")
HUD_BRIGHTNESS = Thing(_HUD + "Brightness", "抬头显示", "head-up display")
HUD_HEIGHT = Thing(_HUD + "Height", "抬头显示", "head-up display")
CLUSTER = Thing("Vehicle.Cabin.InstrumentCluster.Brightness", "仪表亮度", "instrument brightness")


@skill("screen.power", zh="打开或关闭屏幕", en="Turn a screen on or off.")
def power(scene: Scene, screen: Screen = "center", on: On = True) -> Effect:
    """The centre screen unless another is named."""
    effects = [switch(scene, thing, on) for thing in _chosen(scene, POWER, screen)]
    return Effect(join(*effects).writes, {"screen": screen, "on": on})


@skill("screen.brightness", zh="设置屏幕亮度", en="Set the brightness of a screen, in percent.")
def brightness(scene: Scene, brightness: Much, screen: Screen = "center") -> Effect:
    """The centre screen unless another is named."""
    things = _chosen(scene, BRIGHTNESS, screen)
    effects = [adjust(scene, thing, "brightness", brightness) for thing in things]
    common = {str(effect.args["brightness"]) for effect in effects}
    args = join(*effects).args if len(common) == 1 else {}
    return Effect(join(*effects).writes, {"screen": screen} | args)


@skill("screen.mode", zh="屏幕白天或夜间模式", en="Set the screens to day or night.")
def mode(scene: Scene, mode: Literal["day", "night"]) -> Effect:
    """Light or dark colours."""
    return put(scene, MODE, mode.upper(), mode=mode)


@skill("screen.page", zh="打开屏幕上的页面", en="Show a page on the centre screen.")
def page(scene: Scene, page: Spoken) -> Effect:
    """By any name for it; a page that has no such name is shown as it was said."""
    return put(scene, PAGE, value_of("page", page) or page, page=page)


@skill("hud.power", zh="打开或关闭抬头显示", en="Turn the head-up display on or off.")
def hud_power(scene: Scene, on: On = True) -> Effect:
    """What is shown on the windscreen."""
    return switch(scene, HUD_POWER, on)


@skill("hud.brightness", zh="设置抬头显示亮度", en="Set the brightness of the head-up display.")
def hud_brightness(scene: Scene, brightness: Much) -> Effect:
    """In percent."""
    return adjust(scene, HUD_BRIGHTNESS, "brightness", brightness)


@skill("hud.height", zh="设置抬头显示高度", en="Set the height of the head-up display.")
def hud_height(scene: Scene, height: Much) -> Effect:
    """In percent; higher is more."""
    return adjust(scene, HUD_HEIGHT, "height", height)


@skill("cluster.brightness", zh="设置仪表亮度", en="Set the brightness of the instruments.")
def cluster_brightness(scene: Scene, brightness: Much) -> Effect:
    """In percent."""
    return adjust(scene, CLUSTER, "brightness", brightness)


def _chosen(scene: Scene, things: dict[str, Thing], screen: str) -> list[Thing]:
    if screen != "all":
        return [things[screen]]
    present = [thing for thing in things.values() if thing.present(scene)]
    return present or [things["center"]]
