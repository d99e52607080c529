"""Openings, lights, seats, climate, washers: what the body of a simulated car does."""

from typing import TYPE_CHECKING

from fujia.vehicle.behaviour.registry import commands, reacts
from fujia.vehicle.signal import Value

if TYPE_CHECKING:
    from fujia.vehicle.world import World

_ROOF = "Vehicle.Cabin.Sunroof"
_LIGHTS = "Vehicle.Body.Lights"
_LIGHT_OUTSIDE = "Vehicle.Exterior.LightIntensity"
DARK_BELOW = 30.0
"""Light outside, in percent, below which automatic headlights are on."""

_WASH_SECONDS = 3.0
_FOLD_SECONDS = 2.0
_REMEMBERED = ("Position", "Height", "Tilt", "Backrest.Recline", "Headrest.Height")


@commands("*.IsOpen")
def open_or_close(world: "World", path: str, value: Value) -> None:
    """Whatever has a position opens and closes by moving; a door or a flap does so at once."""
    position = path.removesuffix("IsOpen") + "Position"
    if world.value(position) is None:
        world.put_unless_blocked(path, value)
    else:
        world.move(position, 100 if value else 0)


@reacts("*.Position")
def position_shows_whether_open(world: "World", path: str, old: Value | None, value: Value) -> None:
    """Open is everything that is not closed."""
    if isinstance(value, (int, float)):
        world.put(path.removesuffix("Position") + "IsOpen", value > 0)


@reacts("*.IsOpen")
def open_shows_in_position(world: "World", path: str, old: Value | None, value: Value) -> None:
    """What is set open or closed from outside has a position that fits."""
    position = path.removesuffix("IsOpen") + "Position"
    where = world.value(position)
    if isinstance(where, (int, float)) and (where > 0) != value:
        world.put(position, 100 if value else 0)


@reacts(f"{_ROOF}.Switch")
def sunroof_switch(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A held switch moves the roof until it is let go; a one-shot one runs to the end."""
    position = f"{_ROOF}.Position"
    where = world.value(position)
    if not isinstance(where, (int, float)):
        return
    if value == "INACTIVE":
        world.stop(position)
        return
    if value in ("OPEN", "ONE_SHOT_OPEN"):
        target = 100.0
    elif value == "TILT_UP":
        target = -100.0
    else:
        # TILT_DOWN lowers a tilted roof and has nothing to do with one that is slid open.
        target = max(0.0, where) if value == "TILT_DOWN" else 0.0
    world.move(position, target, release=path)


@commands("*.IsFolded")
def fold(world: "World", path: str, value: Value) -> None:
    """A mirror takes its time to fold."""
    if not world.fault("blocked", path):
        world.later(_FOLD_SECONDS, path, value)


@reacts("*.IsWashing")
def wash_for_a_moment(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The washer stops by itself."""
    if value:
        world.later(_WASH_SECONDS, path, False)


@reacts(f"{_LIGHTS}.LightSwitch", _LIGHT_OUTSIDE)
def headlights(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The low beam follows the switch and, in AUTO, the light outside."""
    if path == _LIGHT_OUTSIDE and world.value(f"{_LIGHTS}.LightSwitch") != "AUTO":
        return
    low = needs_low_beam(world)
    world.put(f"{_LIGHTS}.Beam.Low.IsOn", low)
    if not low and world.value(f"{_LIGHTS}.LightSwitch") in ("OFF", "POSITION"):
        world.put(f"{_LIGHTS}.Beam.High.IsOn", False)


@commands(f"{_LIGHTS}.Beam.Low.IsOn")
def low_beam(world: "World", path: str, value: Value) -> None:
    """The low beam stays on while the switch, or the dark in AUTO, asks for it."""
    world.put_unless_blocked(path, bool(value) or needs_low_beam(world))


def needs_low_beam(world: "World") -> bool:
    """Whether the light switch and the light outside ask for the low beam."""
    switch = world.value(f"{_LIGHTS}.LightSwitch")
    light = world.value(_LIGHT_OUTSIDE)
    is_dark = isinstance(light, (int, float)) and light < DARK_BELOW
    return switch == "BEAM" or (switch == "AUTO" and is_dark)


@reacts("*.ChildLockRequest")
def child_lock_follows(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The child lock does what it is asked."""
    world.put(path.removesuffix("ChildLockRequest") + "IsChildLockActive", value)


@reacts("*.IsChildLockActive")
def child_lock_shows(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A child lock that was set by hand shows in what is asked of it."""
    world.put(path.removesuffix("IsChildLockActive") + "ChildLockRequest", value)


@reacts("*.Massage.Level")
def massage_status(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A massage of level 0 is off."""
    world.put(path.removesuffix("Level") + "Status", "ON" if value else "OFF")


@reacts("Vehicle.Cabin.Seat.*.MemorySave")
def save_seat(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The seat's position goes into the slot."""
    if isinstance(value, int) and value:
        seat = path.removesuffix("MemorySave")
        found = {seat + part: world.value(seat + part) for part in _REMEMBERED}
        world.memory[seat, value] = {
            path: where for path, where in found.items() if where is not None
        }


@reacts("Vehicle.Cabin.Seat.*.MemorySlot")
def recall_seat(world: "World", path: str, old: Value | None, value: Value) -> None:
    """The seat moves to where it was when the slot was saved; an empty slot moves nothing."""
    if isinstance(value, int):
        saved = world.memory.get((path.removesuffix("MemorySlot"), value), {})
        for target, where in saved.items():
            if isinstance(where, (int, float)):
                world.move(target, where)


@reacts("Vehicle.Cabin.HVAC.Station.*.Temperature")
def zone_sync(world: "World", path: str, old: Value | None, value: Value) -> None:
    """While the zones are in sync, one temperature is every zone's."""
    if world.value("Vehicle.Cabin.HVAC.IsZoneSyncActive"):
        for row in ("Row1", "Row2"):
            for side in ("Driver", "Passenger"):
                world.put(f"Vehicle.Cabin.HVAC.Station.{row}.{side}.Temperature", value)
