"""What a listener of a session still has to be sent: bounded, however slowly it reads."""

import asyncio
from collections import deque
from collections.abc import Callable
from threading import Lock

from fujia.serve.event import Event
from fujia.serve.sessions import Session

KEPT = 256
"""How many events may wait for one reader."""


class TooSlow(Exception):
    """The reader fell so far behind that events would have to be left out."""


class Feed:
    """The events of a session, from the threads that cause them to one event loop.

    Of a signal only the latest value waits, so that there are never more than the car has signals;
    of a turn's events none is left out: a reader that falls behind gets TooSlow. Use it as a
    context manager, in the event loop.
    """

    def __init__(self, session: Session, wants: Callable[[Event], bool]) -> None:
        self._session = session
        self._wants = wants
        self._events: deque[Event] = deque()
        self._signals: dict[str, Event] = {}
        self._lock = Lock()
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._is_full = False
        self._end: Callable[[], None] = lambda: None

    def __enter__(self) -> "Feed":
        """Begin to listen."""
        self._end = self._session.subscribe(self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._end()

    async def next(self) -> list[Event]:
        """Wait for events, and take all there are; raises TooSlow."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            with self._lock:
                if self._is_full:
                    raise TooSlow
                events = [*self._events, *self._signals.values()]
                self._events.clear()
                self._signals.clear()
            if events:
                return events

    def _heard(self, event: Event) -> None:
        if not self._wants(event):
            return
        with self._lock:
            was_empty = not self._events and not self._signals
            if event.kind == "signal":
                self._signals[event.data["path"]] = event
            elif len(self._events) < KEPT:
                self._events.append(event)
            else:
                self._is_full = True
        if (was_empty or self._is_full) and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)
