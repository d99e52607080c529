"""The store, on SQLite and on a real PostgreSQL where there is one."""

import sqlite3
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fujia.errors import DatabaseError
from fujia.serve.sessions import Session, Sessions
from fujia.serve.store import Store, store
from tests.serve.store.postgres import cluster

SEAT_HEATING = "打开主驾座椅加热"
SECRET = "导航去秘密花园"


@pytest.fixture(scope="module")
def postgres() -> Generator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return request.getfixturevalue("postgres")
    return f"sqlite:///{tmp_path}/turns.db"


@pytest.fixture
def kept(url: str) -> Generator[Store]:
    kept = Store(url)
    kept.expire(datetime.now(UTC) + timedelta(days=1))
    yield kept
    kept.close()


def talk(kept: Store, *said: str, keep_words: bool = True) -> Session:
    session = Sessions(keeper=kept.keep).create(keep_words=keep_words)
    for text in said:
        session.say(text)
    return session


def test_a_turn_comes_back_as_it_was(kept: Store):
    session = talk(kept, "主副驾座椅加热都开二档，再打开车窗")
    [found] = kept.latest()
    [record] = session.turns
    turn = found.restore()
    assert (found.id, found.session_id, found.vehicle) == (record.id, session.id, "i5")
    assert turn.actions == record.turn.actions
    assert (turn.said, turn.reply, turn.seat) == (record.turn.said, record.turn.reply, "driver")
    assert turn.outcome == record.turn.outcome
    assert [step.name for step in turn.trace] == [step.name for step in record.turn.trace]
    assert found.at == record.at


def test_the_newest_come_first_and_go_on_from_a_number(kept: Store):
    session = talk(kept, SEAT_HEATING, "打开车窗", "关闭车窗")
    other = talk(kept, "打开后备箱")
    newest = kept.latest(session.id, limit=2)
    assert [each.turn["said"] for each in newest] == ["关闭车窗", "打开车窗"]
    rest = kept.latest(session.id, before=newest[-1].number)
    assert [each.turn["said"] for each in rest] == [SEAT_HEATING]
    assert [each.session_id for each in kept.latest(limit=1)] == [other.id]
    assert kept.latest(outcome="refused") == []


def test_a_turn_is_found_by_its_ids(kept: Store):
    session = talk(kept, SEAT_HEATING)
    [record] = session.turns
    found = kept.find(session.id, record.id)
    assert found is not None
    assert found.turn["said"] == SEAT_HEATING
    assert kept.find("another", record.id) is None


def test_the_same_turn_is_kept_once(kept: Store):
    session = talk(kept, SEAT_HEATING)
    kept.keep(session, session.turns[0])
    assert kept.count() == 1


def test_without_consent_nothing_personal_is_kept(kept: Store):
    session = talk(kept, SECRET, SEAT_HEATING, keep_words=False)
    heating, journey = kept.latest(session.id)
    assert journey.turn["said"] is journey.turn["reply"] is None
    assert "秘密花园" not in f"{journey.turn} {journey.trace}"
    assert journey.turn["actions"][0]["skill"] == "navigation.start"
    assert heating.turn["actions"][0]["args"] == {"zone": "driver", "level": 1}
    with pytest.raises(ValueError, match="not kept"):
        journey.restore()


def test_consent_that_is_taken_back_takes_the_words_back(kept: Store):
    session = talk(kept, SECRET, SEAT_HEATING)
    assert "秘密花园" in str(kept.latest(session.id)[1].turn)
    assert kept.forget_words(session.id, session.car.profile) == 2
    assert "秘密花园" not in str(kept.latest(session.id))
    assert not any(each.keeps_words for each in kept.latest(session.id))


def test_a_session_can_be_erased(kept: Store):
    session, other = talk(kept, SEAT_HEATING), talk(kept, SEAT_HEATING)
    assert kept.erase(session.id) == 1
    assert [each.session_id for each in kept.latest()] == [other.id]


def test_old_turns_expire_and_young_ones_stay(kept: Store):
    talk(kept, SEAT_HEATING)
    assert kept.expire(datetime.now(UTC) - timedelta(days=1)) == 0
    assert kept.expire(datetime.now(UTC) + timedelta(seconds=1)) == 1
    assert kept.count() == 0


def test_a_second_start_finds_what_the_first_kept(url: str, kept: Store):
    session = talk(kept, SEAT_HEATING)
    kept.close()
    again = Store(url)
    assert [each.session_id for each in again.latest(session.id)] == [session.id]
    again.close()


def test_turns_wait_while_the_database_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("fujia.serve.store.database.BUSY_MS", 10)
    monkeypatch.setattr(store, "RETRY_S", 0.0)
    file = tmp_path / "turns.db"
    kept = Store(f"sqlite:///{file}")
    blocker = sqlite3.connect(file, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    session = talk(kept, SEAT_HEATING)
    assert session.turns[0].turn.outcome == "done"
    assert kept.waiting == 1
    blocker.execute("ROLLBACK")
    session.say("打开车窗")
    assert kept.waiting == 0
    said = [each.turn["said"] for each in kept.latest()]
    assert said == ["打开车窗", SEAT_HEATING]
    kept.close()
    blocker.close()


def test_a_turn_that_cannot_be_stored_does_not_keep_the_others(
    kept: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "trace_as_data", lambda _: [object()])
    talk(kept, SEAT_HEATING)
    monkeypatch.undo()
    talk(kept, "打开车窗")
    assert (kept.lost, kept.waiting) == (1, 0)
    assert [each.turn["said"] for each in kept.latest()] == ["打开车窗"]


def test_a_store_that_lost_its_database_says_so(tmp_path: Path):
    file = tmp_path / "turns.db"
    kept = Store(f"sqlite:///{file}")
    kept.close()
    for each in tmp_path.iterdir():
        each.unlink()
    file.mkdir()
    with pytest.raises(DatabaseError, match="cannot be used"):
        kept.latest()
