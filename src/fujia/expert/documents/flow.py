"""Printed lines made into blocks: broken lines joined, steps, lists, warnings and tables found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from fujia.expert.documents.lines import Line, join
from fujia.expert.documents.marks import bullet, label, step_number
from fujia.expert.section import Block, BlockKind, Box

_SENTENCE_ENDS = '。！？；.!?;:：…」』）)”"'
_PARAGRAPH_GAP = 0.7
_INDENT = 1.2
_LAST_STEP = 30
_LONGEST = 4000


@dataclass(slots=True)
class _Open:
    """A block that still grows."""

    kind: BlockKind
    lines: list[str]
    raw: list[str]
    """The lines as printed, with their numbers and bullets."""
    page: int | None
    boxes: list[Box] = field(default_factory=list[Box])
    awaits: Literal["all", "items", "nothing"] = "nothing"
    """What the label of a warning or a note that stands alone still waits for below it."""

    def closed(self) -> Block:
        kind, lines = self.kind, self.lines
        if kind == "steps" and len(lines) == 1:  # one number alone counts nothing
            kind, lines = "paragraph", self.raw
        return Block(kind, tuple(lines), self.page, merged(self.boxes))


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """The blocks that printed lines make up, in order."""
    opened: list[_Open] = []
    before: Line | None = None
    for line in lines:
        if line.text.strip():
            _take(opened, before, line)
            before = line
    return [each.closed() for each in opened]


def _take(opened: list[_Open], before: Line | None, line: Line) -> None:
    """Put a line into the block it belongs to, or open one for it."""
    text, last = line.text.strip(), opened[-1] if opened else None
    if line.cells:
        _put(opened, "table", " | ".join(line.cells), line)
    elif found := label(text):
        opened.append(_new(found.kind, text, line))
        opened[-1].awaits = "all" if found.alone else "nothing"
    elif last and last.awaits != "nothing" and _is_item(text):
        _add(last, bullet(text) or text, line)
        last.awaits = "items"
    elif last and last.awaits == "all":
        _add(last, text, line)
        last.awaits = "nothing"
    elif (step := step_number(text)) and _counts(opened, step[0]):
        _put_step(opened, step, line)
    elif (item := bullet(text)) is not None:
        _put(opened, "list", item, line)
    elif last and before and _may_grow(last) and _goes_on(before, line):
        last.lines[-1] = join(last.lines[-1], text)
        last.raw[-1] = join(last.raw[-1], text)
        _mark(last, line)
    else:
        opened.append(_new("paragraph", text, line))


def _new(kind: BlockKind, text: str, line: Line) -> _Open:
    new = _Open(kind, [], [], line.page)
    _add(new, text, line)
    return new


def _add(block: _Open, text: str, line: Line) -> None:
    """Another line of a block: ``text``, and how it is printed."""
    block.lines.append(text)
    block.raw.append(line.text.strip())
    _mark(block, line)


def _put(opened: list[_Open], kind: BlockKind, text: str, line: Line) -> None:
    """Add a line to the last block if it is of that kind, or open one."""
    if opened and opened[-1].kind == kind:
        _add(opened[-1], text, line)
    else:
        opened.append(_new(kind, text, line))


def _may_grow(block: _Open) -> bool:
    """Whether a line may be joined to the last one: no row of a table, and not endlessly long."""
    return block.kind != "table" and len(block.lines[-1]) < _LONGEST


def _is_item(text: str) -> bool:
    return bullet(text) is not None or step_number(text) is not None


def _counts(opened: Sequence[_Open], number: int) -> bool:
    """Whether a number goes on counting, or begins to."""
    return number == 1 or (number <= _LAST_STEP and _steps_before(opened, number) is not None)


def _steps_before(opened: Sequence[_Open], number: int) -> int | None:
    """Where the steps are that this number goes on with; a few words may stand between."""
    for at in range(len(opened) - 1, max(len(opened) - 4, -1), -1):
        if opened[at].kind == "steps":
            return at if len(opened[at].lines) == number - 1 else None
    return None


def _put_step(opened: list[_Open], step: tuple[int, str], line: Line) -> None:
    number, text = step
    at = _steps_before(opened, number) if number > 1 else None
    if at is None:
        opened.append(_new("steps", text, line))
        return
    steps = opened[at]
    for between in opened[at + 1 :]:
        if between.kind in ("paragraph", "list"):  # it belongs to the step above it
            steps.lines[-1] = "\n".join([steps.lines[-1], *between.raw])
            steps.raw[-1] = "\n".join([steps.raw[-1], *between.raw])
            steps.boxes += between.boxes
            opened.remove(between)
    opened.remove(steps)  # a warning between two steps is read before the first
    opened.append(steps)
    _add(steps, text, line)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line carries on the sentence or the paragraph of the one before it."""
    same_page = before.page == line.page
    if line.gap > _PARAGRAPH_GAP and same_page:
        return False
    unfinished = before.text.rstrip()[-1:] not in _SENTENCE_ENDS
    if not same_page or line.gap < 0:  # the top of a page or of a column says nothing
        return before.wide and unfinished
    if line.indent > before.indent + _INDENT and not unfinished:
        return False
    return before.full or (unfinished and (before.wide or line.text.lstrip()[:1].islower()))


def _mark(block: _Open, line: Line) -> None:
    if line.box:
        block.boxes.append(line.box)


def merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of lines below each other as one for each column and page."""
    if not boxes:
        return ()
    whole = [boxes[0]]
    for above, below in pairwise(boxes):
        last, overlaps = whole[-1], below.left < whole[-1].right and below.right > whole[-1].left
        if above.page == below.page and overlaps and below.top >= above.top:
            whole[-1] = replace(
                last,
                left=min(last.left, below.left),
                right=max(last.right, below.right),
                bottom=max(last.bottom, below.bottom),
            )
        else:
            whole.append(below)
    return tuple(whole)
