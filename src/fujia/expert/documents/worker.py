"""Reads one file for another process: an order on standard input, a document on standard output.

Memory and time are limited first. Damaged or hostile files may crash the library that reads them,
or make it ask for all memory there is; that must not be the end of who wants to read them.
"""

import pickle
import resource
import sys
from pathlib import Path
from typing import Literal

from fujia.errors import DocumentError, MissingExtra
from fujia.expert.documents.pdf import Recogniser, read_pdf
from fujia.expert.section import Document, Language

Answer = tuple[Literal["document"], Document] | tuple[Literal["extra", "error"], str]

_MEMORY = 640 << 20
_MEMORY_OF_MODELS = 6 << 30
"""Address space in bytes; models that read pictures map a good deal of it."""


def main() -> None:
    """Read the file that standard input orders."""
    kind, file, title, sha256, language = pickle.load(sys.stdin.buffer)
    _limit(_MEMORY)
    try:
        answer: Answer = ("document", _read(kind, file, title, sha256, language))
    except MissingExtra as error:
        answer = "extra", error.extra
    except DocumentError as error:
        answer = "error", str(error)
    sys.stdout.buffer.write(pickle.dumps(answer))


def _read(kind: str, file: Path, title: str, sha256: str, language: Language | None) -> Document:
    if kind == "pdf":
        return read_pdf(file, title, sha256, language, _recogniser)
    from fujia.expert.documents.docx import read_docx

    return read_docx(file, title, sha256, language)


def _recogniser() -> Recogniser:
    _limit(_MEMORY_OF_MODELS)
    from fujia.expert.documents.ocr import PictureReader

    return PictureReader()


def _limit(memory: int) -> None:
    """Take no more address space than this from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
