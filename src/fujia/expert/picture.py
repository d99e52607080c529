"""A page of a manual as a picture, with passages marked as with a pen."""

import struct
import zlib
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

from fujia.errors import DocumentError, InputError
from fujia.expert.section import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOCK = Lock()
"""The library that draws pages must not be used by two threads at once."""
_PEN = (255, 240, 120)
"""Red, green and blue; what is printed below it stays readable."""
_WIDEST = 3000


def picture_of(source: bytes, page: int, marks: Iterable[Box] = (), width: int = 1000) -> bytes:
    """A page of a PDF as a PNG of that many pixels across, with the marks on that page.

    Raises:
        InputError: there is no such page, or the width is not within 50 to 3000.
        DocumentError: the PDF is damaged.
    """
    from fujia.expert.documents.pdf import open_pdf

    if not 50 <= width <= _WIDEST:
        raise InputError(f"a picture is 50 to {_WIDEST} pixels wide, not {width}")
    with _LOCK, open_pdf(source) as pdf:
        if not 1 <= page <= len(pdf):
            raise InputError(f"there is no page {page}: it has {len(pdf)}")
        shown = pdf[page - 1]
        across = shown.get_size()[0]
        if across <= 0:
            raise DocumentError(f"page {page} is damaged")
        picture = shown.render(scale=width / across, rev_byteorder=True).to_numpy().copy()
        shown.close()
    picture = picture[:, :, :3]
    for mark in marks:
        if mark.page == page:
            _mark(picture, mark)
    return _png(picture)


def _mark(picture: "NDArray[np.uint8]", box: Box) -> None:
    """Colour a rectangle: white becomes the pen's colour, black stays black."""
    import numpy as np

    high, wide = picture.shape[:2]
    rows = slice(int(box.top * high), max(int(box.bottom * high), int(box.top * high) + 1))
    columns = slice(int(box.left * wide), max(int(box.right * wide), int(box.left * wide) + 1))
    area = picture[rows, columns].astype(np.uint16)
    picture[rows, columns] = (area * np.array(_PEN, np.uint16) // 255).astype(np.uint8)


def _png(picture: "NDArray[np.uint8]") -> bytes:
    """An array of shape (height, width, 3) as a PNG file."""
    import numpy as np

    high, wide, _ = picture.shape
    rows = np.zeros((high, 1 + wide * 3), np.uint8)  # each row opens with its filter, none
    rows[:, 1:] = picture.reshape(high, -1)
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 6)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", body)
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
