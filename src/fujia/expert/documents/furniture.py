"""What stands on every page and says nothing: running heads, running feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fujia.expert.documents.lines import Line

_MARGIN = 0.13
"""The share of a page at its top and at its bottom where furniture stands."""
_OUTERMOST = 3
_FEWEST_PAGES = 3
_SHARE = 0.08
"""On how many pages of all a line must be to be furniture; chapters have running heads too."""
_LARGER = 1.3
_LONGEST = 30
_APART = 5
"""Heads and feet are at least so many lines from the next; numbers in a list are not."""
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"\W*(?:第\s*)?(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|-|–|共)\s*\d{1,4})?(?:\s*页)?\W*",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of each page without those that are furniture."""
    seen = Counter(key for lines in pages for key in {_key(line) for line in _outer(lines)})
    needed = max(_FEWEST_PAGES, _SHARE * len(pages))
    common = {key for key, count in seen.items() if count >= needed}
    return [_clean(lines, common) for lines in pages]


def _clean(lines: list[Line], common: set[tuple[str, int]]) -> list[Line]:
    drop = {
        id(line)
        for line in _outer(lines)
        if _key(line) in common or _PAGE_NUMBER.fullmatch(line.text.strip())
    }
    return [line for line in lines if id(line) not in drop]


def _outer(lines: Sequence[Line]) -> list[Line]:
    """The outermost lines in the top and the bottom margin, in letters no larger than the text."""
    sizes = sorted(line.size for line in lines)
    largest = _LARGER * sizes[len(sizes) // 2] if sizes else 0.0
    placed = sorted(
        (line for line in lines if line.box and line.size <= largest),
        key=lambda line: line.box.top if line.box else 0,
    )
    top = [line for line in placed[:_OUTERMOST] if line.box and line.box.bottom < _MARGIN]
    low = [line for line in placed[-_OUTERMOST:] if line.box and line.box.top > 1 - _MARGIN]
    return top + low


def _key(line: Line) -> tuple[str, int]:
    """Its text without its numbers, and how far down the page it stands, in fortieths."""
    height = round(line.box.top * 40) if line.box else 0
    return re.sub(r"\d+", "#", "".join(line.text.split())), height


def without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Lines of text without pages, and without the heads and feet that were left in it.

    They show themselves by coming again and again, far apart, with a number that only grows.
    """
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if not line.cells and len(line.text) <= _LONGEST and _NUMBER.search(line.text):
            places.setdefault(_NUMBER.sub("#", "".join(line.text.split())), []).append(at)
    drop = {at for found in places.values() if _counts_pages(lines, found) for at in found}
    return [line for at, line in enumerate(lines) if at not in drop]


def _counts_pages(lines: Sequence[Line], places: Sequence[int]) -> bool:
    if len(places) < _FEWEST_PAGES or any(b - a < _APART for a, b in pairwise(places)):
        return False
    numbers = [_NUMBER.findall(lines[at].text) for at in places]
    return any(
        all(int(a) < int(b) for a, b in pairwise(each)) for each in zip(*numbers, strict=True)
    )
