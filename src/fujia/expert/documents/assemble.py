"""Headings and blocks put together to a document of sections."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fujia.errors import DocumentError
from fujia.expert.documents.lines import Heading, Part, language_of
from fujia.expert.section import Block, Document, Language, Section

_LONGEST = 3000
"""A section without any heading is cut before it gets longer than this, in characters."""
_SLUG_LENGTH = 40


@dataclass(slots=True)
class _Draft:
    headings: tuple[Heading, ...]
    blocks: list[Block] = field(default_factory=list[Block])


def assemble(
    title: str,
    parts: Sequence[Part],
    *,
    sha256: str,
    format: Literal["pdf", "html", "markdown", "text", "docx"],  # noqa: A002
    pages: int | None = None,
    language: Language | None = None,
) -> Document:
    """The document that headings and blocks in reading order make up.

    ``language`` is that of every section; without it each section has its own.

    Raises:
        DocumentError: there is no text in it.
    """
    drafts = [piece for draft in _drafts(title, parts) for piece in _pieces(draft)]
    if not drafts:
        raise DocumentError("there is no text in it")
    slugs = Counter[str]()
    sections: list[Section] = []
    for draft in drafts:
        path = tuple(heading.text for heading in draft.headings)
        text = "\n".join((*path, *(block.text for block in draft.blocks)))
        page = draft.headings[-1].page or draft.blocks[0].page
        slug = _unique(draft.headings[-1].id or _slug(path), slugs)
        own = language or language_of(text)
        sections.append(Section(slug, path, own, tuple(draft.blocks), page))
    in_chinese = sum(section.language == "zh" for section in sections) * 2 >= len(sections)
    spoken: Language = "zh" if in_chinese else "en"
    return Document(title, language or spoken, tuple(sections), pages, sha256, format)


def _drafts(title: str, parts: Iterable[Part]) -> Iterable[_Draft]:
    """The text below each heading; a heading with nothing below it is text of its own."""
    above: list[Heading] = []
    draft = _Draft((Heading(0, title),))
    for part in parts:
        if isinstance(part, Block):
            draft.blocks.append(part)
            continue
        if draft.blocks:
            yield draft
        elif above and part.level <= above[-1].level:
            yield _bare(draft)
        above = [heading for heading in above if heading.level < part.level] + [part]
        draft = _Draft(tuple(above))
    if draft.blocks:
        yield draft
    elif above:
        yield _bare(draft)


def _bare(draft: _Draft) -> _Draft:
    last = draft.headings[-1]
    draft.blocks.append(Block("paragraph", (last.text,), last.page))
    return draft


def _pieces(draft: _Draft) -> Iterable[_Draft]:
    """A draft cut between blocks where it is very long, so that a citation still points at it."""
    piece, length = _Draft(draft.headings), 0
    for block in draft.blocks:
        if piece.blocks and length + len(block.text) > _LONGEST:
            yield piece
            piece, length = _Draft(draft.headings), 0
        piece.blocks.append(block)
        length += len(block.text)
    yield piece


def _slug(path: Sequence[str]) -> str:
    parts = [re.sub(r"\W+", "-", heading.lower()).strip("-")[:_SLUG_LENGTH] for heading in path]
    return "/".join(part for part in parts if part) or "section"


def _unique(slug: str, taken: Counter[str]) -> str:
    """``slug``, with a number behind it where another section has it already."""
    taken[slug] += 1
    return slug if taken[slug] == 1 else _unique(f"{slug}-{taken[slug]}", taken)
