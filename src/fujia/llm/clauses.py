"""An answer on its way to somebody's ears: by clauses, each looked at before it is heard.

Speech needs whole clauses anyway, a filter cannot judge half a word, and a stand-in may be cut in
two by the pieces that a server sends.
"""

import re
from collections.abc import Callable

from fujia.llm.model import Listen, Piece

_ENDS = "，。！？；：、,!?;:\n"
_LONGEST = 20
_SPACE = re.compile(r" (?!\d+\])")


class Clauses:
    """Gathers pieces into clauses; ``change`` makes of each what is heard, or raises."""

    def __init__(self, listen: Listen, change: Callable[[str], str]) -> None:
        self._listen, self._change = listen, change
        self._held = ""

    def hear(self, piece: Piece) -> None:
        """Take a piece; thoughts are never heard."""
        if piece.kind != "answer":
            return
        self._held += piece.text
        while end := self._end():
            clause, self._held = self._held[:end], self._held[end:]
            self._pass(clause)

    def end(self) -> None:
        """Pass on what is left when the answer has ended."""
        clause, self._held = self._held, ""
        if clause:
            self._pass(clause)

    def _pass(self, clause: str) -> None:
        self._listen(Piece(self._change(clause)))

    def _end(self) -> int:
        """Where the first clause ends; 0 while it is not certain."""
        for index, sign in enumerate(self._held):
            # A comma in 1,000 and a point in 3.5 end nothing; only what follows tells.
            if sign in _ENDS and not self._held[index - 1 : index].isascii():
                return index + 1
            following = self._held[index + 1 : index + 2]
            if sign in _ENDS + "." and following and not following.isdigit():
                return index + 1
        return self._cut() if len(self._held) > _LONGEST else 0

    def _cut(self) -> int:
        """Where a clause is cut that does not end; a stand-in stays whole."""
        room = self._held[:_LONGEST]
        start = room.rfind("[")
        if start > 0 and "]" not in room[start:]:
            return start
        return max((match.end() for match in _SPACE.finditer(room)), default=_LONGEST)
