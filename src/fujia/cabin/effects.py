"""The few pieces that WRITE skills are made of.

A skill names a ``Thing`` and says what becomes of it: ``switch`` it, ``put`` a value, or
``adjust`` it by an amount. What comes out is an ``Effect``: writes, and the arguments as they were
resolved. Whoever names no zone means what ``Thing.meant`` says.
"""

from dataclasses import dataclass
from typing import Literal

from fujia.cabin.scale import pick, shown, write_value
from fujia.cabin.skill import Effect, Scene, Unavailable
from fujia.understanding.plan import Amount, Argument
from fujia.vehicle.car import Write
from fujia.vehicle.signal import Signal, Value
from fujia.vehicle.zone import Zone

_ZONES: dict[Zone, tuple[str, str]] = {
    "driver": ("主驾", "at the driver's seat"),
    "passenger": ("副驾", "at the passenger's seat"),
    "rear_left": ("左后", "at the rear left seat"),
    "rear_right": ("右后", "at the rear right seat"),
    "front": ("前排", "in the front"),
    "rear": ("后排", "in the rear"),
    "all": ("", ""),
}


def words(scene: Scene, zh: str, en: str) -> str:
    """Whichever of the two is in the language of the scene."""
    return zh if scene.language == "zh" else en


def zone_words(scene: Scene, zone: Zone) -> str:
    """What to call a zone; empty for the whole car."""
    return words(scene, *_ZONES[zone])


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the car that skills set: its signals, and what it is called.

    ``path`` is a signal path or a template (see ``fujia.vehicle.zone.fill``).
    """

    path: str
    zh: str
    en: str
    meant: Literal["car", "seat", "zone"] = "car"
    """What somebody means who names no zone: all of the ``car``; their own ``seat`` (unavailable
    where it lacks the thing); their own ``zone``, or the whole car where they have none."""
    sign: Literal[1, -1] = 1
    """-1 where strength is counted below zero: ventilation shares a signal with heating."""

    def zone(self, scene: Scene, zone: Zone | None) -> Zone:
        """The zone that is meant; raises nothing."""
        if zone is not None or self.meant == "car":
            return zone or "all"
        if self.meant == "seat" or scene.profile.paths(self.path, scene.seat):
            return scene.seat
        return "all"

    def signals(self, scene: Scene, zone: Zone | None = None) -> tuple[Signal, ...]:
        """Its signals in the zone that is meant; raises Unavailable if this car has none."""
        where = self.zone(scene, zone)
        # A mirror template yields the same path for the front and the rear seat of one side.
        paths = dict.fromkeys(scene.profile.paths(self.path, where))
        found = tuple(scene.profile.signals[path] for path in paths)
        found = tuple(signal for signal in found if self.sign > 0 or (signal.minimum or 0) < 0)
        if not found:
            raise Unavailable(self.name(scene, where))
        return found

    def present(self, scene: Scene, zone: Zone | None = None) -> bool:
        """Whether this car has it in the zone that is meant."""
        return bool(scene.profile.paths(self.path, self.zone(scene, zone)))

    def name(self, scene: Scene, zone: Zone = "all") -> str:
        """What to call it in a zone, in the language of the scene."""
        if "{" not in self.path:
            return words(scene, self.zh, self.en)
        place = zone_words(scene, zone)
        return words(scene, f"{place}{self.zh}", f"{self.en} {place}".rstrip())

    def resolved(self, scene: Scene, zone: Zone | None) -> dict[str, Argument]:
        """The ``zone`` argument as it was resolved; empty where the whole car was meant anyway."""
        if "{" not in self.path or (zone is None and self.meant == "car"):
            return {}
        return {"zone": self.zone(scene, zone)}


def put(
    scene: Scene, thing: Thing, value: Value, zone: Zone | None = None, **args: Argument
) -> Effect:
    """Write one value to every signal of a thing; ``args`` are the resolved arguments.

    Raises:
        Unavailable: the car lacks the thing, or the thing this value.
    """
    signals = thing.signals(scene, zone)
    for signal in signals:
        if signal.allowed and value not in signal.allowed:
            said = " ".join(str(argument) for argument in args.values()) or str(value)
            raise Unavailable(f"{thing.name(scene)} {said}")
    writes = tuple(Write(signal.path, value) for signal in signals)
    return Effect(writes, thing.resolved(scene, zone) | args)


def switch(scene: Scene, thing: Thing, on: bool, zone: Zone | None = None) -> Effect:
    """Turn a thing on or off."""
    return put(scene, thing, on, zone, on=on)


def adjust(
    scene: Scene, thing: Thing, name: str, amount: Amount, zone: Zone | None = None
) -> Effect:
    """Set a thing to an amount, seat by seat; ``name`` is the argument that carries it.

    Where the seats end up differently, the resolved arguments leave the amount out.

    Raises:
        Unavailable: the car lacks the thing.
        OutOfRange: the thing does not go there.
    """
    writes: list[Write] = []
    results: list[int | float] = []
    for signal in thing.signals(scene, zone):
        target = pick(scene, signal, amount, thing.sign)
        writes.append(Write(signal.path, write_value(scene, signal, target, thing.sign)))
        results.append(shown(target))
    args = thing.resolved(scene, zone)
    if len(set(results)) == 1:
        args[name] = results[0]
    return Effect(tuple(writes), args)


def join(*effects: Effect) -> Effect:
    """Several effects as one; of two writes to one signal the later one stays, in its place."""
    writes = {write.path: write for effect in effects for write in effect.writes}
    args = {name: value for effect in effects for name, value in effect.args.items()}
    return Effect(tuple(writes.values()), args)


def waking(scene: Scene, thing: Thing, effect: Effect, zone: Zone | None = None) -> Effect:
    """``effect``, and before it the switch of a thing that is still off.

    A temperature for a climate control that is off, or a colour for a dark lamp, means it on.
    """
    zone = thing.zone(scene, zone)
    dark = [path for path in scene.profile.paths(thing.path, zone) if not scene.state.get(path)]
    return Effect((*(Write(path, True) for path in dark), *effect.writes), effect.args)
