import io
import zlib
from pathlib import Path

import numpy as np
import pytest

from fujia.errors import DocumentError, InputError
from fujia.expert.documents.pdf import read_pdf
from fujia.expert.picture import picture_of
from fujia.expert.section import Box
from tests.expert import pdfs


def pixels(png: bytes) -> np.ndarray:
    """The picture in a PNG of 8 bits a colour without filters."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    file = io.BytesIO(png[8:])
    size, body = (0, 0), b""
    while length := file.read(4):
        count = int.from_bytes(length, "big")
        name, content, checksum = file.read(4), file.read(count), file.read(4)
        assert zlib.crc32(name + content) == int.from_bytes(checksum, "big")
        if name == b"IHDR":
            size = int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big")
        body += content if name == b"IDAT" else b""
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(size[1], 1 + 3 * size[0])
    return rows[:, 1:].reshape(size[1], size[0], 3)


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    return pdfs.manual(tmp_path / "m.pdf", 2)


def test_a_page_is_shown_in_the_width_that_is_asked_for(manual: Path):
    picture = pixels(picture_of(manual.read_bytes(), 1, width=300))
    assert picture.shape[1:] == (300, 3)
    assert abs(picture.shape[0] - 300 * pdfs.HEIGHT / pdfs.WIDTH) <= 1
    assert picture.max() == 255
    assert picture.min() < 100


def test_a_passage_is_marked_and_stays_readable(manual: Path):
    document = read_pdf(manual, "", "0")
    (box,) = document.sections[0].blocks[0].boxes
    plain = pixels(picture_of(manual.read_bytes(), 1, width=600)).astype(int)
    marked = pixels(picture_of(manual.read_bytes(), 1, [box], width=600)).astype(int)
    changed = (plain != marked).any(axis=2)
    rows, columns = np.nonzero(changed)
    high, wide = changed.shape
    assert abs(rows.min() - box.top * high) < 3
    assert abs(rows.max() - box.bottom * high) < 3
    assert abs(columns.min() - box.left * wide) < 3
    assert marked[changed].min() < 100, "letters below the mark are still dark"


def test_marks_of_other_pages_are_not_shown(manual: Path):
    source = manual.read_bytes()
    assert picture_of(source, 1, [Box(2, 0, 0, 1, 1)], 200) == picture_of(source, 1, width=200)


@pytest.mark.parametrize(("page", "width"), [(0, 300), (3, 300), (-1, 300), (1, 10), (1, 10_000)])
def test_a_page_that_is_not_there_is_refused(manual: Path, page: int, width: int):
    with pytest.raises(InputError):
        picture_of(manual.read_bytes(), page, width=width)


def test_a_damaged_file_is_refused():
    with pytest.raises(DocumentError, match="damaged"):
        picture_of(b"%PDF-1.7 and no more", 1)
