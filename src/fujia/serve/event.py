"""What happens in a session, and what is kept of it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from fujia.cabin.turn import Turn

EventKind = Literal[
    "heard", "understood", "judged", "acted", "read_back", "suggested", "announced", "filler",
    "words", "replied", "signal",
]  # fmt: skip


_OF_A_RULE = "suggestion "


@dataclass(frozen=True, slots=True)
class Event:
    """Something that just happened in a session; ``data`` is plain data, ready for JSON.

    ============== ==========================================================
    ``heard``      ``said``, ``seat``
    ``understood`` ``plan``
    ``judged``     ``skill``, ``verdict``, ``rule``
    ``acted``      ``writes``: path to value
    ``read_back``  ``values``: path to value
    ``suggested``  ``suggestion``: its id, ``reason``, ``seat``; nobody had asked for it
    ``announced``  ``telltale``: its id, ``seat``; a lamp came on
    ``filler``     ``text``: to be said while a language model thinks
    ``words``      ``text``: a clause of a language model's answer, to be said at once
    ``replied``    the turn as ``say --json`` shows it, with ``id`` and ``seat``
    ``signal``     ``path``, ``value``
    ============== ==========================================================
    """

    kind: EventKind
    turn_id: str | None
    """The turn in which it happened; None for a signal that changed outside of any."""
    ms: float
    """Milliseconds since the turn began; 0 for a signal."""
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def as_json(self) -> dict[str, Any]:
        """The event as a WebSocket carries it."""
        ms = round(self.ms, 2)
        return {"kind": self.kind, "turn_id": self.turn_id, "ms": ms, "data": dict(self.data)}


Listener = Callable[[Event], None]
"""Called in the thread that caused the event; it must be quick and must not wait."""


def suggestion_of(turn: Turn) -> str:
    """The id of what a turn suggests of Fujia's own accord; empty for any other turn."""
    rules = (action.rule or "" for action in turn.actions if not turn.said)
    return next((rule[len(_OF_A_RULE) :] for rule in rules if rule.startswith(_OF_A_RULE)), "")


def unasked(turn: Turn) -> tuple[EventKind, Mapping[str, Any]] | None:
    """What a turn tells the driver without having been asked, as an event; None for the others."""
    suggestion = suggestion_of(turn)
    if suggestion:
        reason = turn.actions[0].reason
        return "suggested", {"suggestion": suggestion, "reason": reason, "seat": turn.seat}
    first = next(iter(turn.actions), None)
    if not turn.said and first is not None and first.skill == "telltale.report":
        return "announced", {"telltale": first.args["telltale"], "seat": turn.seat}
    return None


def new_turn_id() -> str:
    """An id for a turn whose client gave none."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A turn with what the cabin does not know of it."""

    id: str
    session_id: str
    vehicle: str
    at: datetime
    """When it ended, in UTC."""
    turn: Turn

    def as_json(self) -> dict[str, Any]:
        """The turn as ``say --json`` shows it, with its id and its seat."""
        return {"id": self.id, "seat": self.turn.seat, **self.turn.as_json()}
