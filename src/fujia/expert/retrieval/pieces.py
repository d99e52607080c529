"""A passage cut into the pieces that an answer is put together from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"[。！？；!?;]+[”\"’）)]*|(?<=[^\d\s])\.(?=\s)|\n")
_LONG = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]`` of a section: a sentence, a step, a row of a table."""

    start: int
    end: int


def pieces_of(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces of ``text[start:end]``, in order, without the blanks around them.

    A run of words without a stop, such as a table that lost its lines, is cut at spaces, so that
    one cell can be told from the others.
    """
    end = len(text) if end is None else end
    return [
        piece
        for begin, stop in _sentences(text, start, end)
        for piece in _short(text, begin, stop)
        if piece.end > piece.start
    ]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _END.finditer(text, start, end):
        yield at, found.end()
        at = found.end()
    yield at, end


def _short(text: str, start: int, end: int) -> Iterator[Piece]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    at = start
    while end - at > 2 * _LONG:
        space = text.find(" ", at + _LONG, end)
        if space < 0:
            break
        yield Piece(at, space)
        at = space + 1
    yield Piece(at, end)
