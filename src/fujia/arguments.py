"""What people type on the command line, made into seats, values and start states."""

import json
from collections.abc import Sequence
from typing import Any

from fujia.errors import InputError, SignalValueError, UnknownSeat
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import SEATS, Seat

_TRUTH = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}


def parse_seat(text: str) -> Seat:
    """The seat of that name; raises UnknownSeat."""
    for seat in SEATS:
        if text.replace("-", "_") == seat:
            return seat
    raise UnknownSeat(f"there is no seat {text!r}; there are {', '.join(SEATS)}")


def parse_value(profile: Profile, path: str, text: str) -> Any:
    """A typed value for the signal at ``path``; what the profile lacks is read as JSON or text.

    Raises:
        SignalValueError: the text does not fit the signal.
    """
    if not profile.has(path):
        return _json_or_text(text)
    signal = profile.signal(path)
    if signal.datatype == "string":
        value: Value = text
    elif signal.datatype == "boolean":
        value = _truth(path, text)
    elif signal.datatype.endswith("[]"):
        value = [part.strip() for part in text.split(",") if part.strip()]
    else:
        value = _number(path, text)
    return signal.check(value)


def parse_state(profile: Profile, assignments: Sequence[str]) -> dict[str, Any]:
    """A start state from ``PATH=VALUE`` texts.

    Raises:
        InputError: a text is not of that form.
        SignalValueError: a value does not fit its signal.
    """
    state: dict[str, Any] = {}
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals:
            raise InputError(f"{assignment!r} is not PATH=VALUE, such as Vehicle.Speed=80")
        state[path.strip()] = parse_value(profile, path.strip(), value.strip())
    return state


def _truth(path: str, text: str) -> bool:
    try:
        return _TRUTH[text.lower()]
    except KeyError:
        raise SignalValueError(f"{path}: {text!r} is neither true nor false") from None


def _number(path: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SignalValueError(f"{path}: {text!r} is not a number") from None


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return _TRUTH.get(text.lower(), text)
