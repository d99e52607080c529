"""Markdown (CommonMark with tables); ``## Heading {#id}`` gives a section its id."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fujia.expert.documents.assemble import assemble
from fujia.expert.documents.flow import blocks_of
from fujia.expert.documents.lines import Heading, Part
from fujia.expert.documents.marks import label
from fujia.expert.documents.text import decode, lines_of, read_text
from fujia.expert.section import Block, BlockKind, Document, Language

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_ID = re.compile(r"\s*\{#([\w./-]+)\}\s*$")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ALERT = re.compile(r"\A\[!(WARNING|CAUTION|IMPORTANT|NOTE|TIP)\]\s*", re.IGNORECASE)


def read_markdown(
    content: bytes, title: str, sha256: str, language: Language | None = None
) -> Document:
    """The document in a Markdown file; raises DocumentError.

    A file without any heading is read as plain text is. The first heading is the title if it is
    the only one of level 1 and nothing stands before it.
    """
    parts = parts_of_markdown(decode(content))
    headings = [part for part in parts if isinstance(part, Heading)]
    if not headings:
        return read_text(content, title, sha256, language)
    first = parts[0]
    top = [heading for heading in headings if heading.level == 1]
    if len(headings) > 1 and isinstance(first, Heading) and top == [first]:
        title, parts = title or first.text, _below_title(parts)
    return assemble(
        title or headings[0].text, parts, sha256=sha256, format="markdown", language=language
    )


def parts_of_markdown(text: str) -> list[Part]:
    """Headings and blocks of Markdown text, in order."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT_MATTER.sub("", text))
    return [part for node in SyntaxTreeNode(tokens).children for part in _parts(node)]


def _below_title(parts: Sequence[Part]) -> list[Part]:
    """Everything below the title, whose text opens the document if it has any."""
    rest = list(parts[1:])
    return list(parts) if rest and isinstance(rest[0], Block) else rest


def _parts(node: "SyntaxTreeNode") -> Iterator[Part]:
    if node.type == "heading":
        found = _ID.search(text := _text(node))
        level = int(node.tag[1:])
        yield Heading(level, _ID.sub("", text).strip(), id=found[1] if found else None)
    elif node.type == "paragraph":
        # Lines of a paragraph are one, unless they begin with a number, a bullet or a label.
        yield from blocks_of(replace(line, reach=1.0) for line in lines_of(_text(node)))
    elif node.type in ("ordered_list", "bullet_list"):
        kind: BlockKind = "steps" if node.type == "ordered_list" else "list"
        yield Block(kind, tuple(_item(item) for item in node.children))
    elif node.type == "blockquote":
        yield from _quote(node)
    elif node.type == "table":
        yield Block("table", tuple(" | ".join(row) for row in _rows(node)))
    elif node.type in ("fence", "code_block"):
        yield Block("paragraph", tuple(node.content.rstrip("\n").split("\n")))


def _quote(node: "SyntaxTreeNode") -> Iterable[Block]:
    """A quotation that opens with the label of a warning or a note is one, all of it."""
    text = "\n".join(_plain(child) for child in node.children)
    if alert := _ALERT.match(text):
        kind = "note" if alert[1].upper() in ("NOTE", "TIP") else "warning"
        return [Block(kind, tuple(text[alert.end() :].split("\n")))]
    if found := label(text.split("\n")[0]):
        return [Block(found.kind, tuple(text.split("\n")))]
    return [part for child in node.children for part in _parts(child) if isinstance(part, Block)]


def _item(node: "SyntaxTreeNode") -> str:
    return "\n".join(_plain(child) for child in node.children)


def _plain(node: "SyntaxTreeNode") -> str:
    """All text of a node, one line for each paragraph or item in it."""
    if node.type in ("ordered_list", "bullet_list"):
        ordered = node.type == "ordered_list"
        return "\n".join(
            f"{n}. {_item(item)}" if ordered else f"- {_item(item)}"
            for n, item in enumerate(node.children, 1)
        )
    if node.type in ("fence", "code_block"):
        return node.content.rstrip("\n")
    if node.type == "table":
        return "\n".join(" | ".join(row) for row in _rows(node))
    if node.type in ("paragraph", "heading"):
        return " ".join(line.text for line in lines_of(_text(node)))
    return "\n".join(_plain(child) for child in node.children)


def _rows(table: "SyntaxTreeNode") -> Iterable[list[str]]:
    for part in table.children:
        for row in part.children:
            yield [_text(cell).strip() for cell in row.children]


def _text(node: "SyntaxTreeNode") -> str:
    """The text of a node without its marks; a break is the end of a line."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type in ("text", "code_inline", "image"):
        return node.content
    return "".join(_text(child) for child in node.children)
