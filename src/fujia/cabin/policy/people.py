"""The rules about who sits where: the driver's posture, and what each seat may touch."""

from collections.abc import Iterator

from fujia.cabin.policy import facts
from fujia.cabin.policy.verdict import Finding, Note, Proposal
from fujia.vehicle.car import Write
from fujia.vehicle.signal import Signal

_DRIVER_SEAT = "Vehicle.Cabin.Seat.Row1.DriverSide"
_PEDAL_REACH = (40.0, 220.0)  # mm of seat travel within which the pedals are in reach
_SMALL_STEP = 20.0  # mm


def driver_keeps_posture(proposal: Proposal) -> Iterator[Finding]:
    """Not in park: the driver's seat stays within reach of the pedals, its backrest upright."""
    if facts.parked(proposal.state):
        return
    for write in proposal.writes:
        value = float(write.value) if isinstance(write.value, (int, float)) else 0.0
        before = proposal.number(write.path)
        if write.path == f"{_DRIVER_SEAT}.Position" and _leaves_pedals(before, value):
            reason = Note(
                "行驶中主驾座椅不能大幅移动",
                "the driver's seat must stay within reach of the pedals",
            )
            yield Finding("driver-seat-travel", "refuse", reason)
        if write.path == f"{_DRIVER_SEAT}.Backrest.Recline" and value > before:
            reason = Note("行驶中主驾靠背不能放倒", "the driver's backrest stays up while driving")
            yield Finding("driver-seat-recline", "refuse", reason)


def _leaves_pedals(before: float, after: float) -> bool:
    nearest, farthest = _PEDAL_REACH
    far = abs(after - before) > _SMALL_STEP
    return after != before and (far or not nearest <= after <= farthest)


def own_zone_only(proposal: Proposal) -> Iterator[Finding]:
    """Each seat keeps to what is its own: rear seats to their zone, the passenger off driving."""
    rear = facts.is_rear(proposal.seat)
    if proposal.seat == "driver":
        return
    for write in proposal.writes:
        signal = proposal.profile.signals.get(write.path)
        if signal is None:
            continue
        if signal.safety == "driving" or (rear and _is_drivers_item(signal, write)):
            reason = Note("这个要由驾驶员来操作", "only the driver may do that")
            yield Finding("drivers-items", "refuse", reason)
        elif rear and signal.seat not in (None, proposal.seat):
            reason = Note("后排只能控制自己的座位", "rear seats control their own zone only")
            yield Finding("own-zone-only", "refuse", reason)


def _is_drivers_item(signal: Signal, write: Write) -> bool:
    if signal.safety == "access":
        return True
    # Lights, wipers and mirrors are the driver's; clearing a window or lighting up helps anybody.
    lights_up = write.path.endswith(".LightSwitch") and write.value in ("AUTO", "BEAM")
    return signal.safety == "view" and write.path.startswith("Vehicle.Body.") and not lights_up


def child_lock(proposal: Proposal) -> Iterator[Finding]:
    """Child lock on: rear windows and doors do nothing for those who sit behind."""
    if not facts.is_rear(proposal.seat):
        return
    windows_locked = proposal.state.get("Vehicle.Cabin.IsWindowChildLockEngaged") is True
    for write in proposal.writes:
        if not write.path.startswith("Vehicle.Cabin.Door.Row2."):
            continue
        door = ".".join(write.path.split(".")[:5])
        locked = proposal.state.get(f"{door}.IsChildLockActive") is True
        is_window = ".Window." in write.path
        if (windows_locked and is_window) or (locked and write.path.startswith(f"{door}.Is")):
            reason = Note("儿童锁开着，后排不能操作", "the child lock is on for the rear")
            yield Finding("child-lock", "refuse", reason)
