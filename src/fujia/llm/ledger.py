"""The book of every call: tokens, money and time, by turn and by day, with limits that stop."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fujia.errors import BudgetSpent, DataError

_TABLE = """CREATE TABLE IF NOT EXISTS calls (
  at TEXT, day TEXT, turn TEXT, model TEXT, outcome TEXT, ms REAL, prompt_tokens INTEGER,
  completion_tokens INTEGER, cached_tokens INTEGER, cost REAL, uncertain REAL, currency TEXT)"""
_SUMS = """SELECT COUNT(*), COALESCE(SUM(outcome <> 'answered'), 0),
  COALESCE(SUM(prompt_tokens), 0), COALESCE(SUM(completion_tokens), 0),
  COALESCE(SUM(cost), 0.0), COALESCE(SUM(uncertain), 0.0) FROM calls"""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that may be spent, in one currency; None is no limit."""

    turn: float | None = None
    day: float | None = None
    total: float | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one model: an entry of the book, and of a turn's trace."""

    turn: str
    model: str
    outcome: str
    """``answered``, or the reason of the error."""
    ms: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost: float = 0.0
    uncertain: float = 0.0
    """The most that an answer which never arrived may have cost."""
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked and what it cost."""

    calls: int = 0
    failures: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0
    uncertain: float = 0.0
    """What answers that never arrived may have cost; counts against every limit."""


class Ledger:
    """Writes down every call, and says no before a limit is exceeded.

    Without a file it lasts as long as the process. Days are those of the clock.

    Raises:
        DataError: the file is no such book.
    """

    def __init__(
        self,
        file: Path | None = None,
        limits: Limits = Limits(),
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.limits = limits
        self._clock = clock
        self._reserved: dict[str, float] = {}
        self._lock = threading.Lock()
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(file or ":memory:", check_same_thread=False, timeout=30.0)
        try:
            with self._file:
                self._file.execute(_TABLE)
                self._file.execute("CREATE INDEX IF NOT EXISTS by_day ON calls (day)")
                self._file.execute("CREATE INDEX IF NOT EXISTS by_turn ON calls (turn)")
        except sqlite3.DatabaseError:
            self._file.close()
            raise DataError(file or Path(), 0, "is not a book of calls; delete it") from None

    def reserve(self, most: float, turn: str) -> None:
        """Set aside what a call may cost at most; raises BudgetSpent where it does not fit."""
        with self._lock:
            day, limits = self._day(), self.limits
            waiting = sum(self._reserved.values())
            scopes = (
                ("this turn", limits.turn if turn else None, "turn", turn),
                ("this day", limits.day, "day", day),
                ("the budget", limits.total, "", ""),
            )
            for name, limit, column, value in scopes:
                if limit is None:
                    continue
                spent = self._spent(column, value)
                held = self._reserved.get(turn, 0.0) if column == "turn" else waiting
                used = spent.cost + spent.uncertain + held
                # What costs nothing is always allowed: a model on the car, say.
                if most and used + most > limit:
                    raise BudgetSpent(f"{used:.4f} of {limit:g} for {name} is spent or in use")
            self._reserved[turn] = self._reserved.get(turn, 0.0) + most

    def settle(self, most: float, call: Call) -> None:
        """Write down what became of a call that was reserved."""
        now = self._clock()
        row = (
            now.isoformat(timespec="seconds"), now.date().isoformat(), call.turn, call.model,
            call.outcome, round(call.ms, 1), call.prompt_tokens, call.completion_tokens,
            call.cached_tokens, call.cost, call.uncertain, call.currency,
        )  # fmt: skip
        with self._lock, self._file:
            left = self._reserved.get(call.turn, 0.0) - most
            if left > 1e-12:
                self._reserved[call.turn] = left
            else:
                self._reserved.pop(call.turn, None)
            self._file.execute(f"INSERT INTO calls VALUES ({','.join('?' * 12)})", row)

    def spent(self, *, turn: str | None = None, day: str | None = None) -> Spent:
        """What was spent on a turn, on a day (``2026-11-22``), or in all."""
        column, value = ("turn", turn) if turn is not None else ("day", day) if day else ("", "")
        with self._lock:
            return self._spent(column, value or "")

    def today(self) -> Spent:
        """What was spent today."""
        return self.spent(day=self._day())

    def days(self, most: int = 30) -> list[tuple[str, Spent]]:
        """The last days on which something was asked, the newest first."""
        query = "SELECT DISTINCT day FROM calls ORDER BY day DESC LIMIT ?"
        with self._lock:
            days = [str(row[0]) for row in self._file.execute(query, (most,))]
        return [(day, self.spent(day=day)) for day in days]

    def calls(self, turn: str) -> list[Call]:
        """The calls of a turn, in order: what its trace shows."""
        columns = ", ".join(Call.__dataclass_fields__)
        query = f"SELECT {columns} FROM calls WHERE turn = ? ORDER BY rowid"
        with self._lock:
            return [Call(*row) for row in self._file.execute(query, (turn,))]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def _day(self) -> str:
        return self._clock().date().isoformat()

    def _spent(self, column: str, value: str) -> Spent:
        where, values = (f" WHERE {column} = ?", (value,)) if column else ("", ())
        return Spent(*self._file.execute(_SUMS + where, values).fetchone())
