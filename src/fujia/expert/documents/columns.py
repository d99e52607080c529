"""The runs of a page in the order in which people read them: columns, lines, rows of tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fujia.expert.documents.lines import Line
from fujia.expert.documents.runs import Run
from fujia.expert.section import Box

_GUTTERS = range(30, 71, 2)
"""Where a gutter between two columns may be, in hundredths of the page's width."""
_FEWEST_LINES = 4
_PROSE = 0.75
"""A column is one if its lines fill this share of its width on average; cells of tables do not."""
_BREAK = 0.5
_NARROWEST = 0.25
"""The least width of a column, as a share of the page's."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """Of a page, in points, with its number from 1."""

    number: int
    width: float
    height: float


def lines_of(runs: Sequence[Run], page: PageSize) -> list[Line]:
    """The lines of a page in reading order."""
    upright = [run for run in runs if run.height < 4 * max(run.size, 1) and run.right > run.left]
    lines: list[Line] = []
    for column in _columns(upright, page):
        lines += _column_lines(column, page)
    return lines


def _columns(runs: Sequence[Run], page: PageSize) -> Iterable[list[Run]]:
    """Stretches of runs that are read one after the other, each from its top to its bottom."""
    ordered = sorted(runs, key=lambda run: run.middle)
    band = _band(ordered, page)
    if band is None:
        yield ordered
        return
    start, end, gutter = band
    if start:
        yield from _columns(ordered[:start], page)
    yield [run for run in ordered[start:end] if run.right <= gutter]
    yield [run for run in ordered[start:end] if run.left >= gutter]
    if end < len(ordered):
        yield from _columns(ordered[end:], page)


def _band(runs: Sequence[Run], page: PageSize) -> tuple[int, int, float] | None:
    """The largest stretch in two columns of running text, and the x between them."""
    best: tuple[int, int, float] | None = None
    breaks = _breaks(runs)
    for percent in _GUTTERS:
        x = page.width * percent / 100
        crossing = [at for at, run in enumerate(runs) if run.left < x < run.right]
        for before, after in pairwise([-1, *crossing, len(runs)]):
            inner = [at for at in breaks if before + 1 < at < after]
            for start, end in ((before + 1, after), *pairwise([before + 1, *inner, after])):
                longest = best[1] - best[0] if best else 2 * _FEWEST_LINES - 1
                if end - start > longest and _are_columns(runs[start:end], x, page):
                    best = _trimmed(runs, start, end, x), end, x
    return best


def _breaks(runs: Sequence[Run]) -> list[int]:
    """Where free space goes across the whole page: the places of the first runs below it."""
    breaks: list[int] = []
    low = 0.0
    for at, run in enumerate(runs):
        if at and run.top - low > _BREAK * run.height:
            breaks.append(at)
        low = max(low, run.bottom)
    return breaks


def _are_columns(runs: Sequence[Run], x: float, page: PageSize) -> bool:
    left = [run for run in runs if run.right <= x]
    right = [run for run in runs if run.left >= x]
    return _is_prose(left, page) and _is_prose(right, page)


def _trimmed(runs: Sequence[Run], start: int, end: int, gutter: float) -> int:
    """Where the columns begin: what stands above the right one, alone, is read before both."""
    first = next(at for at in range(start, end) if runs[at].left >= gutter)
    return first - 1 if first > start and _side_by_side(runs[first - 1], runs[first]) else first


def _side_by_side(one: Run, other: Run) -> bool:
    return abs(one.middle - other.middle) < 0.5 * max(one.height, other.height)


def _is_prose(runs: Sequence[Run], page: PageSize) -> bool:
    """Whether runs are a column of text: enough lines that mostly fill its width."""
    if len(runs) < _FEWEST_LINES:
        return False
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    filled = sum(run.right - run.left for run in runs) / len(runs)
    return filled > _PROSE * (right - left) and right - left > _NARROWEST * page.width


def _column_lines(runs: Sequence[Run], page: PageSize) -> Iterable[Line]:
    """The lines of one column; runs side by side are the cells of a row."""
    rows = [sorted(row, key=lambda run: run.left) for row in _rows(runs)]
    if not rows:
        return
    left = min(row[0].left for row in rows)
    edges = sorted(row[-1].right for row in rows)
    edge = edges[int(len(edges) * 0.95)]
    bottom: float | None = None
    for row in rows:
        top, low = min(run.top for run in row), max(run.bottom for run in row)
        height = max(low - top, 1.0)
        yield Line(
            text=" ".join(run.text for run in row),
            page=page.number,
            box=_box(row[0].left, top, row[-1].right, low, page),
            size=round(max(run.size for run in row), 1),
            bold=all(run.bold for run in row),
            gap=-1.0 if bottom is None else (top - bottom) / height,
            indent=(row[0].left - left) / height,
            reach=_reach(row[-1].right, left, edge, height),
            cells=tuple(run.text for run in row) if len(row) > 1 and not _is_marker(row) else (),
        )
        bottom = low


def _reach(right: float, left: float, edge: float, height: float) -> float:
    """How far a line reaches across its column; to within two letters of its edge is all of it."""
    return 1.0 if right > edge - 1.6 * height else (right - left) / (edge - left)


def _rows(runs: Sequence[Run]) -> Iterable[list[Run]]:
    """Runs that stand on one line, from top to bottom."""
    row: list[Run] = []
    for run in runs:
        if row and not _side_by_side(row[0], run):
            yield row
            row = []
        row.append(run)
    if row:
        yield row


def _is_marker(row: Sequence[Run]) -> bool:
    """Whether the first of two runs is a number or a bullet that stands off from its text."""
    return len(row) == 2 and len(row[0].text.strip(" .、)）(（")) <= 2 and not row[0].text.isalpha()


def _box(left: float, top: float, right: float, bottom: float, page: PageSize) -> Box:
    def share(length: float, whole: float) -> float:
        return round(min(max(length / whole, 0.0), 1.0), 4)

    return Box(
        page.number,
        share(left, page.width),
        share(top, page.height),
        share(right, page.width),
        share(bottom, page.height),
    )
