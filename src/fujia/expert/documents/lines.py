"""What readers of printed text hand on: lines, and the parts that they turn out to be."""

import re
from dataclasses import dataclass

from fujia.expert.section import Block, Box, Language

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LATIN = re.compile(r"[A-Za-z]")
_LETTERS_PER_CHARACTER = 4
"""An English word has about as many letters as say what one or two Chinese characters say."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    page: int | None = None
    box: Box | None = None
    size: float = 0.0
    """Of its letters, in points; 0 where the file does not say."""
    bold: bool = False
    gap: float = 0.0
    """Free space above it, in heights of a line; -1 at the top of a page or a column."""
    indent: float = 0.0
    """From the left edge of its column, in widths of a letter ``m``."""
    reach: float = 0.0
    """How far it reaches across its column: 1 is to the right edge; 0 where nobody can tell."""
    cells: tuple[str, ...] = ()
    """Two or more, where it is the row of a table."""

    @property
    def full(self) -> bool:
        """Whether it reaches the edge, so that its paragraph may go on below."""
        return self.reach >= 1.0

    @property
    def wide(self) -> bool:
        """Whether it is so long that, if its sentence is unfinished, it goes on below."""
        return self.reach >= 0.6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (outermost) or deeper."""

    level: int
    text: str
    page: int | None = None
    id: str | None = None
    """Where the author gave it one."""


Part = Heading | Block


def language_of(text: str) -> Language:
    """Chinese or English, by what more is said in."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    return "zh" if han * _LETTERS_PER_CHARACTER > latin else "en"


def width_of(text: str) -> int:
    """How wide text is in halves of a Chinese character."""
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def join(first: str, second: str) -> str:
    """Two printed lines of one paragraph as one: no space in Chinese, no hyphen in a word."""
    if first.endswith(("\u00ad", "\u0002", "\ufffe")):
        return first[:-1] + second
    if re.search(r"[a-z]-$", first) and re.match(r"[a-z]", second):
        return first[:-1] + second
    tight = ord(first[-1:] or "0") >= 0x2E80 or ord(second[:1] or "0") >= 0x2E80
    return first + ("" if tight else " ") + second
