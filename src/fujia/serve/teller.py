"""What a cabin tells of one turn, as events of its session."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from fujia.cabin.turn import Turn
from fujia.serve.event import Event, EventKind, TurnRecord, new_turn_id, unasked
from fujia.serve.turns import Asked
from fujia.vehicle.zone import Seat

_SHOWN: dict[str, Callable[[Any, Seat], dict[str, Any]]] = {
    "heard": lambda said, seat: {"said": said, "seat": seat},
    "understood": lambda plan, _: {"plan": plan},
    "judged": lambda judged, _: dict(judged),
    "acted": lambda writes, _: {"writes": writes},
    "read_back": lambda values, _: {"values": values},
}


class Teller:
    """The observer of one turn, whose events all have its id.

    ``keep`` makes a record of the turn when it is over, and ``tell`` takes the events. ``begun`` is
    called once the turn has its place: whatever is said from then on comes after it. One without
    words is for what nobody asked for, and gives each of such turns an id of its own.
    """

    def __init__(
        self,
        asked: Asked,
        turn_id: str,
        keep: Callable[[Turn, str, Asked], TurnRecord],
        tell: Callable[[Event], None],
        begun: Callable[[], object] | None = None,
    ) -> None:
        self.turn_id = turn_id
        self.record: TurnRecord | None = None
        """The turn, as soon as it is over."""
        self._asked, self._keep, self._tell, self._begun = asked, keep, tell, begun

    def __call__(self, kind: str, data: Mapping[str, Any]) -> None:
        """Tell what just happened, in the thread in which it did."""
        ms = float(data["ms"])
        if kind == "replied":
            self._replied(data["turn"], ms)
        elif kind in ("filler", "words"):
            self._tell(Event(cast(EventKind, kind), self.turn_id, ms, {"text": data["text"]}))
        elif kind in _SHOWN:
            shown = _SHOWN[kind](data["detail"], self._asked[1])
            self._tell(Event(cast(EventKind, kind), self.turn_id, ms, shown))
        if kind == "understood" and self._begun is not None:
            self._begun()

    @contextmanager
    def causes(self) -> Generator[None]:
        """What this thread changes of the car within the block belongs to the turn."""
        token = _cause.set(self)
        try:
            yield
        finally:
            _cause.reset(token)

    def _replied(self, turn: Turn, ms: float) -> None:
        record = self.record = self._keep(turn, self.turn_id, self._asked)
        told = unasked(turn)
        if told is not None:
            self._tell(Event(told[0], self.turn_id, ms, told[1]))
        self._tell(Event("replied", self.turn_id, ms, record.as_json()))
        if not self._asked[0]:
            self.turn_id = new_turn_id()


_cause: ContextVar[Teller | None] = ContextVar("cause", default=None)


def turn_of_change() -> str | None:
    """The turn in which this thread changes a car; None outside of any."""
    teller = _cause.get()
    return teller.turn_id if teller else None
