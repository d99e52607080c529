"""The rules that data cannot say: they count, compare or look at several signals at once."""

from collections.abc import Callable, Iterator

from fujia.cabin.policy import facts
from fujia.cabin.policy.people import child_lock, driver_keeps_posture, own_zone_only
from fujia.cabin.policy.verdict import Companion, Finding, Note, Proposal, VerdictKind
from fujia.understanding.plan import Command
from fujia.vehicle.car import Write
from fujia.vehicle.signal import level_of_percent
from fujia.vehicle.zone import SEATS, Seat, Zone, fill, seats_of

_WINDOW = "Vehicle.Cabin.Door.{door}.Window.Position"
_HVAC = "Vehicle.Cabin.HVAC"
_TEMPERATURE = _HVAC + ".Station.{station}.Temperature"
_LIGHTS = "Vehicle.Body.Lights"

_FAST = 100.0  # km/h: with every window open, noise and draught distract
_WINDOW_LIMIT = 20.0  # percent: cooling the street
_ZONE_DIFFERENCE = 3.0  # degrees


def keep_exterior_lights(proposal: Proposal) -> Iterator[Finding]:
    """Moving in the dark, in rain or in fog: driving lights are never switched off or lowered."""
    state = proposal.state
    if not facts.moving(state) or not _poor_sight(proposal):
        return
    reason = Note(
        "行驶中天暗、有雨或有雾，车灯不能关",
        "the lights stay on while driving in the dark, rain or fog",
    )
    for write in proposal.writes:
        switched_off = write.path in _DRIVING_LIGHTS and write.value is False
        lowered = write.path == f"{_LIGHTS}.LightSwitch" and _is_lowered(proposal, write)
        if switched_off or lowered:
            yield Finding("lights-stay-on", "refuse", reason)


_DRIVING_LIGHTS = frozenset(
    f"{_LIGHTS}.{lamp}.IsOn" for lamp in ("Beam.Low", "Running", "Parking", "LicensePlate")
)


def _poor_sight(proposal: Proposal) -> bool:
    return any(fact(proposal.state) for fact in (facts.dark, facts.rain, facts.fog))


def _is_lowered(proposal: Proposal, write: Write) -> bool:
    before, lit = proposal.state.get(write.path), facts.low_beam(proposal.state)
    if write.value in ("AUTO", "BEAM"):
        # AUTO keeps a lit low beam lit; an unlit one it would not light from BEAM.
        return write.value == "AUTO" and before == "BEAM" and not lit
    return lit or before != "OFF"


def all_windows_at_speed(proposal: Proposal) -> Iterator[Finding]:
    """Opening the last closed window above 100 km/h waits for a yes."""
    if abs(proposal.number("Vehicle.Speed")) <= _FAST:
        return
    paths = proposal.profile.paths(_WINDOW)
    opened = any(_opening(proposal, path) for path in paths)
    if opened and all(_number(proposal.after.get(path)) > 0 for path in paths):
        reason = Note("车速超过100，全部车窗都会打开", "all windows would be open above 100 km/h")
        yield Finding("all-windows-at-speed", "confirm", reason)


def _opening(proposal: Proposal, path: str) -> bool:
    return _number(proposal.after.get(path)) > proposal.number(path)


def cooling_closes_windows(proposal: Proposal) -> Iterator[Finding]:
    """A/C on: windows more than 20 % open close, unless the same utterance opens them."""
    if not _starts_cooling(proposal):
        return
    wide: list[Seat] = [
        seat for seat in SEATS if proposal.number(_at(proposal, _WINDOW, seat)) > _WINDOW_LIMIT
    ]
    kept = [seat for seat in wide if _at(proposal, _WINDOW, seat) in proposal.opened]
    companions = tuple(
        Companion(Command(skill="window.position", args={"zone": seat, "position": 0}))
        for seat in wide
        if seat not in kept
    )
    notes = (
        (Note("车窗是您要开的，就不关了", "the windows you asked for stay open"),) if kept else ()
    )
    if companions or notes:
        yield Finding(
            "cooling-closes-windows", "amend" if companions else "allow", None, companions, notes
        )


def _starts_cooling(proposal: Proposal) -> bool:
    cooling, power = f"{_HVAC}.IsAirConditioningActive", f"{_HVAC}.IsOn"
    for write in proposal.writes:
        if write.value is True and write.path in (cooling, f"{_HVAC}.IsMaxCoolingActive"):
            return True
        if write.value is True and write.path == power and proposal.after.get(cooling) is True:
            return True
    return False


def cooling_needs_fan(proposal: Proposal) -> Iterator[Finding]:
    """A/C on with every fan at rest: the fan starts at level one."""
    if not _starts_cooling(proposal):
        return
    fans = proposal.profile.paths(_HVAC + ".Station.{station}.FanSpeed")
    if fans and all(_number(proposal.after.get(path)) == 0 for path in fans):
        fan = Companion(Command(skill="climate.fan", args={"level": 1}))
        yield Finding("cooling-needs-fan", "amend", None, (fan,))


def front_defrost_blows(proposal: Proposal) -> Iterator[Finding]:
    """Front defrost on: fan at least two, air to the windshield, A/C on."""
    defrost = f"{_HVAC}.IsFrontDefrosterActive"
    if not any(write.path == defrost and write.value is True for write in proposal.writes):
        return
    commands: list[Command] = []
    weak: list[Seat] = [seat for seat in seats_of("front") if _fan_level(proposal, seat) < 2]
    if weak:
        zone: Zone = "front" if len(weak) == 2 else weak[0]
        commands.append(Command(skill="climate.fan", args={"zone": zone, "level": 2}))
    outlets = proposal.profile.paths(_HVAC + ".Station.{station}.AirDistribution", "front")
    if not any(proposal.after.get(path) == "UP" for path in outlets):
        commands.append(
            Command(skill="climate.airflow", args={"zone": "front", "direction": "windshield"})
        )
    if proposal.after.get(f"{_HVAC}.IsAirConditioningActive") is not True:
        commands.append(Command(skill="climate.ac", args={"on": True}))
    if commands:
        yield Finding("front-defrost-blows", "amend", None, tuple(map(Companion, commands)))


def _fan_level(proposal: Proposal, seat: Seat) -> int:
    path = _at(proposal, _HVAC + ".Station.{station}.FanSpeed", seat)
    if not proposal.profile.has(path):
        return 2
    levels = proposal.profile.signal(path).levels or 7
    return level_of_percent(_number(proposal.after.get(path)), levels)


def zone_difference(proposal: Proposal) -> Iterator[Finding]:
    """Temperatures more than 3 degrees apart between zones are mentioned."""
    paths = proposal.profile.paths(_TEMPERATURE)
    if facts.zone_sync(proposal.after) or not any(w.path in paths for w in proposal.writes):
        return
    values = [_number(proposal.after.get(path)) for path in paths]
    spread = max(values) - min(values)
    if spread > _ZONE_DIFFERENCE:
        note = Note(f"各温区最多相差{spread:g}度", f"the zones are up to {spread:g} degrees apart")
        yield Finding("zone-difference", "allow", notes=(note,))


def memory_needs_a_yes(proposal: Proposal) -> Iterator[Finding]:
    """What is remembered or forgotten of a person waits for their yes."""
    if proposal.asks is not None:
        yield Finding("memory-needs-a-yes", "confirm", proposal.asks)


def _at(proposal: Proposal, template: str, seat: Seat) -> str:
    return fill(template, seat, proposal.profile.driver_position)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


SPECIAL_RULES: tuple[Callable[[Proposal], Iterator[Finding]], ...] = (
    keep_exterior_lights,
    all_windows_at_speed,
    cooling_closes_windows,
    cooling_needs_fan,
    front_defrost_blows,
    zone_difference,
    driver_keeps_posture,
    child_lock,
    own_zone_only,
    memory_needs_a_yes,
)
"""In the order in which their reasons count."""

SPECIAL_VERDICTS: dict[str, VerdictKind] = {
    "lights-stay-on": "refuse",
    "all-windows-at-speed": "confirm",
    "cooling-closes-windows": "amend",
    "cooling-needs-fan": "amend",
    "front-defrost-blows": "amend",
    "zone-difference": "allow",
    "driver-seat-travel": "refuse",
    "driver-seat-recline": "refuse",
    "child-lock": "refuse",
    "drivers-items": "refuse",
    "own-zone-only": "refuse",
    "memory-needs-a-yes": "confirm",
}
"""What the rules of this kind say when they fire, by the names that their findings bear."""
