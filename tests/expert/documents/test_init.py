"""``fujia.expert.documents.read``: every format in, an error for everything that is none."""

import hashlib
from pathlib import Path

import pytest

from fujia.errors import DocumentError
from fujia.expert import documents
from fujia.expert.documents import read
from tests.expert import pdfs


def test_every_format_comes_out_as_a_document(tmp_path: Path):
    (tmp_path / "a.md").write_text("# 大灯\n\n打开。", encoding="utf-8")
    (tmp_path / "a.html").write_text("<h1>大灯</h1><p>打开。", encoding="utf-8")
    (tmp_path / "a.txt").write_text("打开。", encoding="gbk")
    pdfs.manual(tmp_path / "a.pdf", 1)
    for kind, name in (
        ("markdown", "a.md"),
        ("html", "a.html"),
        ("text", "a.txt"),
        ("pdf", "a.pdf"),
    ):
        document = read(tmp_path / name)
        assert document.format == kind
        assert document.language == "zh"
        assert document.source_sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_the_language_and_the_title_that_are_given_hold(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("打开。", encoding="utf-8")
    document = read(file, "en", "Manual")
    assert (document.language, document.sections[0].language) == ("en", "en")
    assert document.title == "Manual"
    assert read(file).title == "a"


def test_a_bomb_ends_in_an_error_and_nothing_else(tmp_path: Path):
    with pytest.raises(DocumentError, match="unpacks to more than a manual can hold"):
        read(pdfs.bomb(tmp_path / "bomb.pdf", 1500))


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "SECONDS", 0.01)
    with pytest.raises(DocumentError, match="cannot be read within"):
        read(pdfs.manual(tmp_path / "m.pdf", 1))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path):
    file = tmp_path / "m.txt"
    with file.open("wb") as opened:
        opened.write(b"text")
        opened.truncate(60 << 20)
    with pytest.raises(DocumentError, match="too large"):
        read(file)


@pytest.mark.parametrize("make", [lambda file: None, lambda file: file.mkdir()])
def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path, make: object):
    make(tmp_path / "m.pdf")
    with pytest.raises(DocumentError, match=r"m\.pdf: "):
        read(tmp_path / "m.pdf")


def test_errors_name_the_file(tmp_path: Path):
    with pytest.raises(DocumentError, match=r"m\.pdf: it is encrypted"):
        read(pdfs.encrypted(tmp_path / "m.pdf"))
