"""Manuals in: one reader for each format, one kind of document out.

PDF and DOCX files are read in a process of its own, which may take so much memory and time and no
more: whatever is wrong with a file, it ends in an error, and the one who asked lives on.
"""

import hashlib
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from fujia.errors import DocumentError, MissingExtra
from fujia.expert.documents.sniff import format_of
from fujia.expert.section import Document, Language

_MOST_BYTES = 400 * 1024 * 1024
_MOST_TEXT_BYTES = 50 * 1024 * 1024
SECONDS = 600
"""What reading one file may take."""


def read(file: Path, language: Language | None = None, title: str = "") -> Document:
    """The document in a file, of whatever format.

    ``language`` is that of every section; without it, each section has its own. Without a
    ``title`` it is the file's own, or its name.

    Raises:
        DocumentError: it cannot be read: encrypted, damaged, scanned, empty, too large, or not
            what its name says. The message names the file and says what to do.
        MissingExtra: the format needs an extra that is not installed.
    """
    try:
        return _read(file, language, title)
    except DocumentError as error:
        raise DocumentError(f"{file}: {error}") from None
    except OSError as error:
        raise DocumentError(f"{file}: {error.strerror}") from None


def _read(file: Path, language: Language | None, title: str) -> Document:
    size, kind = file.stat().st_size, format_of(file)
    if size > (_MOST_BYTES if kind in ("pdf", "docx") else _MOST_TEXT_BYTES):
        raise DocumentError(f"it is too large to be a manual ({size >> 20} MiB)")
    sha256 = _sha256(file)
    if kind in ("pdf", "docx"):
        return _read_apart(file, kind, sha256, language, title)
    from fujia.expert.documents import html, markdown, text

    content = file.read_bytes()
    if kind == "html":
        return html.read_html(content, title or "", sha256, language)
    if kind == "markdown":
        return markdown.read_markdown(content, title or "", sha256, language)
    return text.read_text(content, title or file.stem, sha256, language)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read_apart(
    file: Path, kind: str, sha256: str, language: Language | None, title: str
) -> Document:
    """Have another process read it."""
    command = [sys.executable, "-m", "fujia.expert.documents.worker"]
    order = pickle.dumps((kind, file, title, sha256, language))
    try:
        done = subprocess.run(command, input=order, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"it cannot be read within {SECONDS // 60} minutes") from None
    if done.returncode != 0 or not done.stdout:
        raise DocumentError("it is damaged, or unpacks to more than a manual can hold")
    answer: tuple[str, Any] = pickle.loads(done.stdout)
    if answer[0] == "extra":
        raise MissingExtra(answer[1])
    if answer[0] == "error":
        raise DocumentError(answer[1])
    return answer[1]
