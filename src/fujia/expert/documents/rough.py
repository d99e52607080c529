"""Headings and flattened tables in text that has no marks for them.

A number shows a heading ("第三章", "2.1", "一、"), or brackets ("【胎压监测】"), or that a line is
short, ends without punctuation and has running text below it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from fujia.expert.documents.flow import blocks_of
from fujia.expert.documents.furniture import without_page_numbers
from fujia.expert.documents.lines import Heading, Line, Part, width_of
from fujia.expert.documents.marks import bullet, label, step_number

_CHAPTER = re.compile(
    r"(?:第\s*[\d一二三四五六七八九十百零]+\s*([章篇部编节])|(?:chapter|part)\s+\d+\b)", re.I
)
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．\-]\d{1,2}){1,3})\s*[.、]?\s*(?=[^\d\s%.,，。)）/])")
_SINGLE = re.compile(r"(\d{1,2})\s*[.、．]?\s+(?=\S)")
_HAN_NUMBER = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])")
_BRACKETED = re.compile(r"[【〖]([^【】〖〗]{2,24})[】〗]")
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,}|_{4,})\s*\d{1,4}\s*$")
_END = re.compile(r"[。．.，,；;：:！!、…|]\s*$")
_WIDEST_HEADING = 48
_WIDEST_NUMBERED = 70
_MOST_WORDS = 9
_FEWEST_ROWS = 3
_GLANCE = 8
"""So many rows are enough to see a table."""
_PARAGRAPH_GAP = 0.7
_CHAPTER_LEVELS = {"篇": 1, "部": 1, "编": 1, "章": 1, "节": 2}


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Headings and blocks of lines that nobody marked."""
    lines = without_page_numbers([line for line in lines if not is_contents(line.text)])
    counted = {found[1].split(".")[0] for line in lines if (found := _DECIMAL.match(line.text))}
    parts: list[Part] = []
    kept: list[Line] = []
    at = searched = 0
    while at < len(lines):
        if heading := _heading(lines, at, counted):
            parts += [*blocks_of(kept), heading]
            kept = []
            at += 1
            continue
        rows = _rows(lines, at) if at >= searched else ()
        searched = max(searched, at + len(rows))
        if _is_table(rows):
            kept += [replace(line, cells=_cells(line)) for line in rows]
            at += len(rows)
        else:
            kept.append(lines[at])
            at += 1
    return parts + blocks_of(kept)


def is_contents(text: str) -> bool:
    """Whether it is a line of a table of contents: dots, then a page."""
    return bool(_CONTENTS.search(text))


def numbered_level(text: str) -> int | None:
    """The level that the number of a heading shows ("第三章" 1, "2.1" 2, "一、" 2), or None."""
    if chapter := _CHAPTER.match(text):
        return _CHAPTER_LEVELS.get(chapter[1] or "", 1)
    if decimal := _DECIMAL.match(text):
        return len(re.split(r"[.．\-]", decimal[1]))
    if han := _HAN_NUMBER.match(text):
        return 2 if han[0].endswith("、") else 3
    return None


def _heading(lines: Sequence[Line], at: int, counted: set[str]) -> Heading | None:
    """The heading that a line is, if it is one; ``counted`` are numbers that have subsections."""
    line = lines[at]
    text = line.text.strip()
    if line.cells or label(text) or bullet(text) is not None:
        return None
    if bracketed := _BRACKETED.fullmatch(text):
        return Heading(3, bracketed[1].strip(), line.page)
    if _END.search(text) or _is_rest(lines, at):
        return None
    single = _SINGLE.match(text)
    level = 1 if single and single[1] in counted else numbered_level(text)
    if level is not None:
        return Heading(level, text, line.page) if width_of(text) <= _WIDEST_NUMBERED else None
    if step_number(text) or not _stands_above(lines, at):
        return None
    return Heading(4, text, line.page)


def _is_rest(lines: Sequence[Line], at: int) -> bool:
    """Whether a line carries on a sentence that broke off at the edge of the line before."""
    before = lines[at - 1] if at else None
    return bool(before and before.full and not _ends(before.text) and not _is_apart(lines[at]))


def _ends(text: str) -> bool:
    return text.rstrip()[-1:] in "。！？；：.!?;:”」』）)"


def _is_apart(line: Line) -> bool:
    return line.gap >= _PARAGRAPH_GAP


def _stands_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a line looks like the title of what is below it: running text, steps, a table."""
    before, below = lines[max(at - 1, 0)], lines[at + 1 : at + 3]
    if not below or not _looks_like_title(lines[at]) or _in_list(lines, at):
        return False
    if at and not _ends(before.text) and not _is_apart(lines[at]) and not _looks_like_title(before):
        return False
    is_new = not at or _ends(before.text) or _is_apart(lines[at])
    if _is_body(below[0]) or (is_new and _is_table(_rows(lines, at + 1, _GLANCE))):
        return True
    return len(below) > 1 and _looks_like_title(below[0]) and _is_body(below[1])


def _in_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is one of three or more short ones without space between them."""
    before, after = _titles(lines, at, -1), _titles(lines, at, 1)
    heads_rows = not before and _is_table(_rows(lines, at + 1, _GLANCE))
    return before + after >= 2 and not heads_rows


def _titles(lines: Sequence[Line], at: int, step: int) -> int:
    """How many short lines stand directly above (-1) or below (1), at most two."""
    for count in range(2):
        here, there = at + step * count, at + step * (count + 1)
        if not 0 <= there < len(lines) or _is_apart(lines[max(here, there)]):
            return count
        if not _looks_like_title(lines[there]):
            return count
    return 2


def _is_body(line: Line) -> bool:
    text = line.text.strip()
    return bool(
        line.full
        or width_of(text) > _WIDEST_HEADING
        or _ends(text)
        or label(text)
        or bullet(text) is not None
        or step_number(text)
    )


def _looks_like_title(line: Line) -> bool:
    text = line.text.strip()
    if not len(text) >= 2 or width_of(text) > _WIDEST_HEADING or _END.search(text) or line.full:
        return False
    if len(_cells(line)) > 1 or sum(character.isdigit() for character in text) * 3 > len(text):
        return False
    if text.isascii() and (not text[0].isupper() or len(text.split()) > _MOST_WORDS):
        return False
    return any(character.isalpha() for character in text)


def _rows(lines: Sequence[Line], at: int, most: int = 1000) -> Sequence[Line]:
    """The lines from here that may be the rows of a table that lost its lines."""
    end = at
    while (
        end < min(len(lines), at + most)
        and _is_row(lines, end)
        and (end == at or lines[end].gap <= 1)
    ):
        end += 1
    return lines[at:end]


def _is_table(rows: Sequence[Line]) -> bool:
    """Whether rows are enough for a table, and say how much of something."""
    return len(rows) >= _FEWEST_ROWS and any(
        character.isdigit() for line in rows for character in line.text
    )


def _is_row(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    text = line.text.strip()
    if len(_cells(line)) > 1:
        return True
    if line.full or _is_rest(lines, at) or _END.search(text) or width_of(text) > _WIDEST_HEADING:
        return False
    return not (
        label(text) or step_number(text) or bullet(text) is not None or numbered_level(text)
    )


def _cells(line: Line) -> tuple[str, ...]:
    """The cells of a row: between tabs, bars or wide spaces."""
    if line.cells:
        return line.cells
    cells = re.split(r"\t+|\s{2,}|\s*[|｜]\s*", line.text.strip(" |｜\t"))
    return tuple(cell.strip() for cell in cells if cell.strip())
