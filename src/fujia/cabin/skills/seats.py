"""Seats and the steering wheel: warmth, massage, position, memory."""

from typing import Annotated, Literal

from pydantic import Field

from fujia.cabin.effects import Thing, adjust, join, put, words
from fujia.cabin.names import value_of
from fujia.cabin.scale import pick
from fujia.cabin.skill import AskBack, Effect, Scene, skill
from fujia.cabin.skills.arguments import FIRST, Maybe, Much, Where
from fujia.understanding.plan import Amount, Argument
from fujia.vehicle.zone import Zone

_SEAT = "Vehicle.Cabin.Seat.{seat}."
_WHEEL = "Vehicle.Chassis.SteeringWheel."


def _seat(leaf: str, zh: str, en: str) -> Thing:
    return Thing(_SEAT + leaf, zh, en, "seat")


HEATING = _seat("HeatingCooling", "座椅加热", "seat heating")
VENTILATION = Thing(_SEAT + "HeatingCooling", "座椅通风", "seat ventilation", "seat", sign=-1)
MASSAGE = _seat("Massage.Level", "座椅按摩", "seat massage")
MASSAGE_MODE = _seat("Massage.TypeActive", "按摩模式", "massage mode")
POSITION = _seat("Position", "座椅前后调节", "seat position")
HEIGHT = _seat("Height", "座椅高度调节", "seat height")
RECLINE = _seat("Backrest.Recline", "靠背角度调节", "backrest angle")
LUMBAR = _seat("Backrest.LumbarSupport", "腰部支撑", "lumbar support")
BOLSTER = _seat("Backrest.SideBolsterSupport", "侧翼支撑", "side bolsters")
HEADREST = _seat("Headrest.Height", "头枕高度调节", "headrest height")
LEG_REST = _seat("LegRest.Position", "腿托", "leg rest")
CUSHION = _seat("Seating.Length", "坐垫长度调节", "cushion length")
RECALL = _seat("MemorySlot", "座椅记忆", "seat memory")
SAVE = _seat("MemorySave", "座椅记忆", "seat memory")
WHEEL_HEATING = Thing(_WHEEL + "HeatingCooling", "方向盘加热", "steering-wheel heating")
WHEEL_TILT = Thing(_WHEEL + "Tilt", "方向盘高度调节", "steering-wheel tilt")
WHEEL_EXTENSION = Thing(_WHEEL + "Extension", "方向盘伸缩调节", "steering-wheel extension")


@skill("seat.heating", zh="座椅加热档位，0 为关", en="Set the seat heating; 0 is off.")
def heating(scene: Scene, level: Much | None = None, zone: Where = None) -> Effect:
    """Without a level: on, at level one where it is off."""
    return _strength(scene, HEATING, level, zone)


@skill("seat.ventilation", zh="座椅通风档位，0 为关", en="Set the seat ventilation; 0 is off.")
def ventilation(scene: Scene, level: Much | None = None, zone: Where = None) -> Effect:
    """Without a level: on, at level one where it is off."""
    return _strength(scene, VENTILATION, level, zone)


@skill("seat.massage", zh="座椅按摩的档位和模式", en="Set the level and mode of seat massage.")
def massage(
    scene: Scene,
    level: Much | None = None,
    mode: Maybe = None,
    zone: Where = None,
) -> Effect:
    """A mode alone means the massage on; level 0 is off."""
    effect = _strength(scene, MASSAGE, level, zone)
    if mode is None:
        return effect
    kind = value_of("massage", mode) or mode
    return join(put(scene, MASSAGE_MODE, kind, zone, mode=kind), effect)


@skill("seat.position", zh="座椅前后位置（毫米，小为前）", en="Move the seat; 0 mm is foremost.")
def position(scene: Scene, position: Much, zone: Where = None) -> Effect:
    """Backwards is more."""
    return adjust(scene, POSITION, "position", position, zone)


@skill("seat.height", zh="座椅高度（毫米）", en="Raise or lower the seat, in mm.")
def height(scene: Scene, height: Much, zone: Where = None) -> Effect:
    """Higher is more."""
    return adjust(scene, HEIGHT, "height", height, zone)


@skill("seat.recline", zh="靠背角度（度，大为后仰）", en="Recline the backrest, in degrees.")
def recline(scene: Scene, angle: Much, zone: Where = None) -> Effect:
    """Further back is more."""
    return adjust(scene, RECLINE, "angle", angle, zone)


@skill("seat.lumbar", zh="腰部支撑（百分比）", en="Set the lumbar support, in percent.")
def lumbar(scene: Scene, support: Much, zone: Where = None) -> Effect:
    """Firmer is more."""
    return adjust(scene, LUMBAR, "support", support, zone)


@skill("seat.side_bolster", zh="座椅侧翼支撑（百分比）", en="Set the side bolsters, in percent.")
def side_bolster(scene: Scene, support: Much, zone: Where = None) -> Effect:
    """Tighter is more."""
    return adjust(scene, BOLSTER, "support", support, zone)


@skill("seat.headrest", zh="头枕高度（毫米）", en="Raise or lower the headrest, in mm.")
def headrest(scene: Scene, height: Much, zone: Where = None) -> Effect:
    """Higher is more."""
    return adjust(scene, HEADREST, "height", height, zone)


@skill("seat.leg_rest", zh="腿托位置（百分比）", en="Raise or lower the leg rest, in percent.")
def leg_rest(scene: Scene, position: Much, zone: Where = None) -> Effect:
    """Higher is more."""
    return adjust(scene, LEG_REST, "position", position, zone)


@skill("seat.cushion_length", zh="坐垫长度（毫米）", en="Set the length of the cushion, in mm.")
def cushion_length(scene: Scene, length: Much, zone: Where = None) -> Effect:
    """Longer is more."""
    return adjust(scene, CUSHION, "length", length, zone)


@skill("seat.memory", zh="调用或保存座椅记忆", en="Recall or save a seat memory.")
def memory(
    scene: Scene,
    slot: Annotated[int, Field(ge=1, le=9)],
    action: Literal["recall", "save"] = "recall",
    zone: Where = None,
) -> Effect:
    """Slots count from one; raises OutOfRange for a slot that the seat lacks."""
    thing = SAVE if action == "save" else RECALL
    args: dict[str, Argument] = {"action": action}
    for signal in thing.signals(scene, zone):
        pick(scene, signal, Amount.parse(slot))
    return put(scene, thing, slot, zone, slot=slot, **args)


@skill("steering_wheel.heating", zh="方向盘加热档位，0 为关", en="Heat the wheel; 0 is off.")
def wheel_heating(scene: Scene, level: Much | None = None) -> Effect:
    """Without a level: on, at level one where it is off."""
    return _strength(scene, WHEEL_HEATING, level, None)


@skill("steering_wheel.position", zh="方向盘高低和伸缩", en="Tilt or extend the steering wheel.")
def wheel_position(scene: Scene, tilt: Much | None = None, extension: Much | None = None) -> Effect:
    """In percent; higher and nearer are more."""
    if tilt is None and extension is None:
        raise AskBack(words(scene, "方向盘要调高低还是伸缩？", "Tilt or extension?"))
    up = adjust(scene, WHEEL_TILT, "tilt", tilt) if tilt else Effect(())
    out = adjust(scene, WHEEL_EXTENSION, "extension", extension) if extension else Effect(())
    return join(up, out)


def _strength(scene: Scene, thing: Thing, level: Amount | None, zone: Zone | None) -> Effect:
    """Set a level; without one, keep what is on already and start the rest at level one."""
    if level is not None:
        return adjust(scene, thing, "level", level, zone)
    # "Zero more" keeps the level that a seat has.
    keep = Amount("change", 0.0, end="max")
    kept = adjust(scene, thing, "level", keep, zone)
    started = adjust(scene, thing, "level", FIRST, zone)
    pairs = zip(kept.writes, started.writes, strict=True)
    writes = tuple(
        old if isinstance(old.value, (int, float)) and old.value * thing.sign > 0 else new
        for old, new in pairs
    )
    if writes == started.writes:
        return started
    args = kept.args if writes == kept.writes else thing.resolved(scene, zone)
    return Effect(writes, args)
