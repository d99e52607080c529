"""Text off pictures of pages, by the extra ``ocr`` (rapidocr, whose models come with it)."""

from typing import TYPE_CHECKING, Any

from fujia.errors import MissingExtra
from fujia.expert.documents.columns import PageSize, lines_of
from fujia.expert.documents.lines import Line
from fujia.expert.documents.runs import Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SURE = 0.5
"""What is recognised with less than this is left out."""
_LETTER = 0.75
"""A letter's size as a share of the height of its line's box."""


class PictureReader:
    """Recognises the lines of a page in its picture."""

    def __init__(self) -> None:
        """Load the models; raises MissingExtra."""
        try:
            from rapidocr import RapidOCR
        except ImportError:
            raise MissingExtra("ocr") from None
        self._engine: Any = RapidOCR(params={"Global.log_level": "error"})

    def __call__(self, picture: "NDArray[np.uint8]", page: PageSize) -> list[Line]:
        """The lines of a picture of shape (height, width, 3), in reading order."""
        found = self._engine(picture)
        if found.boxes is None:
            return []
        scale = page.height / picture.shape[0]
        runs = [
            self._run(corners * scale, text)
            for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
            if score >= _SURE and text.strip()
        ]
        return lines_of(runs, page)

    @staticmethod
    def _run(corners: Any, text: str) -> Run:
        left, top = (float(value) for value in corners.min(axis=0))
        right, bottom = (float(value) for value in corners.max(axis=0))
        size = round((bottom - top) * _LETTER)  # boxes of one size differ by a point or so
        return Run(text, left, top, right, bottom, size, bold=False)
