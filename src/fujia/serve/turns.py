"""The turns of one session by their ids: those that run, and the latest that are over."""

from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from threading import Condition

from fujia.cabin.emergency import emergency
from fujia.errors import TooMuch, TurnConflict, UnknownSession
from fujia.serve.event import TurnRecord
from fujia.vehicle.zone import Seat

KNOWN_TURNS = 256
"""How many turns of a session are remembered by id."""
WAITING_TURNS = 8
"""How many turns of one session may run or wait; an emergency phrase always may."""

Asked = tuple[str, Seat]
"""The words of a turn as they came, and the seat they came from."""


class Turns:
    """Several turns may run at once, but never two with one id. Safe between threads."""

    def __init__(self) -> None:
        self._ended: OrderedDict[str, tuple[Asked, TurnRecord]] = OrderedDict()
        self._running: dict[str, Asked] = {}
        self._inside = 0
        self._closed = False
        self._change = Condition()

    @property
    def latest(self) -> list[TurnRecord]:
        """The latest turns, in the order in which they ended."""
        with self._change:
            return [record for _, record in self._ended.values()]

    @contextmanager
    def running(self, asked: Asked, turn_id: str) -> Generator[TurnRecord | None]:
        """Hold an id for as long as its turn runs.

        Gives the turn where the id was used before: then nothing is to be done. Whoever comes with
        an id that runs waits for its end.

        Raises:
            TurnConflict: the id stands for other words or another seat.
            TooMuch: too many turns run or wait already.
            UnknownSession: the session was closed.
        """
        with self._change:
            self._let_in(asked)
            self._inside += 1
        known = None
        try:
            known = self._begin(asked, turn_id)
            yield known
        finally:
            with self._change:
                self._inside -= 1
                if known is None and self._running.get(turn_id) is asked:
                    del self._running[turn_id]
                self._change.notify_all()

    def keep(self, asked: Asked, record: TurnRecord) -> None:
        """Remember a turn that is over."""
        with self._change:
            self._ended[record.id] = asked, record
            while len(self._ended) > KNOWN_TURNS:
                self._ended.popitem(last=False)

    @property
    def is_closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._closed

    def check_open(self) -> None:
        """Raises UnknownSession once ``close`` was called."""
        if self._closed:
            raise UnknownSession("the session was closed")

    def close(self) -> bool:
        """Take no more turns, and wait for those that run; False if it was closed before."""
        with self._change:
            was_open, self._closed = not self._closed, True
            self._change.wait_for(lambda: not self._running)
            return was_open

    def _let_in(self, asked: Asked) -> None:
        self.check_open()
        if self._inside >= WAITING_TURNS and emergency(asked[0]) is None:
            raise TooMuch(f"{WAITING_TURNS} turns of this session wait already; try again")

    def _begin(self, asked: Asked, turn_id: str) -> TurnRecord | None:
        with self._change:
            while (other := self._running.get(turn_id)) is not None:
                _same(asked, other, turn_id)
                self._change.wait()
            if turn_id in self._ended:
                other, record = self._ended[turn_id]
                _same(asked, other, turn_id)
                return record
            self.check_open()
            self._running[turn_id] = asked
            return None


def _same(asked: Asked, other: Asked, turn_id: str) -> None:
    if asked != other:
        raise TurnConflict(f"the turn id {turn_id!r} stands for other words; use a new")
