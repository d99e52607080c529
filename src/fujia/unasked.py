"""What a chat says of Fujia's own accord, as soon as its time comes: somebody may be typing."""

from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Self

from fujia import Cabin, Turn
from fujia.errors import FujiaError
from fujia.logs import log_defect

LOOK_S = 1.0
"""How often it is considered whether there is something to say."""


def unasked(cabin: Cabin) -> Iterator[Turn]:
    """What was watched for and has come true, and a suggestion where there is reason for one."""
    yield from cabin.poll()
    suggested = cabin.suggest()
    if suggested is not None:
        yield suggested


class Unasked:
    """Looks once a second, in a thread of its own, for as long as its block lasts.

    ``show`` gets turns that nobody asked for, or the error that ended the looking. Nothing is
    looked for while ``is_busy``: whoever waits for an answer is not interrupted.
    """

    def __init__(
        self,
        cabin: Cabin,
        show: Callable[[list[Turn] | FujiaError], None],
        is_busy: Callable[[], bool],
        look_s: float = LOOK_S,
    ) -> None:
        self._cabin, self._show, self._is_busy, self._look_s = cabin, show, is_busy, look_s
        self._end = Event()
        self._thread = Thread(target=self._run, daemon=True, name="fujia-unasked")

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more. What is being looked up just now is not waited for."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.wait(self._look_s):
            if self._is_busy():
                continue
            try:
                turns = list(unasked(self._cabin))
            except FujiaError as error:  # it would be the same a second later
                self._show(error)
                return
            except Exception as error:
                log_defect(error)
                return
            if turns and not self._end.is_set():
                self._show(turns)
