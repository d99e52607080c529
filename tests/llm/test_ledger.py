from datetime import datetime
from pathlib import Path

import pytest

from fujia.errors import BudgetSpent, DataError
from fujia.llm.ledger import Call, Ledger, Limits


class Calendar:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 23, 59)

    def __call__(self) -> datetime:
        return self.now


def spend(ledger: Ledger, amount: float, turn: str) -> None:
    ledger.reserve(amount, turn)
    ledger.settle(amount, Call(turn, "m", "answered", 1.0, cost=amount))


def test_a_turn_has_its_own_limit_and_the_next_turn_starts_afresh():
    ledger = Ledger(limits=Limits(turn=1.0))
    spend(ledger, 0.8, "t1")
    with pytest.raises(BudgetSpent, match="this turn"):
        ledger.reserve(0.3, "t1")
    spend(ledger, 0.8, "t2")


def test_the_limit_of_a_day_holds_across_processes_and_ends_at_midnight(tmp_path: Path):
    calendar, file = Calendar(), tmp_path / "deep" / "calls.sqlite"
    spend(Ledger(file, Limits(day=1.0), calendar), 0.9, "t1")
    later = Ledger(file, Limits(day=1.0), calendar)
    with pytest.raises(BudgetSpent, match="this day"):
        later.reserve(0.2, "t2")
    calendar.now = datetime(2026, 11, 23, 0, 1)
    spend(later, 0.9, "t2")
    assert [day for day, _ in later.days()] == ["2026-11-23", "2026-11-22"]
    assert later.today().cost == pytest.approx(0.9)
    assert later.spent().calls == 2


def test_what_is_in_use_counts_until_it_is_settled():
    ledger = Ledger(limits=Limits(total=1.0))
    ledger.reserve(0.7, "t1")
    with pytest.raises(BudgetSpent):
        ledger.reserve(0.7, "t2")
    ledger.settle(0.7, Call("t1", "m", "busy", 1.0))
    ledger.reserve(0.7, "t2")


def test_a_file_that_is_no_book_is_named(tmp_path: Path):
    file = tmp_path / "calls.sqlite"
    file.write_text("not a database, but long enough to look at" * 20)
    with pytest.raises(DataError, match="not a book"):
        Ledger(file)
