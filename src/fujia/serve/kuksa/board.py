"""The latest points of all signals, and the subscribers who follow them.

Everything here happens in one event loop.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from grpc import StatusCode

from fujia.serve.kuksa.status import Refusal
from fujia.vehicle.signal import Value

LARGEST_BUFFER = 1000
"""Messages that a subscriber may ask to be kept while it is slow."""
MOST_SUBSCRIPTIONS = 5000


class Slot(NamedTuple):
    """Where a point stands: the current value of a signal, or the target that v1 knows."""

    path: str
    is_target: bool = False


class Point(NamedTuple):
    """A value and when it came, in nanoseconds since 1970; None where there is no value."""

    value: Value | None
    time_ns: int


NOTHING = Point(None, 0)

Points = dict[Slot, Point]


class Subscription:
    """What one subscriber has not taken yet: at most ``buffer`` messages and the latest one.

    While the subscriber is slow, the oldest messages become one: intermediate values are lost, the
    last value of a signal never is.
    """

    def __init__(self, buffer: int = 0) -> None:
        self._room = buffer + 1
        self._messages: deque[Points] = deque()
        self._news = asyncio.Event()

    def offer(self, points: Points) -> None:
        """Add a message."""
        self._messages.append(points)
        if len(self._messages) > self._room:
            oldest = self._messages.popleft()
            self._messages[0] = oldest | self._messages[0]
        self._news.set()

    async def take(self) -> Points:
        """The oldest message; waits for one."""
        await self._news.wait()
        points = self._messages.popleft()
        if not self._messages:
            self._news.clear()
        return points


class Board:
    """Points by slot."""

    def __init__(self) -> None:
        self._points: Points = {}
        self._followers: dict[Slot, set[Subscription]] = {}
        self._subscriptions = 0

    def __getitem__(self, slot: Slot) -> Point:
        """The point there, NOTHING where none came yet."""
        return self._points.get(slot, NOTHING)

    def put(self, values: Mapping[Slot, Value]) -> None:
        """Take over new values and tell all who follow them, each in one message."""
        now = time.time_ns()
        points = {slot: Point(value, now) for slot, value in values.items()}
        self._points |= points
        messages: dict[Subscription, Points] = {}
        for slot, point in points.items():
            for follower in self._followers.get(slot, ()):
                messages.setdefault(follower, {})[slot] = point
        for follower, message in messages.items():
            follower.offer(message)

    def follow(self, slots: Iterable[Slot], buffer: int = 0) -> Subscription:
        """Follow slots from now on; raises Refusal where there are too many subscriptions."""
        if buffer > LARGEST_BUFFER:
            raise Refusal(
                StatusCode.INVALID_ARGUMENT, f"buffer_size is at most {LARGEST_BUFFER} messages"
            )
        if self._subscriptions >= MOST_SUBSCRIPTIONS:
            raise Refusal(
                StatusCode.RESOURCE_EXHAUSTED, f"there are {MOST_SUBSCRIPTIONS} subscriptions"
            )
        subscription = Subscription(buffer)
        self._subscriptions += 1
        for slot in slots:
            self._followers.setdefault(slot, set()).add(subscription)
        return subscription

    def leave(self, subscription: Subscription, slots: Iterable[Slot]) -> None:
        """End a subscription to those slots."""
        self._subscriptions -= 1
        for slot in slots:
            followers = self._followers.get(slot, set())
            followers.discard(subscription)
            if not followers:
                self._followers.pop(slot, None)
