"""The bounded way from a session's threads to one reader."""

import asyncio

import pytest

from fujia.serve import feed as module
from fujia.serve.feed import Feed, TooSlow
from fujia.serve.sessions import Session, Sessions

SPEED = "Vehicle.Speed"


@pytest.fixture
def session() -> Session:
    return Sessions().create()


def test_of_a_signal_only_the_latest_value_waits(session: Session):
    async def read() -> list[object]:
        with Feed(session, lambda event: event.data.get("path") == SPEED) as feed:
            for speed in range(1, 1000):
                session.set(SPEED, speed)
            return [event.data["value"] for event in await feed.next()]

    assert asyncio.run(read()) == [999.0]


def test_of_a_turn_no_event_is_left_out(session: Session):
    async def read() -> list[str]:
        with Feed(session, lambda event: event.kind != "signal") as feed:
            await asyncio.to_thread(session.say, "打开主驾车窗")
            return [event.kind for event in await feed.next()]

    assert asyncio.run(read()) == ["heard", "understood", "judged", "acted", "read_back", "replied"]


def test_who_falls_behind_is_told_so(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "KEPT", 5)

    async def read() -> None:
        with Feed(session, lambda event: event.kind != "signal") as feed:
            session.say("打开主驾车窗")
            await feed.next()

    with pytest.raises(TooSlow):
        asyncio.run(read())


def test_a_feed_waits_for_what_comes_later(session: Session):
    async def read() -> object:
        with Feed(session, lambda event: event.data.get("path") == SPEED) as feed:
            reading = asyncio.create_task(feed.next())
            await asyncio.sleep(0)
            await asyncio.to_thread(session.set, SPEED, 30)
            return (await reading)[0].data["value"]

    assert asyncio.run(read()) == 30.0


def test_the_end_of_a_feed_ends_its_listening(session: Session):
    async def listen() -> None:
        with Feed(session, lambda _: True):
            assert session.is_watched
        assert not session.is_watched

    asyncio.run(listen())
    session.say("打开主驾车窗")
