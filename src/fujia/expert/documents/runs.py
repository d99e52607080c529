"""The text of a PDF page as runs: letters on one line with no wide gap between them."""

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage, PdfTextPage

_GAP = 1.1
"""A gap wider than this, in heights of a letter, parts two runs: columns, cells of a table."""
_MOST_LETTERS = 60_000
_BOLD = 600
_HYPHENS = frozenset({0x02, 0xFFFE})
_BREAKS = frozenset({0x0A, 0x0D, 0x00})


@dataclass(slots=True)
class Run:
    """Letters next to each other, in points from the top left of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool

    @property
    def height(self) -> float:
        """From the top to the bottom of its letters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """How far down the page its line is."""
        return (self.top + self.bottom) / 2


class _Letters:
    """Reads the letters of a text page one by one, reusing its buffers."""

    def __init__(
        self, textpage: PdfTextPage, bbox: tuple[float, float, float, float], turn: int
    ) -> None:
        self._raw, self._bbox, self._turn = textpage.raw, bbox, turn
        self._rect = pdfium_c.FS_RECTF()
        self._rect_at = ctypes.byref(self._rect)

    def box(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom of a letter as the page is shown; None if it has no place."""
        if not pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, self._rect_at):
            return None
        rect, (left, low, right, high) = self._rect, self._bbox
        if self._turn == 0:
            return rect.left - left, high - rect.top, rect.right - left, high - rect.bottom
        if self._turn == 90:
            return rect.bottom - low, rect.left - left, rect.top - low, rect.right - left
        if self._turn == 180:
            return right - rect.right, rect.bottom - low, right - rect.left, rect.top - low
        return high - rect.top, right - rect.right, high - rect.bottom, right - rect.left

    def code(self, index: int) -> int:
        return pdfium_c.FPDFText_GetUnicode(self._raw, index)

    def style(self, index: int) -> tuple[float, bool]:
        """Size in points, and whether it is bold."""
        weight = pdfium_c.FPDFText_GetFontWeight(self._raw, index)
        return pdfium_c.FPDFText_GetFontSize(self._raw, index), weight >= _BOLD

    def font(self, index: int) -> str:
        buffer = ctypes.create_string_buffer(64)
        flags = ctypes.c_int()
        pdfium_c.FPDFText_GetFontInfo(self._raw, index, buffer, 64, ctypes.byref(flags))
        return buffer.value.decode("utf-8", "replace")


def runs_of(page: PdfPage) -> list[Run]:
    """The runs of a page in the order in which the file draws them."""
    textpage = page.get_textpage()
    try:
        letters = _Letters(textpage, page.get_bbox(), page.get_rotation())
        count = min(textpage.count_chars(), _MOST_LETTERS)
        return [run for run in _runs(letters, count) if run.text.strip()]
    finally:
        textpage.close()


def _runs(letters: _Letters, count: int) -> list[Run]:
    runs: list[Run] = []
    run: Run | None = None
    space = False
    for index in range(count):
        code = letters.code(index)
        if code in _BREAKS:
            space = False
            continue
        text = "\u00ad" if code in _HYPHENS else chr(code)
        if text.isspace():
            space = True
            continue
        box = letters.box(index)
        if box is None or 0xD800 <= code < 0xE000:
            continue
        if run is None or not _continues(run, box):
            size, bold = letters.style(index)
            bold = bold or "bold" in letters.font(index).lower()
            run = Run(text, *box, size or box[3] - box[1], bold)
            runs.append(run)
        else:
            _extend(run, text, box, space)
        space = False
    return runs


def _continues(run: Run, box: tuple[float, float, float, float]) -> bool:
    """Whether a letter stands on the same line, right behind the run."""
    left, top, _, bottom = box
    height = max(run.height, 1.0)
    same_line = abs((top + bottom) / 2 - run.middle) < 0.5 * max(height, bottom - top)
    return same_line and -0.6 * height < left - run.right < _GAP * height


def _extend(run: Run, text: str, box: tuple[float, float, float, float], space: bool) -> None:
    left, top, right, bottom = box
    gap = left - run.right
    tight = ord(run.text[-1]) >= 0x2E80 and ord(text) >= 0x2E80
    if (space and not tight) or (gap > 0.25 * run.height and not tight):
        run.text += " "
    run.text += text
    run.right = max(run.right, right)
    run.top, run.bottom = min(run.top, top), max(run.bottom, bottom)
