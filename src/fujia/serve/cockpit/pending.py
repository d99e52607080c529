"""Turns that are not answered yet: what was said, and what is to be heard meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from fujia.serve.cockpit.conversation import by_ai_html, said_html
from fujia.serve.cockpit.texts import Texts
from fujia.serve.event import Event
from fujia.vehicle.zone import Seat

KINDS = ("heard", "filler", "words", "replied")
"""The kinds of events that ``Pending`` follows."""


@dataclass
class _Turn:
    said: str
    seat: Seat
    heard: str = ""
    by_ai: bool = False


class Pending:
    """Follows the events of a session; each turn is a block in the log until its reply is there."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._turns: dict[str, _Turn] = {}
        self._shown: set[str] = set()

    def take(self, events: Iterable[Event]) -> dict[str, str]:
        """The blocks that changed, by the ids of their turns; empty for those that are over."""
        changed: set[str] = set()
        over: set[str] = set()
        for event in events:
            turn_id = event.turn_id or ""
            if event.kind == "replied":
                self._turns.pop(turn_id, None)
                over.add(turn_id)
            elif self._follow(turn_id, event):
                changed.add(turn_id)
        blocks = {each: self._html(self._turns[each]) for each in changed if each in self._turns}
        ended = self._shown & over
        self._shown = (self._shown | blocks.keys()) - ended
        return blocks | dict.fromkeys(ended, "")

    def _follow(self, turn_id: str, event: Event) -> bool:
        if event.kind == "heard":
            self._turns[turn_id] = _Turn(event.data["said"], event.data["seat"])
            return bool(event.data["said"])
        turn = self._turns.get(turn_id)
        if turn is None:  # it began before anybody looked
            return False
        if event.kind == "filler":
            turn.heard = event.data["text"]
        elif event.kind == "words":
            turn.heard = (turn.heard if turn.by_ai else "") + event.data["text"]
            turn.by_ai = True
        return event.kind in ("filler", "words")

    def _html(self, turn: _Turn) -> str:
        label = by_ai_html(self._texts) if turn.by_ai else ""
        heard = f'<div class="bubble fujia">{label}{escape(turn.heard)}</div>' if turn.heard else ""
        return said_html(turn.said, turn.seat, self._texts) + heard
