"""Plain text, in UTF-8, UTF-16 or GBK."""

import re
from collections.abc import Sequence

from fujia.errors import DocumentError
from fujia.expert.documents.assemble import assemble
from fujia.expert.documents.lines import Line, width_of
from fujia.expert.documents.rough import parts_of
from fujia.expert.section import Document, Language

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_WRAPPED_WIDTHS = range(48, 130)
"""Widths, in halves of a Chinese character, at which people and programs wrap text."""


def decode(content: bytes) -> str:
    """Text from bytes in UTF-8, UTF-16 with its mark, or GBK (with GB 18030).

    Raises:
        DocumentError: it is none of them, or not text.
    """
    named = next((code for mark, code in _MARKS.items() if content.startswith(mark)), None)
    for encoding in [named] if named else ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError("it is not text in UTF-8, UTF-16 or GBK")


def read_text(
    content: bytes, title: str, sha256: str, language: Language | None = None
) -> Document:
    """The document in a text file; raises DocumentError."""
    parts = parts_of(lines_of(decode(content)))
    return assemble(title, parts, sha256=sha256, format="text", language=language)


def lines_of(text: str) -> list[Line]:
    """The lines of plain text, with what can be told of their layout."""
    printed = text.replace("\f", "\n\n").split("\n")
    edge = _wrapped_at(printed)
    lines: list[Line] = []
    blank = -1
    for raw in printed:
        bare = raw.strip(" \u3000\t\u200b\ufeff")
        if not bare:
            blank += blank >= 0
            continue
        indent = (len(raw) - len(raw.lstrip(" \u3000\t"))) * (2 if raw[:1] == "\u3000" else 1) / 2
        reach = min(width_of(raw.rstrip()) / edge, 1.0) if edge else 0.0
        lines.append(Line(bare, gap=blank, indent=indent, reach=reach))
        blank = 0
    return lines


def _wrapped_at(printed: Sequence[str]) -> int:
    """From which width on a line counts as full; 0 where the text is not wrapped by hand."""
    widths = sorted(width_of(line.rstrip()) for line in printed if line.strip())
    if not widths or widths[-1] not in _WRAPPED_WIDTHS:
        return 0
    longest = widths[int(len(widths) * 0.98)] if len(widths) > 50 else widths[-1]
    near = sum(width >= longest - 8 for width in widths)
    is_wrapped = near >= max(3, len(widths) // 5)
    words = re.compile(r"[A-Za-z]{3}")
    slack = 14 if sum(bool(words.search(line)) for line in printed) * 2 > len(widths) else 4
    return longest - slack if is_wrapped else 0
