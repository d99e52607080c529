from pathlib import Path

import pytest

from fujia.errors import DocumentError
from fujia.expert.documents.sniff import format_of


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("a", b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        ("a.htm", b"<p>without a head", "html"),
        ("a.data", b"<!DOCTYPE html><html>", "html"),
        ("a.md", b"# Title", "markdown"),
        ("a.md", b"<html>is Markdown too", "markdown"),
        ("A.TXT", "灯".encode("gbk"), "text"),
        ("a", b"some words", "text"),
        ("a.docx", b"PK\x03\x04....[Content_Types].xml", "docx"),
    ],
)
def test_formats(tmp_path: Path, name: str, content: bytes, expected: str):
    (tmp_path / name).write_bytes(content)
    assert format_of(tmp_path / name) == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.pdf", b"<html>", "says pdf, and it is html"),
        ("a.txt", b"%PDF-1.7", "says text, and it is pdf"),
        ("a.pdf", b"hello", "says pdf, and it is not one"),
        ("a.pdf", b"PK\x03\x04....word/", "says pdf, and it is docx"),
        ("a.zip", b"PK\x03\x04....data", "unpack it first"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.png", b"\x89PNG", "make a PDF"),
        ("a.pdf", b"\xff\xd8\xff", "a picture"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(
    tmp_path: Path, name: str, content: bytes, message: str
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=message):
        format_of(tmp_path / name)
