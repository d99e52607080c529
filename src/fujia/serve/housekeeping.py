"""What runs beside the requests: time in the simulated cars, expiry, and an orderly end."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from anyio import to_thread

from fujia.logs import log_defect, log_event
from fujia.serve.sessions import Sessions
from fujia.serve.store import Store

TICK_S = 0.2
"""How often time passes in the simulated cars, in seconds."""
CLEAN_S = 600.0
"""How often what is old goes, in seconds."""


class Housekeeping:
    """Keeps a server's house while it runs; an asynchronous context manager.

    At its end every session is closed, each after the turn that runs in it, and the store last.
    """

    def __init__(self, sessions: Sessions, store: Store, keep: timedelta, idle: timedelta) -> None:
        self._sessions = sessions
        self._store = store
        self._keep = keep
        self._idle = idle
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Housekeeping":
        """Begin to keep house."""
        then = monotonic()

        def pass_time() -> None:
            nonlocal then
            now = monotonic()
            self._sessions.pass_time(now - then)
            then = now

        self._tasks = [
            asyncio.create_task(_every(TICK_S, pass_time)),
            asyncio.create_task(_every(CLEAN_S, self.clean)),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every session and the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await to_thread.run_sync(self._sessions.close_all)
        await to_thread.run_sync(self._store.close)

    def clean(self) -> None:
        """Let old turns go, write those that wait, and close the sessions that nobody uses."""
        now = datetime.now(UTC)
        self._store.flush()
        gone = self._store.expire(now - self._keep)
        closed = self._sessions.close_idle(now - self._idle)
        log_event("cleaned", expired=gone, closed=closed)


async def _every(seconds: float, work: Callable[[], None]) -> None:
    """Do that again and again, off the event loop; a defect is logged and does not end it."""
    while True:
        try:
            await to_thread.run_sync(work)
        except Exception as error:
            log_defect(error)
        await asyncio.sleep(seconds)
