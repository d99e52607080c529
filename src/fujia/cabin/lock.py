"""Who uses the car just now: one at a time, and nobody while something is only looked up."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock, get_ident


class CarLock:
    """A lock that its holder may take again, and let go of altogether for a while."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holder: int | None = None
        self._depth = 0

    def acquire(self, *, blocking: bool = True) -> bool:
        """Take it; returns whether it was taken."""
        if self._holder != get_ident():
            if not self._lock.acquire(blocking):
                return False
            self._holder = get_ident()
        self._depth += 1
        return True

    def release(self) -> None:
        """Give it back once; raises RuntimeError in a thread that does not hold it."""
        if self._holder != get_ident():
            raise RuntimeError("whoever does not hold the lock cannot give it back")
        self._depth -= 1
        if not self._depth:
            self._holder = None
            self._lock.release()

    def __enter__(self) -> None:
        """Take it."""
        self.acquire()

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.release()

    @contextmanager
    def let_go(self) -> Generator[None]:
        """Let others use the car within the block, however often this thread has taken it."""
        depth = self._depth if self._holder == get_ident() else 0
        for _ in range(depth):
            self.release()
        try:
            yield
        finally:
            for _ in range(depth):
                self.acquire()
