"""Where an answer stands in the manual: a card that opens the place itself. Pure functions.

A card is a ``details`` element, so that it opens with a click, with Enter and without any script.
It holds the section's text with what was told marked in it, and, where the manual has pages, a
picture of the page, which the browser fetches when the card is opened.
"""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

from fujia.cabin.turn import Action, Source, Turn
from fujia.expert.quotes import quoted_blocks
from fujia.expert.section import Block
from fujia.serve.cockpit.texts import Texts

_LONGEST_QUOTE = 600
"""Of what an address can carry; its beginning finds the place as well."""
_PAGE_WIDTH = 1000
_CALLED = re.compile(r"警告|注意|危险|提示|warning|caution|danger|notice|note\b", re.IGNORECASE)


def sources_html(turn: Turn, texts: Texts) -> str:
    """A card for every place that the answers of a turn were taken from."""
    return "".join(
        card_html(source, action, texts) for action in turn.actions for source in action.sources
    )


def card_html(source: Source, action: Action, texts: Texts) -> str:
    """One place: manual, section and page, and below them what is printed there."""
    section = source.section
    page = texts.word("page").format(page=source.page) if source.page else ""
    where = " · ".join(part for part in (" › ".join(section.path), page) if part)
    by = f'<p class="quiet">{escape(texts.word("by_ai"))}</p>' if action.route == "llm" else ""
    cited = quoted_blocks(section, source.quotes)
    blocks = "".join(block_html(block, texts, is_cited=block in cited) for block in section.blocks)
    tag = "zh-CN" if section.language == "zh" else "en"
    return (
        f'<details class="source" data-section="{escape(section.id)}"><summary>'
        f"{_BOOK}<span><b>{escape(texts.word('from_manual'))}</b> {escape(where)}</span></summary>"
        f'{by}{_picture(source, where, texts)}<div class="section" lang="{tag}">'
        f"<h3>{escape(section.title)}</h3>{blocks}</div></details>"
    )


def block_html(block: Block, texts: Texts, *, is_cited: bool = False) -> str:
    """One block as it is meant: steps numbered, tables in rows, warnings called so."""
    cited = " cited" if is_cited else ""
    lines = [escape(line) for line in block.lines]
    if block.kind in ("steps", "list"):
        tag = "ol" if block.kind == "steps" else "ul"
        items = "".join(f"<li>{line}</li>" for line in lines)
        return f'<{tag} class="{block.kind}{cited}">{items}</{tag}>'
    if block.kind == "table":
        return f'<table class="table{cited}">{_rows(lines)}</table>'
    names = {"warning": texts.word("warning"), "note": texts.word("note")}
    name = names.get(block.kind, "")
    if _CALLED.match(block.lines[0]):  # it says so itself
        name = "⚠" if block.kind == "warning" else ""
    head = f"<b>{escape(name)}</b> " if name else ""
    return f'<p class="{block.kind}{cited}">{head}{"<br>".join(lines)}</p>'


def page_address(source: Source) -> str:
    """Where the picture of a page is, with what was told marked on it."""
    path = "/".join(
        quote(part, safe="") for part in (source.vehicle, "manuals", source.manual, "pages")
    )
    marks = [("section", source.section.id), ("width", str(_PAGE_WIDTH))]
    marks += [("quote", each[:_LONGEST_QUOTE]) for each in source.quotes]
    return f"/v1/vehicles/{path}/{source.page}.png?{urlencode(marks)}"


def _picture(source: Source, where: str, texts: Texts) -> str:
    if source.page is None:
        return ""
    alt = texts.word("page_picture").format(where=where)
    address = escape(page_address(source))
    return (
        f'<a class="page" href="{address}" target="_blank" rel="noopener">'
        f'<img src="{address}" alt="{escape(alt)}" loading="lazy" width="{_PAGE_WIDTH}"></a>'
    )


def _rows(lines: Sequence[str]) -> str:
    """Rows of cells; the first is the head."""
    rows = [line.split(" | ") for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f"<tr>{head}</tr>{body}"


_BOOK = (
    '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linejoin="round" aria-hidden="true">'
    '<path d="M12 6C9 4 6 4 3 4.5v14c3-.5 6-.5 9 1.5 3-2 6-2 9-1.5v-14C18 4 15 4 12 6Zm0 0v14"/>'
    "</svg>"
)
