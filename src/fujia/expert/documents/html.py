"""HTML pages: headings, paragraphs, lists, tables; scripts and navigation are left out."""

import re
from html.parser import HTMLParser

from fujia.expert.documents.assemble import assemble
from fujia.expert.documents.flow import blocks_of
from fujia.expert.documents.lines import Heading, Line, Part
from fujia.expert.documents.marks import label
from fujia.expert.documents.rough import parts_of
from fujia.expert.documents.text import decode
from fujia.expert.section import Block, BlockKind, Document, Language

_SILENT = frozenset("script style nav template noscript svg head button select iframe".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    "p div section article main aside header footer blockquote ul ol li table tr td th dl dt dd"
    " figure figcaption pre form body html h1 h2 h3 h4 h5 h6 caption br hr".split()
)
_UNCLOSED = frozenset({"p", "li", "td", "th", "tr"})
"""Tags that authors leave open and the next of their kind closes."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WARNING = re.compile(r"warn|caution|danger|alert", re.IGNORECASE)
_NOTE = re.compile(r"\bnote\b|\btip\b|\bhint\b|\binfo\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?\s*([\w-]+)""", re.IGNORECASE)


def read_html(
    content: bytes, title: str, sha256: str, language: Language | None = None
) -> Document:
    """The document in an HTML file; raises DocumentError.

    A page without any heading is read as plain text is.
    """
    reader = _Reader()
    reader.feed(_decoded(content))
    reader.close()
    parts = reader.finished()
    headings = [part for part in parts if isinstance(part, Heading)]
    if not headings:
        texts = [
            line for part in parts if isinstance(part, Block) for line in part.text.split("\n")
        ]
        parts = parts_of([Line(text) for text in texts if text])
    name = title or reader.title.strip() or (headings[0].text if headings else "")
    return assemble(name, parts, sha256=sha256, format="html", language=language)


def _decoded(content: bytes) -> str:
    """The text of a page in the encoding that it names, if it does and it fits."""
    if named := _CHARSET.search(content[:4096]):
        try:
            return content.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


class _Reader(HTMLParser):
    """Collects headings and blocks while a page goes by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._parts: list[Part] = []
        self._open: list[str] = []
        self._silent = 0
        self._text: list[str] = []
        self._heading_id: str | None = None
        self._list: list[tuple[BlockKind, list[str]]] = []
        self._rows: list[list[str]] | None = None
        self._box: tuple[BlockKind, int, list[str]] | None = None
        """A warning or a note by its class: its kind, how deep it stands, its lines."""

    def finished(self) -> list[Part]:
        """The parts, when all of the page has been fed."""
        self._flush()
        while self._open:
            self._closed(self._open.pop())
        return self._parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in _VOID:
            return
        if self._open and self._open[-1] == tag and tag in _UNCLOSED:
            self.handle_endtag(tag)
        self._open.append(tag)
        self._silent += tag in _SILENT
        given = {name: value or "" for name, value in attrs}
        if tag in _HEADINGS:
            self._heading_id = given.get("id")
        elif tag in ("ul", "ol"):
            self._list.append(("steps" if tag == "ol" else "list", []))
        elif tag == "table" and self._rows is None:
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")
        elif tag == "li" and self._list:
            self._list[-1][1].append("")
        elif tag in ("div", "aside", "section", "p", "blockquote") and self._box is None:
            kinds = given.get("class", "") + " " + given.get("role", "")
            if _WARNING.search(kinds) or _NOTE.search(kinds):
                kind = "warning" if _WARNING.search(kinds) else "note"
                self._box = kind, len(self._open), []

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in _BLOCKS:
            self._flush()
        while self._open:
            closed = self._open.pop()
            self._closed(closed)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "head" in self._open:
            self.title += data
        if not self._silent:
            self._text.append(data)

    def _closed(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        if tag in ("ul", "ol") and self._list:
            kind, items = self._list.pop()
            self._add_items(kind, items)
        elif tag == "table" and self._rows is not None and "table" not in self._open:
            rows = tuple(" | ".join(row) for row in self._rows if any(row))
            self._rows = None
            if rows:
                self._add(Block("table", rows))
        if self._box and len(self._open) < self._box[1]:
            kind, _, lines = self._box
            self._box = None
            if lines:
                self._parts.append(Block(kind, tuple(lines)))

    def _add_items(self, kind: BlockKind, items: list[str]) -> None:
        """A list that is done: within another, it is text of the item it stands in."""
        items = [item for item in items if item]
        if not items:
            return
        block = Block(kind, tuple(items))
        if self._list:
            self._item(block.text)
        elif self._rows is not None:
            self._cell("; ".join(items))
        else:
            self._add(block)

    def _flush(self) -> None:
        """What has been collected since the last tag that ends a line."""
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if not text:
            return
        inner = next((tag for tag in reversed(self._open) if tag in _BLOCKS), "")
        if self._rows is not None and inner != "caption":
            self._cell(text)
        elif inner in _HEADINGS:
            self._parts.append(Heading(_HEADINGS[inner], text, id=self._heading_id))
        elif self._list:
            self._item(text)
        else:
            for block in blocks_of([Line(text)]):
                self._add(block)

    def _cell(self, text: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] = f"{self._rows[-1][-1]} {text}".strip()
        else:
            self._rows = [*(self._rows or ()), [text]]

    def _item(self, text: str) -> None:
        items = self._list[-1][1]
        if items:
            items[-1] = f"{items[-1]}\n{text}".strip()
        else:
            items.append(text)

    def _add(self, block: Block) -> None:
        last = self._parts[-1] if self._parts else None
        if self._box:
            self._box[2].extend(block.text.split("\n"))
        elif isinstance(last, Block) and len(last.lines) == 1 and _waits(last):
            self._parts[-1] = Block(last.kind, (*last.lines, *block.text.split("\n")))
        else:
            self._parts.append(block)


def _waits(block: Block) -> bool:
    """Whether a block is a label alone, whose text comes next."""
    found = label(block.lines[0])
    return bool(found and found.alone)
