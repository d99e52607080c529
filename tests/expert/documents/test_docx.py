import sys
import zipfile
from pathlib import Path

import pytest

from fujia.errors import DocumentError, MissingExtra
from fujia.expert.documents import docx as reader
from fujia.expert.documents.docx import read_docx
from tests.expert.documents.show import shown

docx = pytest.importorskip("docx")


def test_headings_lists_and_tables(tmp_path: Path):
    file = tmp_path / "m.docx"
    document = docx.Document()
    document.core_properties.title = "手册"
    document.add_heading("灯光", 1)
    document.add_paragraph("转动开关。")
    document.add_paragraph("警告：不要看。")
    document.add_heading("雾灯", 2)
    for step in ("按下", "松开"):
        document.add_paragraph(step, style="List Number")
    document.add_paragraph("前雾灯", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("灯", "功率", "近光", "55 W"), strict=True):
        cell.text = text
    document.save(str(file))
    found = read_docx(file, "", "0")
    assert (found.title, found.format) == ("手册", "docx")
    assert shown(found) == [
        (("灯光",), ("paragraph", ("转动开关。",)), ("warning", ("警告：不要看。",))),
        (
            ("灯光", "雾灯"),
            ("steps", ("按下", "松开")),
            ("list", ("前雾灯",)),
            ("table", ("灯 | 功率", "近光 | 55 W")),
        ),
    ]


def test_what_is_no_word_document_is_refused(tmp_path: Path):
    file = tmp_path / "m.docx"
    file.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DocumentError, match="damaged"):
        read_docx(file, "", "0")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(DocumentError, match="damaged"):
        read_docx(file, "", "0")


def test_what_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "_MOST_BYTES", 1 << 20)
    file = tmp_path / "m.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(3 << 20))
    assert file.stat().st_size < 10_000
    with pytest.raises(DocumentError, match="unpack to 3 MiB; at most 1 MiB"):
        read_docx(file, "", "0")


def test_without_the_extra_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtra, match=r"fujia\[docx\]"):
        read_docx(tmp_path / "m.docx", "", "0")
