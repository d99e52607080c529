"""What a manual is made of: a document, its sections, their blocks.

A reader (``fujia.expert.documents``) turns a file into a :class:`Document`; the store keeps it;
retrieval and answers work on its sections and never look at the file again.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
"""The language of a text, by most of its letters."""

BlockKind = Literal["paragraph", "list", "steps", "warning", "note", "table"]
"""``steps`` are to be done in order; ``warning`` guards against harm; ``note`` only informs."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions (0 to 1) of its width and height from the top left."""

    page: int
    """Counts from 1."""
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a section that is never torn apart when it is read out or shown."""

    kind: BlockKind
    lines: tuple[str, ...]
    """One line for each paragraph of text, item of a list, step (without its number) or row of a
    table (cells with `` | `` between them; the first row is the head where the table has one)."""
    page: int | None = None
    """Where it begins, from 1; None in a file without pages."""
    boxes: tuple[Box, ...] = ()
    """Where it stands on its pages, for marking; empty where the file does not say."""

    @property
    def text(self) -> str:
        """The block as text, steps numbered and items of a list with a dash."""
        if self.kind == "steps":
            return "\n".join(f"{n}. {line}" for n, line in enumerate(self.lines, start=1))
        mark = "- " if self.kind == "list" else ""
        return "\n".join(mark + line for line in self.lines)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, up to the next."""

    id: str
    """Unique in its document and the same in each edition as long as the headings are."""
    path: tuple[str, ...]
    """The headings it stands under, outermost first; its own is the last. Never empty."""
    language: Language
    blocks: tuple[Block, ...]
    page: int | None = None
    """Where its heading stands, from 1; None in a file without pages."""

    @property
    def title(self) -> str:
        """Its own heading."""
        return self.path[-1]

    @property
    def text(self) -> str:
        """All blocks in order, each on its own lines; quotes are taken from it letter by letter."""
        return "\n".join(block.text for block in self.blocks)

    def of_kind(self, kind: BlockKind) -> tuple[Block, ...]:
        """The blocks of one kind, in order: ``section.of_kind("warning")``."""
        return tuple(block for block in self.blocks if block.kind == kind)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole manual, as read from one file."""

    title: str
    language: Language
    """That of most sections; a section says its own."""
    sections: tuple[Section, ...]
    """In reading order; never empty."""
    pages: int | None
    """None in a file without pages."""
    source_sha256: str
    """Of the file's bytes, in hexadecimal."""
    format: Literal["pdf", "html", "markdown", "text", "docx"]
