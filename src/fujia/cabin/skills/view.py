"""What keeps the view clear: wipers, washers, heated glass, mirrors."""

from typing import Literal

from fujia.cabin.effects import Thing, adjust, put, switch
from fujia.cabin.scale import Scale, shown
from fujia.cabin.skill import Effect, OutOfRange, Scene, skill
from fujia.cabin.skills.arguments import Much, On
from fujia.understanding.plan import Amount

_FRONT = "Vehicle.Body.Windshield.Front."
_REAR = "Vehicle.Body.Windshield.Rear."
_MIRROR = "Vehicle.Body.Mirrors.{mirror}."
WIPER = Thing(_FRONT + "Wiping.Mode", "雨刮", "wipers")
REAR_WIPER = Thing(_REAR + "Wiping.Mode", "后雨刮", "rear wiper")
WASHER = Thing(_FRONT + "IsWashing", "喷水清洗", "windscreen washer")
REAR_WASHER = Thing(_REAR + "IsWashing", "后窗喷水清洗", "rear window washer")
WINDSCREEN = Thing(_FRONT + "IsHeatingOn", "前挡加热", "heated windscreen")
FOLD = Thing(_MIRROR + "IsFolded", "电动折叠后视镜", "folding mirrors")
MIRROR_HEATING = Thing(_MIRROR + "IsHeatingOn", "后视镜加热", "heated mirrors")
PAN = Thing(_MIRROR + "Pan", "后视镜调节", "mirror adjustment")
TILT = Thing(_MIRROR + "Tilt", "后视镜调节", "mirror adjustment")
DIMMING = Thing("Vehicle.Cabin.RearviewMirror.DimmingLevel", "内后视镜防眩目", "mirror dimming")

_MODES = {"auto": "RAIN_SENSOR"}
_SPEEDS = ("OFF", "SLOW", "MEDIUM", "FAST")
_SPEED_SCALE = Scale(low=0, high=3, floor=1, step=1, bit=1, unit="level")


@skill("wiper.mode", zh="雨刮：关、慢、中、快、间歇、自动", en="Set the wipers.")
def wiper(
    scene: Scene, mode: Literal["off", "slow", "medium", "fast", "interval", "auto"]
) -> Effect:
    """The wipers of the windscreen."""
    return put(scene, WIPER, _MODES.get(mode, mode.upper()), mode=mode)


@skill("wiper.speed", zh="雨刮速度 1 到 3 档，可快一点慢一点", en="Wipe faster or slower, 1 to 3.")
def wiper_speed(scene: Scene, speed: Much) -> Effect:
    """Interval and automatic wiping count as the slowest speed; raises OutOfRange above three."""
    (signal,) = WIPER.signals(scene)
    now = str(scene.state.get(signal.path, "OFF"))
    target = _SPEED_SCALE.target(_SPEEDS.index(now) if now in _SPEEDS else 1, speed)
    if not 0 <= target <= 3:
        raise OutOfRange(1, 3, "level", target)
    level = int(_SPEED_SCALE.snap(target))
    return put(scene, WIPER, _SPEEDS[level], speed=level)


@skill("wiper.rear", zh="打开或关闭后雨刮", en="Turn the rear wiper on or off.")
def rear_wiper(scene: Scene, on: On = True) -> Effect:
    """At its slow speed."""
    return put(scene, REAR_WIPER, "SLOW" if on else "OFF", on=on)


@skill("washer.front", zh="前挡喷玻璃水", en="Wash the windscreen.")
def washer(scene: Scene) -> Effect:
    """Once; it stops by itself."""
    return put(scene, WASHER, True)


@skill("washer.rear", zh="后窗喷玻璃水", en="Wash the rear window.")
def rear_washer(scene: Scene) -> Effect:
    """Once; it stops by itself."""
    return put(scene, REAR_WASHER, True)


@skill("windshield.heating", zh="打开或关闭前挡加热", en="Heat the windscreen.")
def windscreen_heating(scene: Scene, on: On = True) -> Effect:
    """Wires in the glass; the defroster blows instead."""
    return switch(scene, WINDSCREEN, on)


@skill("mirror.fold", zh="折叠或展开后视镜", en="Fold the mirrors in or out.")
def mirror_fold(scene: Scene, on: On = True) -> Effect:
    """Both sides; on is folded."""
    return switch(scene, FOLD, on)


@skill("mirror.heating", zh="打开或关闭后视镜加热", en="Heat the mirrors.")
def mirror_heating(scene: Scene, on: On = True) -> Effect:
    """Both sides."""
    return switch(scene, MIRROR_HEATING, on)


@skill("mirror.adjust", zh="调节外后视镜角度", en="Turn a mirror up, down, left or right.")
def mirror_adjust(
    scene: Scene,
    direction: Literal["up", "down", "left", "right"],
    side: Literal["driver", "passenger"] = "driver",
    amount: Much | None = None,
) -> Effect:
    """By percent of its way, 10 unless said; right and up are more."""
    points = abs(amount.number) if amount and amount.number else 10.0
    way = "max" if direction in ("up", "right") else "min"
    change = Amount("change", points if way == "max" else -points, end=way)
    thing = TILT if direction in ("up", "down") else PAN
    moved = adjust(scene, thing, "position", change, side)
    return Effect(moved.writes, {"side": side, "direction": direction, "amount": shown(points)})


@skill("rearview_mirror.dimming", zh="内后视镜防眩目", en="Dim the interior mirror.")
def dimming(scene: Scene, on: On = True) -> Effect:
    """Fully or not at all."""
    return put(scene, DIMMING, 100 if on else 0, on=on)
