"""Sections cut into passages, the units that are searched and shown.

A passage is a piece of its section's text, letter by letter, of whole blocks where they fit:
steps stay together, and a warning stays with what it guards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fujia.expert.section import Block, Section

PASSAGE_LENGTH = 400
"""The longest passage, in characters."""

_SENTENCE_END = re.compile(r"[。！？；]|[.!?;](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a section: ``section.text[start:end]``."""

    start: int
    end: int
    page: int | None
    """Where it begins, from 1; None in a file without pages."""

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start


def cut(section: Section, length: int = PASSAGE_LENGTH) -> list[Passage]:
    """The passages of a section, in order and without overlap, together all of its text."""
    passages: list[Passage] = []
    for piece in _pieces(section, length):
        last = passages[-1] if passages else None
        if last and piece.end - last.start <= length:
            passages[-1] = Passage(last.start, piece.end, last.page)
        else:
            passages.append(piece)
    return passages


def _pieces(section: Section, length: int) -> Iterator[Passage]:
    """Units that stay whole: a block with the warnings before it, or what fits of a long one."""
    text, start, end = section.text, 0, 0
    page = section.page
    guarded: list[Block] = []
    for block in section.blocks:
        guarded.append(block)
        page = page if guarded[0].page is None else guarded[0].page
        end += len(block.text) + (len(guarded) > 1)
        if block.kind == "warning" and end - start <= length // 2:
            continue
        yield from _split(text, Passage(start, end, page), length)
        start = end = end + 1
        guarded.clear()
    if guarded:
        yield from _split(text, Passage(start, end, page), length)


def _split(text: str, piece: Passage, length: int) -> Iterator[Passage]:
    """A piece cut at the last end of a sentence (or line) that fits, as often as it takes."""
    start = piece.start
    while piece.end - start > length:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, start, start + length)]
        end = ends[-1] if ends else start + length
        yield Passage(start, end, piece.page)
        start = end
    if start < piece.end:
        yield Passage(start, piece.end, piece.page)
