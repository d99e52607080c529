"""Word documents (DOCX), by the extra ``docx``."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fujia.errors import DocumentError, MissingExtra
from fujia.expert.documents.assemble import assemble
from fujia.expert.documents.flow import blocks_of
from fujia.expert.documents.lines import Heading, Line, Part
from fujia.expert.documents.rough import parts_of
from fujia.expert.section import Block, Document, Language

_MOST_BYTES = 512 * 1024 * 1024
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_LIST = re.compile(r"list|列表|列出", re.IGNORECASE)
_NUMBERED = re.compile(r"number|编号", re.IGNORECASE)


def read_docx(file: Path, title: str, sha256: str, language: Language | None = None) -> Document:
    """The document in a DOCX file.

    Raises:
        MissingExtra: the extra ``docx`` is not installed.
        DocumentError: it is damaged, empty, or would grow too large when unpacked.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise MissingExtra("docx") from None
    _refuse_bomb(file)
    try:
        document = docx.Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile):
        raise DocumentError("it is damaged, or no Word document") from None
    parts = list(_parts(document))
    if not any(isinstance(part, Heading) for part in parts):
        texts = [
            line for part in parts if isinstance(part, Block) for line in part.text.split("\n")
        ]
        parts = parts_of([Line(text) for text in texts if text])
    name = title or str(document.core_properties.title or "") or file.stem
    return assemble(name, parts, sha256=sha256, format="docx", language=language)


def _refuse_bomb(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise DocumentError("it is damaged, or no Word document") from None
    if size > _MOST_BYTES:
        raise DocumentError(f"it would unpack to {size >> 20} MiB; at most {_MOST_BYTES >> 20} MiB")


def _parts(document: Any) -> Iterator[Part]:
    """Headings and blocks; paragraphs in a row of the style of a list are one list."""
    from docx.table import Table

    items: list[str] = []
    kind = "list"
    lines: list[Line] = []
    for element in document.iter_inner_content():
        style = "" if isinstance(element, Table) else str(element.style.name or "")
        is_item = bool(_LIST.search(style))
        if items and not (is_item and ("steps" if _NUMBERED.search(style) else "list") == kind):
            yield Block("steps" if kind == "steps" else "list", tuple(items))
            items = []
        if lines and (is_item or isinstance(element, Table) or _HEADING.match(style)):
            yield from blocks_of(lines)
            lines = []
        if isinstance(element, Table):
            yield Block("table", tuple(_rows(element)))
            continue
        text = " ".join(element.text.split())
        if not text:
            continue
        if found := _HEADING.match(style):
            yield Heading(int(found[1]), text)
        elif is_item:
            kind = "steps" if _NUMBERED.search(style) else "list"
            items.append(text)
        else:
            lines.append(Line(text, gap=1))
    if items:
        yield Block("steps" if kind == "steps" else "list", tuple(items))
    yield from blocks_of(lines)


def _rows(table: Any) -> Iterator[str]:
    """Each row once, with a merged cell once."""
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:
                cells.append(" ".join(cell.text.split()))
            last = cell._tc
        if any(cells):
            yield " | ".join(cells)
