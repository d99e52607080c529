"""The store: one row for each turn, in SQLite or PostgreSQL."""

import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from fujia.cabin.turn import Turn
from fujia.serve.event import TurnRecord
from fujia.serve.sessions import Session
from fujia.serve.store.database import Database
from fujia.serve.store.privacy import trace_without_words, turn_without_words
from fujia.serve.store.tables import trace_as_data, turn_as_data, turn_of, turns
from fujia.vehicle.profile import Profile

_log = logging.getLogger(__name__)

BACKLOG = 10_000
"""How many turns wait in memory while the database cannot be written."""
RETRY_S = 1.0
"""How long a database that failed is left alone, in seconds."""

_CANNOT_STORE = (SQLAlchemyError, TypeError, ValueError)  # the last two from a driver's JSON


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One turn as it was kept. Without consent everything personal in it is None."""

    number: int
    id: str
    session_id: str
    vehicle: str
    at: datetime
    keeps_words: bool
    turn: dict[str, Any]
    trace: list[dict[str, Any]]

    def restore(self) -> Turn:
        """The turn itself; raises ValueError where its words were not kept."""
        if not self.keeps_words:
            raise ValueError(f"the words of turn {self.id} were not kept")
        return turn_of(self.turn, self.trace)


class Store:
    """Keeps turns. While the database cannot be written they wait in memory, in order.

    Raises:
        DatabaseError: the database cannot be used; says why.
        MissingExtra: PostgreSQL without its driver.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._backlog: deque[dict[str, Any]] = deque(maxlen=BACKLOG)
        self._lock = Lock()
        self._rest_until = 0.0
        self.lost = 0
        """How many turns were given up because too many waited."""

    @property
    def waiting(self) -> int:
        """How many turns wait for the database."""
        return len(self._backlog)

    def keep(self, session: Session, record: TurnRecord) -> None:
        """Keep a turn, without what is personal unless the session consents; never raises."""
        self.add(record, session.car.profile, keep_words=session.keep_words)

    def add(self, record: TurnRecord, profile: Profile, *, keep_words: bool) -> None:
        """Keep a turn; see ``keep``."""
        turn, trace = turn_as_data(record.turn), trace_as_data(record.turn)
        row = {
            "session_id": record.session_id,
            "turn_id": record.id,
            "at": record.at.timestamp(),
            "vehicle": record.vehicle,
            "outcome": record.turn.outcome,
            "keeps_words": keep_words,
            "turn": turn if keep_words else turn_without_words(turn),
            "trace": trace if keep_words else trace_without_words(trace, profile),
        }
        with self._lock:
            if len(self._backlog) == BACKLOG:
                self.lost += 1
            self._backlog.append(row)
            if monotonic() >= self._rest_until:
                self._flush()

    def flush(self) -> bool:
        """Write what waits; returns whether nothing waits any more."""
        with self._lock:
            self._flush()
            return not self._backlog

    def find(self, session_id: str, turn_id: str) -> StoredTurn | None:
        """One turn, or None."""
        wanted = (turns.c.session_id == session_id) & (turns.c.turn_id == turn_id)
        with self._database.read() as connection:
            row = connection.execute(select(turns).where(wanted)).first()
        return None if row is None else _stored(row)

    def latest(
        self,
        session_id: str | None = None,
        *,
        outcome: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[StoredTurn]:
        """Turns, the newest first; ``before`` is the ``number`` of the last one seen."""
        query = select(turns).order_by(turns.c.number.desc()).limit(limit)
        for column, value in ((turns.c.session_id, session_id), (turns.c.outcome, outcome)):
            query = query if value is None else query.where(column == value)
        query = query if before is None else query.where(turns.c.number < before)
        with self._database.read() as connection:
            return [_stored(row) for row in connection.execute(query)]

    def count(self) -> int:
        """How many turns are kept."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(turns)).scalar_one())

    def erase(self, session_id: str) -> int:
        """Delete every turn of a session, waiting ones too; returns how many were stored."""
        with self._lock:
            rest = [row for row in self._backlog if row["session_id"] != session_id]
            self._backlog = deque(rest, maxlen=BACKLOG)
            return self._change(delete(turns).where(turns.c.session_id == session_id))

    def forget_words(self, session_id: str, profile: Profile) -> int:
        """Take what is personal out of every turn of a session; returns of how many."""
        with self._lock:
            for row in self._backlog:
                if row["session_id"] == session_id and row["keeps_words"]:
                    row |= _forgotten(row["turn"], row["trace"], profile)
            wanted = (turns.c.session_id == session_id) & turns.c.keeps_words
            with self._database.write() as connection:
                rows = connection.execute(select(turns).where(wanted)).all()
                for row in rows:
                    words = _forgotten(row.turn, row.trace, profile)
                    connection.execute(
                        update(turns).where(turns.c.number == row.number).values(words)
                    )
            return len(rows)

    def expire(self, before: datetime) -> int:
        """Delete every turn that ended before then; returns how many."""
        with self._lock:
            return self._change(delete(turns).where(turns.c.at < before.timestamp()))

    def close(self) -> None:
        """Write what waits, if the database allows it, and let go of it."""
        if not self.flush():
            _log.error("%d turns could not be stored and are lost", len(self._backlog))
        self._database.close()

    def _change(self, statement: Any) -> int:
        with self._database.write() as connection:
            return int(connection.execute(statement).rowcount)

    def _flush(self) -> None:
        if not self._backlog:
            return
        try:
            self._insert(list(self._backlog))
        except (OperationalError, InterfaceError) as error:  # out of reach: later, perhaps
            _log.error("the database cannot be written: %s", type(error).__name__)
            self._rest_until = monotonic() + RETRY_S
        except _CANNOT_STORE:  # one of them cannot be stored: it must not keep the others
            self._insert_singly()
        else:
            self._backlog.clear()

    def _insert_singly(self) -> None:
        while self._backlog:
            row = self._backlog.popleft()
            try:
                self._insert([row])
            except _CANNOT_STORE as error:
                self.lost += 1
                _log.error("a turn cannot be stored: %s", type(error).__name__)

    def _insert(self, rows: list[dict[str, Any]]) -> None:
        with self._database.engine.begin() as connection:
            connection.execute(self._database.insert_new(turns), rows)


def _forgotten(
    turn: Mapping[str, Any], trace: list[dict[str, Any]], profile: Profile
) -> dict[str, Any]:
    return {
        "turn": turn_without_words(turn),
        "trace": trace_without_words(trace, profile),
        "keeps_words": False,
    }


def _stored(row: Row[Any]) -> StoredTurn:
    at = datetime.fromtimestamp(row.at, UTC)
    return StoredTurn(
        row.number, row.turn_id, row.session_id, row.vehicle, at, row.keeps_words, row.turn,
        row.trace,
    )  # fmt: skip
