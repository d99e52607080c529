"""Everything that opens: windows, shades, sunroof, doors, lids and flaps."""

# ruff: noqa: A002 (the argument is called "open" because people say so)

from typing import Literal

from fujia.cabin.effects import Thing, adjust, put, switch, words
from fujia.cabin.scale import Scale, shown
from fujia.cabin.skill import Effect, OutOfRange, Scene, skill
from fujia.cabin.skills.arguments import Much, On, Open, Where
from fujia.vehicle.car import Write

_DOOR = "Vehicle.Cabin.Door.{door}."
_ROOF = "Vehicle.Cabin.Sunroof."
_PORT = "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition."
WINDOW = Thing(_DOOR + "Window.Position", "车窗", "window", "seat")
WINDOW_LOCK = Thing("Vehicle.Cabin.IsWindowChildLockEngaged", "车窗锁", "window child lock")
SHADE = Thing(_DOOR + "Shade.Position", "侧窗遮阳帘", "door shade")
REAR_SHADE = Thing("Vehicle.Cabin.RearShade.Position", "后风挡遮阳帘", "rear window shade")
ROOF = Thing(_ROOF + "Switch", "可开启天窗", "sunroof that opens")
ROOF_POSITION = Thing(_ROOF + "Position", "可开启天窗", "sunroof that opens")
ROOF_SHADE = Thing(_ROOF + "Shade.Position", "天窗遮阳帘", "sunroof shade")
DOOR = Thing(_DOOR + "IsOpen", "电动车门", "powered door", "seat")
LOCK = Thing(_DOOR + "IsLocked", "中控锁", "central locking")
CHILD_LOCK = Thing(_DOOR + "ChildLockRequest", "儿童锁", "child lock")
TAILGATE = Thing("Vehicle.Body.Trunk.Rear.{}", "电动尾门", "powered tailgate")
FRUNK = Thing("Vehicle.Body.Trunk.Front.{}", "电动前备箱", "powered front boot")
HOOD = Thing("Vehicle.Body.Hood.{}", "电动机舱盖", "powered bonnet")
CHARGING_FLAP = Thing(_PORT + "IsFlapOpen", "充电口盖", "charging flap")
FUEL_FLAP = Thing("Vehicle.Powertrain.FuelSystem.IsFuelPortFlapOpen", "油箱盖", "fuel flap")
GLOVE_BOX = Thing("Vehicle.Cabin.GloveBox.IsOpen", "电动手套箱", "powered glove box")


@skill("window.position", zh="车窗开度，0 关 100 开", en="Open windows: 0 closed, 100 open.")
def window(scene: Scene, position: Much, zone: Where = None) -> Effect:
    """The speaker's own window unless a zone is named."""
    return adjust(scene, WINDOW, "position", position, zone)


@skill("window.child_lock", zh="锁住或解锁后排车窗按键", en="Lock the rear window switches.")
def window_child_lock(scene: Scene, on: On = True) -> Effect:
    """Children in the rear can then not open windows."""
    return switch(scene, WINDOW_LOCK, on)


@skill("shade.position", zh="侧窗遮阳帘开度，0 关 100 开", en="Open door shades, 0 to 100.")
def shade(scene: Scene, position: Much, zone: Where = None) -> Effect:
    """All doors that have one, unless a zone is named."""
    return adjust(scene, SHADE, "position", position, zone)


@skill("rear_shade.position", zh="后风挡遮阳帘开度", en="Open the rear shade: 0 closed, 100 open.")
def rear_shade(scene: Scene, position: Much) -> Effect:
    """The shade of the rear window."""
    return adjust(scene, REAR_SHADE, "position", position)


@skill("sunroof.position", zh="天窗开度，0 关 100 开", en="Open the sunroof: 0 closed, 100 open.")
def sunroof(scene: Scene, position: Much) -> Effect:
    """By its switch, held until the position is reached; raises OutOfRange beyond 0 to 100."""
    (switch_signal,) = ROOF.signals(scene)
    (signal,) = ROOF_POSITION.signals(scene)
    now = float(scene.state.get(signal.path, 0))  # type: ignore[arg-type]
    scale = Scale(0, 100, 0, 1, 10, "percent")
    target = scale.target(max(now, 0), position)
    if not 0 <= target <= 100:
        reason = words(scene, "天窗开度只能设0到100%", "the sunroof goes from 0 to 100 %")
        raise OutOfRange(0, 100, "percent", target, reason)
    goal = shown(scale.snap(target))
    write = _drive_roof(switch_signal.path, signal.path, now, int(goal))
    return Effect((write,), {"position": goal})


@skill("sunroof.tilt", zh="天窗翘起或放下", en="Tilt the sunroof up or down.")
def sunroof_tilt(scene: Scene, on: On = True) -> Effect:
    """Up lets air in at the rear edge; down closes it."""
    (switch_signal,) = ROOF.signals(scene)
    (signal,) = ROOF_POSITION.signals(scene)
    value, goal = ("TILT_UP", -100) if on else ("TILT_DOWN", 0)
    write = Write(switch_signal.path, value, reads=signal.path, expect=goal, release="INACTIVE")
    return Effect((write,), {"on": on})


@skill("sunroof.shade", zh="天窗遮阳帘开度，0 关 100 开", en="Open the roof shade, 0 to 100.")
def sunroof_shade(scene: Scene, position: Much) -> Effect:
    """The powered shade under the glass."""
    return adjust(scene, ROOF_SHADE, "position", position)


@skill("door.open", zh="打开或关闭车门", en="Open or close a door.")
def door(scene: Scene, open: Open = True, zone: Where = None) -> Effect:
    """The speaker's own door unless a zone is named."""
    return put(scene, DOOR, open, zone, open=open)


@skill("door.lock", zh="锁车或解锁", en="Lock or unlock the doors.")
def lock(scene: Scene, on: On = True, zone: Where = None) -> Effect:
    """All doors unless a zone is named."""
    return switch(scene, LOCK, on, zone)


@skill("door.child_lock", zh="打开或关闭儿童锁", en="Turn the child lock of rear doors on or off.")
def child_lock(scene: Scene, on: On = True, zone: Where = None) -> Effect:
    """Asked for by a request, proven by the lock itself."""
    effect = switch(scene, CHILD_LOCK, on, zone)
    proofs = (
        write.path.replace("ChildLockRequest", "IsChildLockActive") for write in effect.writes
    )
    pairs = zip(effect.writes, proofs, strict=True)
    writes = tuple(Write(write.path, on, reads=proof, expect=on) for write, proof in pairs)
    return Effect(writes, effect.args)


@skill("tailgate.position", zh="打开或关闭尾门，或开到某个开度", en="Open or close the tailgate.")
def tailgate(
    scene: Scene,
    open: Open = True,
    position: Much | None = None,
) -> Effect:
    """Fully, or to a position in percent."""
    if position is None:
        return _lid(scene, TAILGATE, open)
    return adjust(scene, _leaf(TAILGATE, "Position"), "position", position)


@skill("frunk.open", zh="打开或关闭前备箱", en="Open or close the front boot.")
def frunk(scene: Scene, open: Open = True) -> Effect:
    """The luggage space under the bonnet of an electric car."""
    return _lid(scene, FRUNK, open)


@skill("hood.open", zh="打开或关闭机舱盖", en="Open or close the bonnet.")
def hood(scene: Scene, open: Open = True) -> Effect:
    """The engine bonnet."""
    return _lid(scene, HOOD, open)


@skill("charging.flap", zh="打开或关闭充电口盖", en="Open or close the charging flap.")
def charging_flap(scene: Scene, open: Open = True) -> Effect:
    """The flap over the charging port."""
    return put(scene, CHARGING_FLAP, open, open=open)


@skill("fuel.flap", zh="打开或关闭油箱盖", en="Open or close the fuel flap.")
def fuel_flap(scene: Scene, open: Open = True) -> Effect:
    """The flap over the filler neck."""
    return put(scene, FUEL_FLAP, open, open=open)


@skill("glove_box.open", zh="打开或关闭手套箱", en="Open or close the glove box.")
def glove_box(scene: Scene, open: Open = True) -> Effect:
    """The box in front of the passenger."""
    return put(scene, GLOVE_BOX, open, open=open)


def _leaf(thing: Thing, leaf: str) -> Thing:
    return Thing(thing.path.format(leaf), thing.zh, thing.en)


def _lid(scene: Scene, thing: Thing, open_it: bool) -> Effect:
    """A lid is open when it stands at the end of its way, not when it has begun to move."""
    effect = put(scene, _leaf(thing, "IsOpen"), open_it, open=open_it)
    position = _leaf(thing, "Position")
    if not position.present(scene):
        return effect
    goal = 100 if open_it else 0
    (write,) = effect.writes
    return Effect((Write(write.path, open_it, reads=position.path, expect=goal),), effect.args)


def _drive_roof(switch_path: str, position: str, now: float, goal: int) -> Write:
    """Let the switch run to an end by itself; hold it and let go anywhere between."""
    value: Literal["ONE_SHOT_OPEN", "ONE_SHOT_CLOSE", "OPEN", "CLOSE", "INACTIVE"]
    if goal == now:
        return Write(switch_path, "INACTIVE", reads=position, expect=goal)
    if goal in (0, 100):
        value = "ONE_SHOT_OPEN" if goal else "ONE_SHOT_CLOSE"
        return Write(switch_path, value, reads=position, expect=goal)
    value = "OPEN" if goal > now else "CLOSE"
    return Write(switch_path, value, reads=position, expect=goal, release="INACTIVE")
