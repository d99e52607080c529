"""Facets and a rule to commands: arguments, amounts and zones."""

from collections.abc import Iterator, Sequence

from fujia.understanding.facets import OWN, Facets
from fujia.understanding.plan import Argument, Command
from fujia.understanding.rules import Rule
from fujia.vehicle.zone import DriverPosition, Seat, seats_of

_NO_CHANGE = 15
"""Degrees from which on a number is a temperature, and no change of one."""
_OPPOSITE = {"up": "down", "down": "up"}
_LIFTED = {"vertical", "lifted"}
"""Flags of words that mean up and down, and not only more and less."""
_CORNERS = {
    ("front", "left"): "front_left",
    ("front", "right"): "front_right",
    ("rear", "left"): "rear_left",
    ("rear", "right"): "rear_right",
}


def arguments(rule: Rule, facets: Facets) -> dict[str, Argument] | None:
    """The arguments that the facets give to a rule's skill, zone apart; None if they don't fit."""
    args = dict(rule.fixed)
    if "except" in facets.flags and not facets.excluded:
        return None  # a thing is left out, not a place: 把灯都关了除了阅读灯
    if rule.text:
        return args if rule.must != "amount" or facets.has_amount else None
    filled = {arg: facets.values[kind] for kind, arg in rule.value.items() if kind in facets.values}
    args |= filled
    if {"not", "deed"} <= facets.flags and "too" not in facets.flags:
        return None  # 不要调高 leaves it as it is; 不要这么高 lowers it
    if "not" in facets.flags and (not facets.changes or "too" in facets.flags):
        return _negated(rule, facets, args)
    amount = _amount(rule, facets)
    if amount is not None and rule.amount:
        args[rule.amount] = amount
    if filled and turn(rule, facets) == "off":
        return None if rule.off is None else args | dict(rule.off)
    if rule.must == "number" and facets.number is None:
        return None
    if rule.must == "max" and (facets.end != "max" or "vertical" in facets.flags):
        return None
    if filled or amount is not None:
        return args if rule.must != "verb" or facets.verbs else None
    if rule.must in ("amount", "value"):
        return None
    if facets.number is not None and not (rule.amount is None and rule.units):
        return None
    if facets.changes and rule.amount is None and not (facets.verbs or rule.fixed or rule.wish):
        return None  # "dim the lights" switches none on
    switched = _switched(rule, facets)
    return None if switched is None else args | dict(switched)


def _negated(rule: Rule, facets: Facets, args: dict[str, Argument]) -> dict[str, Argument] | None:
    """ "Don't": leave off what is off. Only 不要开空调了 and 不要空调 switch something off."""
    if rule.negated is not None and "too" not in facets.flags:
        # "Don't stop the music" stops none.
        leaves = "off" in facets.verbs or facets.values.get("media", "play") != "play"
        return None if leaves else args | dict(rule.negated)
    if {"off", "set"} & set(facets.verbs) or ("on" in facets.verbs and "le" not in facets.flags):
        return None
    if rule.off is None or facets.has_amount or rule.read:
        return None
    return args | dict(rule.off)


def _switched(rule: Rule, facets: Facets) -> dict[str, Argument] | None:
    verb = turn(rule, facets)
    if verb is None and rule.must == "verb":
        return None
    if "bit" in facets.flags and rule.bit is not None:
        if verb == "on" or (verb is None and rule.fixed):
            return dict(rule.bit)
        if verb == "off" and rule.rises_off:
            return dict.fromkeys(rule.bit, "-")  # 关一点 closes it a bit
    chosen = rule.off if verb == "off" else rule.on
    return None if chosen is None else dict(chosen)


def turn(rule: Rule, facets: Facets) -> str | None:
    """``on``, ``off`` or None: what the verbs say about this rule's thing."""
    result: str | None = None
    for verb in facets.verbs:
        if verb in ("on", "off"):
            result = verb
        elif verb in ("raise", "lower") and rule.rises in ("on", "off"):
            result = rule.rises if verb == "raise" else ("off" if rule.rises == "on" else "on")
    return result


def _amount(rule: Rule, facets: Facets) -> Argument | None:
    if rule.amount is None:
        return None
    if facets.end is not None:
        return _end(rule, facets)
    direction = {"+": "up", "-": "down"}.get(rule.sign or "") or _direction(rule, facets)
    if facets.number is None:
        # 高 and 低 speak of degrees, 大 and 小 of how strongly it cools.
        if direction and rule.cools and "vertical" not in facets.flags:
            direction = _OPPOSITE[direction]
        return {"up": "+", "down": "-"}.get(direction or "")
    if facets.unit not in rule.units:
        return None
    value = _celsius(facets, bool(direction)) if "fahrenheit" in facets.flags else facets.number
    number = int(value) if float(value).is_integer() else value
    percent = "%" if facets.unit == "percent" and rule.units[0] != "percent" else ""
    # 降一半 leaves a window half open; 降百分之十 opens it ten percent more.
    shared = rule.rises_off and {"share", "vertical"} <= facets.flags
    # 别吹那么冷二十六度 names a temperature: nobody asks for 26 degrees more.
    shared = shared or (rule.amount == "temperature" and facets.number >= _NO_CHANGE)
    if direction and not shared and (rule.sign or "to" not in facets.flags):
        return f"{'+' if direction == 'up' else '-'}{number}{percent}"
    return f"{number}%" if percent else number


def _celsius(facets: Facets, is_change: bool) -> float:
    """The Fahrenheit number in degrees Celsius, to the half degree."""
    assert facets.number is not None
    return round(2 * (facets.number - (0 if is_change else 32)) * 5 / 9) / 2


def _end(rule: Rule, facets: Facets) -> Argument | None:
    """ "All the way" leads where the verb points: closed, or all the way down."""
    if facets.end != "max":
        return facets.end
    if turn(rule, facets) == "off":
        return None
    if rule.cools and "vertical" not in facets.flags:
        return "min"
    down = _direction(rule, facets) == "down" and not {"to", "too"} & facets.flags
    return "min" if down or rule.sign == "-" else "max"


def _direction(rule: Rule, facets: Facets) -> str | None:
    changes = list(facets.changes)
    if not changes and rule.rises == "up":
        changes = [
            {"raise": "up", "lower": "down"}[v] for v in facets.verbs if v in ("raise", "lower")
        ]
    if not changes:
        return None
    direction = changes[-1]
    if rule.rises_off and turn(rule, facets) == "off" and not _LIFTED & facets.flags:
        return "down"  # what is closed more is open less
    # A window that goes down opens.
    lowered = rule.rises_off and bool(_LIFTED & facets.flags)
    return _OPPOSITE[direction] if ("not" in facets.flags) != lowered else direction


def zones_of(facets: Facets, driver: DriverPosition, seat: Seat) -> list[str | None]:
    """The zones that were named from a seat, in order; ``[None]`` if none was."""
    zones = [seat if zone == OWN else _corner(zone, driver) for zone in _merged(facets.zones)]
    if facets.excluded:
        left = list(seats_of("all"))
        for zone in zones:
            if zone != "all":
                left = [each for each in left if each in seats_of(zone)]  # type: ignore[arg-type]
        named = [seat if zone == OWN else zone for zone in facets.excluded]
        out = {each for zone in _merged(named) for each in _seats(_corner(zone, driver))}
        return list(_grouped([each for each in left if each not in out])) or [None]
    if any(zone != "all" for zone in zones):
        # 都 and "all" after named zones only sum them up: 主副驾都打开.
        zones = [zone for zone in zones if zone != "all"]
    return list(dict.fromkeys(zones)) or [None]


def _seats(zone: str) -> Sequence[str]:
    return seats_of(zone)  # type: ignore[arg-type]


def _grouped(seats: Sequence[str]) -> Iterator[str]:
    for group in ("all", "front", "rear"):
        if all(seat in seats for seat in _seats(group)):
            yield group
            seats = [seat for seat in seats if seat not in _seats(group)]
    yield from seats


def _merged(zones: Sequence[str]) -> Iterator[str]:
    """Join rows with sides: 左侧前后 is front left and rear left, 后排左边 is rear left."""
    sides = [zone for zone in zones if zone in ("left", "right")]
    rows = [zone for zone in zones if zone in ("front", "rear")]
    if sides:
        for side in sides:
            for row in rows or ("front", "rear"):
                yield _CORNERS[row, side]
        yield from (zone for zone in zones if zone not in sides and zone not in rows)
    elif set(rows) == {"front", "rear"}:
        yield "all"
    else:
        yield from zones


def _corner(zone: str, driver: DriverPosition) -> str:
    if zone in ("front_left", "front_right"):
        return "driver" if (zone == "front_left") == (driver == "LEFT") else "passenger"
    return zone


def commands(rule: Rule, args: dict[str, Argument], zones: Sequence[str | None]) -> list[Command]:
    """One command for each zone; without a zone if the rule takes none."""
    if rule.zone is None or rule.text:
        return [Command(skill=rule.skill, args=args)]
    return [
        Command(
            skill=rule.skill,
            args=({rule.zone: rule.zones.get(zone, zone)} if zone else {}) | args,
        )
        for zone in zones
    ]
