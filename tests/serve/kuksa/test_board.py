import asyncio

import pytest

from fujia.serve.kuksa import board as module
from fujia.serve.kuksa.board import NOTHING, Board, Slot, Subscription
from fujia.serve.kuksa.status import Refusal

A, B = Slot("a"), Slot("b")


def values(points: dict[Slot, module.Point]) -> dict[str, object]:
    return {slot.path: point.value for slot, point in points.items()}


def test_a_point_stands_until_the_next_one():
    board = Board()
    assert board[A] is NOTHING
    board.put({A: 1})
    first = board[A]
    board.put({A: 2})
    assert (first.value, board[A].value) == (1, 2)
    assert board[A].time_ns >= first.time_ns > 0


def test_a_target_is_another_slot_than_the_value():
    board = Board()
    board.put({Slot("a", is_target=True): 5})
    assert board[A] is NOTHING


def test_changes_of_one_moment_are_one_message_of_what_is_followed():
    async def scenario() -> None:
        board = Board()
        both, one = board.follow([A, B]), board.follow([B])
        board.put({A: 1, B: 2, Slot("c"): 3})
        assert values(await both.take()) == {"a": 1, "b": 2}
        assert values(await one.take()) == {"b": 2}

    asyncio.run(scenario())


def test_a_slow_subscriber_loses_steps_and_never_the_last_value():
    async def scenario() -> None:
        board = Board()
        slow = board.follow([A, B], buffer=2)
        board.put({B: "once"})
        for number in range(100):
            board.put({A: number})
        messages = [values(await slow.take()) for _ in range(3)]
        assert messages == [{"b": "once", "a": 97}, {"a": 98}, {"a": 99}]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slow.take(), 0.01)

    asyncio.run(scenario())


def test_nobody_hears_after_leaving():
    async def scenario() -> None:
        board = Board()
        gone = board.follow([A])
        board.leave(gone, [A])
        board.put({A: 1})
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(gone.take(), 0.01)

    asyncio.run(scenario())


def test_there_is_an_end_to_buffers_and_subscriptions(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_SUBSCRIPTIONS", 2)
    board = Board()
    with pytest.raises(Refusal, match="at most 1000"):
        board.follow([A], buffer=1001)
    first = board.follow([A])
    board.follow([A], buffer=1000)
    with pytest.raises(Refusal, match="2 subscriptions"):
        board.follow([A])
    board.leave(first, [A])
    assert isinstance(board.follow([A]), Subscription)
