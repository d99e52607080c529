"""What a file is, by its first bytes and its name; a file that lies about it is refused."""

import re
from pathlib import Path
from typing import Literal

from fujia.errors import DocumentError

Format = Literal["pdf", "html", "markdown", "text", "docx"]

_BY_NAME: dict[str, Format] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".docx": "docx",
}
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Word document (.doc): save it as .docx or PDF",
    b"\x89PNG": "a picture: make a PDF of it",
    b"\xff\xd8\xff": "a picture: make a PDF of it",
    b"GIF8": "a picture: make a PDF of it",
    b"{\\rtf": "rich text (.rtf): save it as .docx or PDF",
    b"\x1f\x8b": "a packed file: unpack it first",
    b"7z\xbc\xaf": "a packed file: unpack it first",
    b"Rar!": "a packed file: unpack it first",
}
_HEAD = 4096


def format_of(file: Path) -> Format:
    """The format of a file.

    Raises:
        DocumentError: it is no format that can be read, or not the one that its name says.
    """
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if not head.strip():
        raise DocumentError("it is empty")
    named = _BY_NAME.get(file.suffix.lower())
    found = _by_content(head)
    if found is None:
        if named in ("pdf", "docx"):
            raise DocumentError(f"its name says {named}, and it is not one")
        return named or "text"
    if named is None or named == found:
        return found
    if found == "html" and named in ("markdown", "text"):
        return named  # Markdown may begin with a tag
    raise DocumentError(f"its name says {named}, and it is {found}: name it accordingly")


def _by_content(head: bytes) -> Format | None:
    """PDF, DOCX and HTML show themselves; None is text of some kind."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        if b"word/" in head or b"[Content_Types].xml" in head:
            return "docx"
        raise DocumentError("it is a packed file: unpack it first")
    for start, meaning in _OTHERS.items():
        if head.startswith(start):
            raise DocumentError(f"it is {meaning}")
    return "html" if _HTML.match(head) else None
