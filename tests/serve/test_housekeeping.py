"""What runs beside the requests."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fujia.errors import UnknownSession
from fujia.serve import housekeeping
from fujia.serve.housekeeping import Housekeeping
from fujia.serve.sessions import Sessions
from fujia.serve.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path}/turns.db")


def test_time_passes_while_the_house_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(housekeeping, "TICK_S", 0.01)
    sessions = Sessions()
    car = sessions.create().simulated()

    async def wait() -> float:
        async with Housekeeping(sessions, store, DAY, DAY):
            while not car.now:
                await asyncio.sleep(0.01)
        then = car.now
        await asyncio.sleep(0.05)
        return then

    assert asyncio.run(asyncio.wait_for(wait(), 10)) == car.now, "nobody keeps it any more"


def test_a_defect_does_not_stop_time(store: Store, monkeypatch: pytest.MonkeyPatch):
    logged: list[BaseException] = []
    monkeypatch.setattr(housekeeping, "TICK_S", 0.01)
    monkeypatch.setattr(housekeeping, "log_defect", logged.append)
    sessions, calls = Sessions(), list[float]()

    def broken(seconds: float) -> None:
        calls.append(seconds)
        raise ZeroDivisionError

    monkeypatch.setattr(sessions, "pass_time", broken)

    async def wait() -> None:
        async with Housekeeping(sessions, store, DAY, DAY):
            while len(calls) < 3:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(wait(), 10))
    assert all(seconds > 0 for seconds in calls[1:]), "each defect costs one tick, and no more"
    assert {type(one) for one in logged} == {ZeroDivisionError}, "and is not kept secret"


def test_what_is_old_goes(store: Store):
    sessions = Sessions(keeper=store.keep)
    old, young = sessions.create(), sessions.create()
    old.say("你好")
    old.used = datetime.now(UTC) - 2 * DAY
    young.say("你好")
    Housekeeping(sessions, store, DAY, DAY).clean()
    assert sessions.all() == [young]
    assert store.count() == 2
    Housekeeping(sessions, store, -DAY, DAY).clean()
    assert store.count() == 0


def test_the_end_closes_everything(store: Store):
    sessions = Sessions(keeper=store.keep)
    session = sessions.create()

    async def keep() -> None:
        async with Housekeeping(sessions, store, DAY, DAY):
            pass

    asyncio.run(keep())
    with pytest.raises(UnknownSession):
        session.say("你好")
