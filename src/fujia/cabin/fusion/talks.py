"""What was said in conversation before, seat by seat, for as long as it goes on."""

from collections import deque
from collections.abc import Callable
from typing import Literal

from fujia.llm.model import Message
from fujia.vehicle.zone import Seat

Line = tuple[Literal["person", "fujia"], str]


class Talks:
    """The last exchanges of each seat that a model had a part in; commands to the car are none.

    After ``forget_s`` idle seconds a conversation is over, and forgotten.
    """

    def __init__(self, most: int, forget_s: float, clock: Callable[[], float]) -> None:
        self._most, self._forget_s, self._clock = most, forget_s, clock
        self._exchanges: dict[Seat, deque[tuple[str, str]]] = {}
        self._last: dict[Seat, float] = {}

    def add(self, seat: Seat, said: str, reply: str) -> None:
        """Note an exchange."""
        self._fresh(seat).append((said, reply))
        self._last[seat] = self._clock()

    def lines(self, seat: Seat) -> list[Line]:
        """Who said what, the oldest first."""
        lines: list[Line] = []
        for said, reply in tuple(self._fresh(seat)):
            lines.append(("person", said))
            lines.append(("fujia", reply))
        return lines

    def messages(self, seat: Seat) -> tuple[Message, ...]:
        """The same as a model takes it."""
        roles = {"person": "user", "fujia": "assistant"}
        return tuple({"role": roles[by], "content": text} for by, text in self.lines(seat))

    def _fresh(self, seat: Seat) -> deque[tuple[str, str]]:
        if self._clock() - self._last.get(seat, self._clock()) > self._forget_s:
            self._exchanges.pop(seat, None)
        return self._exchanges.setdefault(seat, deque(maxlen=self._most))
