"""What is personal in a turn, and the turn without it.

Personal is what people said and what quotes it: words, replies, names, destinations, titles,
places on the map. What a control was set to is not. An argument is kept where its skill's schema
names its values (a zone, a level, HH:MM); free text never is.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from fujia.cabin.skills import find_skill
from fujia.errors import UnknownSkill
from fujia.vehicle.profile import Profile

WITHHELD = None
"""What stands in the place of everything personal."""

_PLACES = (".Latitude", ".Longitude", ".Altitude", ".Heading")


def turn_without_words(turn: Mapping[str, Any]) -> dict[str, Any]:
    """A stored turn without anything personal in it."""
    actions = [_action(action) for action in turn["actions"]]
    return {**turn, "said": WITHHELD, "reply": WITHHELD, "actions": actions}


def trace_without_words(trace: list[dict[str, Any]], profile: Profile) -> list[dict[str, Any]]:
    """A stored trace without anything personal in it."""
    return [{**step, "detail": _detail(step["name"], step["detail"], profile)} for step in trace]


def _action(action: Mapping[str, Any]) -> dict[str, Any]:
    # The policy's reasons are our own sentences; those of a skill may quote what was said, and
    # those of a suggestion what is remembered.
    rule = str(action["rule"] or "condition")
    ours = action["outcome"] == "failed" or not rule.startswith(("condition", "suggestion "))
    reason = action["reason"] if ours else WITHHELD
    args = _args(action["skill"], action["args"])
    return {**action, "args": args, "reason": reason, "reply": WITHHELD}


def _args(skill: str, args: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if _is_named(skill, name, value) else WITHHELD for name, value in args.items()
    }


def _is_named(skill: str, name: str, value: Any) -> bool:
    """Whether a value is no free text: a number, or one of those that the schema spells out.

    What somebody wants to be remembered is theirs, a number too; only its kind is not.
    """
    if skill.startswith("memory.") and name != "what":
        return False
    if isinstance(value, (bool, int, float)):
        return True
    if not isinstance(value, str):
        return False
    return any(
        value in option.get("enum", ())
        or ("pattern" in option and re.fullmatch(option["pattern"], value))
        for option in _options(skill, name)
    )


@cache
def _options(skill: str, name: str) -> tuple[dict[str, Any], ...]:
    try:
        properties = find_skill(skill).schema()["parameters"].get("properties", {})
    except UnknownSkill:
        return ()
    return tuple(_flat(properties.get(name, {})))


def _flat(schema: dict[str, Any]) -> list[dict[str, Any]]:
    if "anyOf" not in schema:
        return [schema]
    return [leaf for option in schema["anyOf"] for leaf in _flat(option)]


def _detail(step: str, detail: Any, profile: Profile) -> Any:
    if not isinstance(detail, Mapping):
        return WITHHELD
    shown = cast(Mapping[str, Any], detail)
    if step == "judge":
        return shown
    if step == "understand":
        return _plan(shown)
    return {path: _value(path, value, profile) for path, value in shown.items()}


def _plan(plan: Mapping[str, Any]) -> dict[str, Any]:
    commands = [
        {**command, "args": _args(command["skill"], command.get("args", {}))}
        for command in plan.get("commands", ())
    ]
    return {**plan, "commands": commands}


def _value(path: str, value: object, profile: Profile) -> object:
    signal = profile.signals.get(path)
    is_named = isinstance(value, (bool, int, float)) or (signal is not None and signal.allowed)
    return value if is_named and not path.endswith(_PLACES) else WITHHELD
