import sys

import numpy as np
import pytest

from fujia.errors import MissingExtra
from fujia.expert.documents.columns import PageSize
from fujia.expert.documents.ocr import PictureReader

PAGE = PageSize(4, 600, 800)


class Found:
    """What the engine says about a picture, in pixels."""

    def __init__(self, *lines: tuple[str, float, tuple[int, int, int, int]]) -> None:
        self.txts = tuple(text for text, _, _ in lines)
        self.scores = tuple(score for _, score, _ in lines)
        boxes = [[[le, t], [r, t], [r, b], [le, b]] for _, _, (le, t, r, b) in lines]
        self.boxes = np.array(boxes, float) if lines else None


def reader(found: Found, monkeypatch: pytest.MonkeyPatch) -> PictureReader:
    module = type(sys)("rapidocr")
    module.RapidOCR = lambda params: lambda picture: found
    monkeypatch.setitem(sys.modules, "rapidocr", module)
    return PictureReader()


def test_lines_stand_where_the_picture_shows_them(monkeypatch: pytest.MonkeyPatch):
    found = Found(("请打开。", 0.9, (100, 800, 900, 840)), ("大灯", 0.9, (100, 200, 300, 280)),
                  ("噪声", 0.2, (0, 0, 9, 9)))  # fmt: skip
    lines = reader(found, monkeypatch)(np.zeros((1600, 1200, 3), np.uint8), PAGE)
    assert [line.text for line in lines] == ["大灯", "请打开。"]
    assert lines[0].size > lines[1].size
    assert lines[1].box
    assert (lines[1].page, lines[1].box.top, lines[1].box.right) == (4, 0.5, 0.75)


def test_a_picture_without_letters_has_no_lines(monkeypatch: pytest.MonkeyPatch):
    assert reader(Found(), monkeypatch)(np.zeros((10, 10, 3), np.uint8), PAGE) == []


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(MissingExtra, match=r"fujia\[ocr\]"):
        PictureReader()
