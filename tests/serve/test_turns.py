"""Turns by their ids, several of them at once."""

from threading import Event as Flag
from threading import Thread

import pytest

from fujia.cabin.turn import Turn
from fujia.errors import TooMuch, TurnConflict, UnknownSession
from fujia.serve import turns as module
from fujia.serve.event import TurnRecord, new_turn_id
from fujia.serve.turns import Asked, Turns

SUNROOF: Asked = ("打开天窗", "driver")


def over(turns: Turns, asked: Asked, turn_id: str) -> TurnRecord:
    """Keep a turn as the session does."""
    from datetime import UTC, datetime

    turn = Turn(asked[0], asked[1], "zh", (), "好的。", "device", 1.0)
    record = TurnRecord(turn_id, "s", "i5", datetime.now(UTC), turn)
    turns.keep(asked, record)
    return record


def test_several_turns_run_at_once_and_stand_in_the_order_in_which_they_ended():
    turns = Turns()
    with turns.running(SUNROOF, "slow"):
        with turns.running(("音量调大", "passenger"), "quick") as known:
            assert known is None
            quick = over(turns, ("音量调大", "passenger"), "quick")
        slow = over(turns, SUNROOF, "slow")
    assert turns.latest == [quick, slow]


def test_whoever_brings_an_id_that_runs_waits_for_that_turn():
    turns = Turns()
    found: list[TurnRecord | None] = []

    def again() -> None:
        with turns.running(SUNROOF, "a") as known:
            found.append(known)

    thread = Thread(target=again)
    with turns.running(SUNROOF, "a"):
        thread.start()
        thread.join(0.05)
        assert found == []
        record = over(turns, SUNROOF, "a")
    thread.join(10)
    assert found == [record]


def test_an_id_that_runs_does_not_stand_for_other_words():
    turns = Turns()
    with turns.running(SUNROOF, "a"):
        with pytest.raises(TurnConflict), turns.running(("关闭天窗", "driver"), "a"):
            pass
        over(turns, SUNROOF, "a")
    with turns.running(SUNROOF, "a") as known:
        assert known is not None


def test_an_id_whose_turn_failed_is_free_again():
    turns = Turns()
    with pytest.raises(ValueError), turns.running(SUNROOF, "a"):
        raise ValueError
    with turns.running(SUNROOF, "a") as known:
        assert known is None


def test_too_many_are_refused_but_never_an_emergency_phrase(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "WAITING_TURNS", 1)
    turns = Turns()
    with turns.running(SUNROOF, "a"):
        with pytest.raises(TooMuch), turns.running(SUNROOF, "b"):
            pass
        with turns.running(("停！", "driver"), "c") as known:
            assert known is None
    with turns.running(SUNROOF, "b") as known:
        assert known is None


def test_the_end_waits_for_what_runs_and_takes_no_more():
    turns, go_on, inside = Turns(), Flag(), Flag()

    def run() -> None:
        with turns.running(SUNROOF, new_turn_id()):
            inside.set()
            go_on.wait(10)

    thread = Thread(target=run)
    thread.start()
    assert inside.wait(10)
    ended: list[bool] = []
    closer = Thread(target=lambda: ended.append(turns.close()))
    closer.start()
    closer.join(0.05)
    assert closer.is_alive() and turns.is_closed
    with pytest.raises(UnknownSession), turns.running(SUNROOF, "late"):
        pass
    go_on.set()
    closer.join(10)
    thread.join(10)
    assert ended == [True]
    assert turns.close() is False
