"""Which lines of a PDF are headings: by its outline, its letters, or as in any rough text."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from fujia.expert.documents.flow import blocks_of
from fujia.expert.documents.lines import Heading, Line, Part, join, width_of
from fujia.expert.documents.marks import bullet, label
from fujia.expert.documents.rough import is_contents, numbered_level, parts_of

_LARGER = 1.12
_WIDEST = 90
_DEEPEST = 4
_FEWEST_SHARE = 1 / 8
"""Fewer headings than this a page, and the letters do not show them."""
_END = re.compile(r"[。.，,；;：:]$")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a PDF's outline."""

    level: int
    title: str
    page: int


def pdf_parts(pages: Sequence[Sequence[Line]], entries: Sequence[Entry]) -> list[Part]:
    """Headings and blocks of the lines of all pages."""
    lines = [line for page in pages for line in page if not is_contents(line.text)]
    levels = _levels(lines, entries)
    if len(levels) < _FEWEST_SHARE * len(pages) or not levels:
        return parts_of(lines)
    parts: list[Part] = []
    keyed = [(levels.get(at, 0), line) for at, line in enumerate(lines)]
    for level, group in groupby(keyed, key=lambda pair: pair[0]):
        found = [line for _, line in group]
        parts += _headings(level, found) if level else blocks_of(found)
    return parts


def _headings(level: int, lines: Sequence[Line]) -> list[Heading]:
    """Headings in lines of one level: one that is broken over two lines is one."""
    found: list[Heading] = []
    last: Line | None = None
    for line in lines:
        text = line.text.strip()
        goes_on = last and last.full and line.page == last.page and numbered_level(text) is None
        if found and goes_on and line.gap < 1:
            found[-1] = Heading(level, join(found[-1].text, text), found[-1].page)
        else:
            found.append(Heading(level, text, line.page))
        last = line
    return found


def _levels(lines: Sequence[Line], entries: Sequence[Entry]) -> dict[int, int]:
    """The level of each line that is a heading, by its place among all lines."""
    named = _by_outline(lines, entries)
    styles = _styles(lines)
    below = max(named.values(), default=0)
    if named:  # letters of a heading that the outline names show its level, not one below it
        by_style = {_style(lines[at]): level for at, level in reversed(named.items())}
    else:
        by_style = dict[tuple[float, bool], int]()
    levels = dict(named)
    for at, line in enumerate(lines):
        if at in levels or not _may_be_heading(line):
            continue
        style = _style(line)
        rank = styles.get(style)
        if rank is None:
            continue
        level = by_style.get(style, rank if not named else below + 1)
        levels[at] = (numbered_level(line.text) or level) if not named else level
    return levels


def _by_outline(lines: Sequence[Line], entries: Sequence[Entry]) -> dict[int, int]:
    """Lines that the outline names, on the page that it names."""
    on_page: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        on_page.setdefault(line.page or 0, []).append(at)
    found: dict[int, int] = {}
    for entry in entries:
        title = _bare(entry.title)
        places = [at for page in (entry.page, entry.page + 1) for at in on_page.get(page, ())]
        for at in places:
            text = _bare(lines[at].text)
            if title and at not in found and (text == title or _same(text, title)):
                found[at] = entry.level
                break
    return dict(sorted(found.items()))


def _same(text: str, title: str) -> bool:
    """Whether a line is a title but for its number."""
    return len(title) > 3 and len(text) <= len(title) + 6 and text.endswith(title)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _style(line: Line) -> tuple[float, bool]:
    return round(line.size * 2) / 2, line.bold


def _styles(lines: Sequence[Line]) -> Mapping[tuple[float, bool], int]:
    """The styles that headings have, each with its level by size: larger than the text, or bold."""
    letters = Counter[tuple[float, bool]]()
    for line in lines:
        letters[_style(line)] += len(line.text)
    if not letters:
        return {}
    body_size, body_bold = letters.most_common(1)[0][0]
    rare = 0.25 * letters.total()
    styles = {
        (size, bold)
        for size, bold in {_style(line) for line in lines if _may_be_heading(line)}
        if letters[size, bold] < rare
        and (size >= _LARGER * body_size or (bold and not body_bold and size >= body_size))
    }
    ranked = sorted(styles, reverse=True)
    return {style: min(rank, _DEEPEST) for rank, style in enumerate(ranked, start=1)}


def _may_be_heading(line: Line) -> bool:
    text = line.text.strip()
    if line.cells or label(text) or bullet(text) is not None or _END.search(text):
        return False
    return width_of(text) <= _WIDEST and any(character.isalpha() for character in text)
