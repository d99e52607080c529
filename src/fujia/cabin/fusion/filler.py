"""Something to hear while a model thinks: nobody likes to talk to a wall."""

import threading
from collections.abc import Callable
from typing import Self


class Filler:
    """Says something once, ``after_s`` seconds from the beginning of its block, unless it is quiet.

    ``hush`` is called as soon as there is something better to hear.
    """

    def __init__(self, after_s: float, say: Callable[[], None]) -> None:
        self.said = False
        self._say = say
        self._lock = threading.Lock()
        self._over = False
        self._timer = threading.Timer(max(after_s, 0.0), self._speak)
        self._timer.daemon = True

    def hush(self) -> None:
        """Say nothing any more; returns when nothing is being said."""
        with self._lock:
            self._over = True
        self._timer.cancel()

    def __enter__(self) -> Self:
        """Begin to wait."""
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop waiting; what is being said is said to its end."""
        self.hush()

    def _speak(self) -> None:
        with self._lock:
            if not self._over:
                self._over = self.said = True
                self._say()
