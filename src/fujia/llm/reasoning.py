"""Thoughts kept apart from the answer, where a server leaves them in one stream.

Reasoning models put their thoughts between ``<think>`` and ``</think>``; some servers hand that
out as it is. Tags may be cut anywhere, since text comes in pieces.
"""

from collections.abc import Iterator

from fujia.llm.model import Piece

_OPEN, _CLOSE = "<think>", "</think>"


class ThoughtSplitter:
    """Tells the thoughts at the start of a text from the answer after them."""

    def __init__(self) -> None:
        self._held = ""
        self._state = "start"

    def feed(self, text: str) -> Iterator[Piece]:
        """The pieces that are certain now."""
        self._held += text
        if self._state == "start":
            bare = self._held.lstrip()
            if _OPEN.startswith(bare[: len(_OPEN)]) and len(bare) < len(_OPEN):
                return
            self._state = "thinking" if bare.startswith(_OPEN) else "answering"
            if self._state == "thinking":
                self._held = bare[len(_OPEN) :]
        if self._state == "thinking":
            yield from self._think()
        if self._state == "closed":
            self._held = self._held.lstrip()
            self._state = "answering" if self._held else "closed"
        if self._state == "answering" and self._held:
            yield Piece(self._held)
            self._held = ""

    def _think(self) -> Iterator[Piece]:
        thought, closed, rest = self._held.partition(_CLOSE)
        if closed:
            self._state, self._held = "closed", rest
        else:
            # The end of what is here may be the start of the closing tag.
            keep = next((n for n in range(len(_CLOSE), 0, -1) if thought.endswith(_CLOSE[:n])), 0)
            thought, self._held = thought[: len(thought) - keep], thought[len(thought) - keep :]
        if thought:
            yield Piece(thought, "reasoning")

    def end(self) -> Iterator[Piece]:
        """What was held back; a thought that was never closed stays a thought."""
        if self._held:
            yield Piece(self._held, "reasoning" if self._state == "thinking" else "answer")
        self._held = ""
