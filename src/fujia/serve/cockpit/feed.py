"""From the threads of a session to the event loop of the page: gathered, so that a burst of
changes is one message, and bounded, because only the latest value of a signal is kept."""

import asyncio
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any

from fujia.serve.event import Event
from fujia.serve.sessions import Session
from fujia.vehicle.signal import Value

GATHER_S = 0.03
"""How long changes are gathered before they are shown."""
_KEPT_EVENTS = 64


class Feed:
    """Hands the changed signals and the latest other events of a session to ``show``.

    ``show`` is called in the event loop that was running when the feed was made.
    """

    def __init__(
        self, session: Session, show: Callable[[dict[str, Value], list[Event]], Any]
    ) -> None:
        self._show = show
        self._loop = asyncio.get_running_loop()
        self._lock = Lock()
        self._changed: dict[str, Value] = {}
        self._events: deque[Event] = deque(maxlen=_KEPT_EVENTS)
        self._is_waiting = False
        self.end = session.subscribe(self._take)
        """Ends the feed."""

    def _take(self, event: Event) -> None:
        with self._lock:
            if event.kind == "signal":
                self._changed[event.data["path"]] = event.data["value"]
            else:
                self._events.append(event)
            if self._is_waiting:
                return
            self._is_waiting = True
        try:
            self._loop.call_soon_threadsafe(self._loop.call_later, GATHER_S, self._flush)
        except RuntimeError:  # the server is gone, and with it everybody who looks
            self.end()

    def _flush(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, {}
            events = list(self._events)
            self._events.clear()
            self._is_waiting = False
        self._show(changed, events)
