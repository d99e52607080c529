"""PDF files: their text in reading order, with the place of each block on its page."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fujia.errors import DocumentError, MissingExtra
from fujia.expert.documents.assemble import assemble
from fujia.expert.documents.columns import PageSize, lines_of
from fujia.expert.documents.furniture import without_furniture
from fujia.expert.documents.lines import Line
from fujia.expert.documents.outline import Entry, pdf_parts
from fujia.expert.section import Document, Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfDocument

MOST_PAGES = 5000
_FEWEST_LETTERS = 20
"""A page with fewer letters and a picture is a scanned one, as far as its text goes."""
_SCANNED = 0.5

_NO_TITLE = re.compile(
    r"^(?:untitled|无标题|microsoft word - |.*\.(?:docx?|indd|pdf)$)", re.IGNORECASE
)
"""What programs write where a title belongs."""

Recogniser = Callable[["NDArray[np.uint8]", PageSize], list[Line]]
"""Reads the lines off a picture of a page; see ``fujia.expert.documents.ocr``."""


def read_pdf(
    file: Path,
    title: str,
    sha256: str,
    language: Language | None = None,
    recogniser: Callable[[], Recogniser] | None = None,
) -> Document:
    """The document in a PDF file.

    ``recogniser`` is called for only if most pages are pictures; it may raise MissingExtra.

    Raises:
        DocumentError: it is encrypted, damaged, empty, scanned or too long.
    """
    pdf = open_pdf(file)
    try:
        count = len(pdf)
        if not count:
            raise DocumentError("it has no pages")
        if count > MOST_PAGES:
            raise DocumentError(f"it has {count} pages; at most {MOST_PAGES} can be read")
        pages = [_page_lines(pdf, number) for number in range(1, count + 1)]
        pictures = [
            number for number, lines in enumerate(pages, 1) if _letters(lines) < _FEWEST_LETTERS
        ]
        scanned = [number for number in pictures if _has_picture(pdf, number)]
        if len(scanned) > _SCANNED * count:
            recognise = _recogniser_for(recogniser, f"{len(scanned)} of its {count} pages")
            for number in scanned:
                pages[number - 1] = _recognised(pdf, number, recognise)
        entries = list(_entries(pdf))
        named = _NO_TITLE.sub("", pdf.get_metadata_value("Title")).strip()
    finally:
        pdf.close()
    parts = pdf_parts(without_furniture(pages), entries)
    return assemble(
        title or named or file.stem, parts, sha256=sha256, format="pdf", pages=count,
        language=language,
    )  # fmt: skip


def open_pdf(source: Path | bytes) -> "PdfDocument":
    """A pypdfium2 document; raises DocumentError if it is encrypted or damaged."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError:
        code = raw.FPDF_GetLastError()
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        raise DocumentError("it is encrypted: save it without a password first")
    raise DocumentError("it is damaged, or no PDF at all")


def _page_lines(pdf: "PdfDocument", number: int) -> list[Line]:
    """The lines of a page; none where the page is damaged."""
    import pypdfium2

    from fujia.expert.documents.runs import runs_of

    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return []
    try:
        size = PageSize(number, *page.get_size())
        return lines_of(runs_of(page), size)
    finally:
        page.close()


def _letters(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _has_picture(pdf: "PdfDocument", number: int) -> bool:
    from pypdfium2 import raw

    page = pdf[number - 1]
    try:
        return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    finally:
        page.close()


def _recognised(pdf: "PdfDocument", number: int, recognise: Recogniser) -> list[Line]:
    page = pdf[number - 1]
    try:
        size = PageSize(number, *page.get_size())
        return recognise(page.render(scale=150 / 72).to_numpy(), size)
    finally:
        page.close()


def _recogniser_for(recogniser: Callable[[], Recogniser] | None, pages: str) -> Recogniser:
    """What reads pictures; raises DocumentError where nothing does."""
    try:
        if recogniser:
            return recogniser()
    except MissingExtra:
        pass
    raise DocumentError(
        f"{pages} are pictures without text (scanned): pip install 'fujia[ocr]' to have them read,"
        " or save it with a text layer"
    )


def _entries(pdf: "PdfDocument") -> Iterable[Entry]:
    """The outline; entries that lead nowhere are left out."""
    for item in pdf.get_toc(max_depth=6):
        target = item.get_dest()
        index = target.get_index() if target else None
        if index is not None and index >= 0:
            yield Entry(item.level + 1, item.get_title().strip(), index + 1)
