from pathlib import Path

import pytest

from fujia.errors import DocumentError, MissingExtra
from fujia.expert.documents import pdf
from fujia.expert.documents.columns import PageSize
from fujia.expert.documents.lines import Line
from fujia.expert.section import Document
from tests.expert import pdfs
from tests.expert.documents.show import shown


def read(file: Path, **options: object) -> Document:
    return pdf.read_pdf(file, "手册", "0", **options)


@pytest.mark.parametrize("outline", [True, False])
def test_a_manual_with_all_kinds_of_blocks(tmp_path: Path, outline: bool):
    document = read(pdfs.manual(tmp_path / "m.pdf", 5, outline=outline))
    assert (document.pages, document.language, len(document.sections)) == (5, "zh", 10)
    top = "3 灯光与雨刮3"
    assert shown(document)[4:6] == [
        (
            (top, "自动大灯3"),
            ("paragraph", (pdfs.BODY,)),
            ("warning", ("警告", pdfs.DANGER)),
            ("steps", pdfs.STEPS),
            ("table", tuple(" | ".join(row) for row in pdfs.TABLE)),
        ),
        (
            (top, "雨刮3"),
            ("paragraph", ("左栏" + pdfs.BODY,)),
            ("paragraph", ("右栏" + pdfs.BODY,)),
        ),
    ]


def test_each_block_knows_its_page_and_place(tmp_path: Path):
    document = read(pdfs.manual(tmp_path / "m.pdf", 3))
    lights, wipers = document.sections[2:4]
    assert {block.page for block in (*lights.blocks, *wipers.blocks)} == {2}
    tops = [block.boxes[0].top for block in lights.blocks]
    assert tops == sorted(tops)
    left, right = (block.boxes[0] for block in wipers.blocks)
    assert left.right < 0.5 < right.left
    assert left.page == right.page == 2
    assert abs(left.top - right.top) < 0.01


def test_running_heads_and_page_numbers_are_gone(tmp_path: Path):
    document = read(pdfs.manual(tmp_path / "m.pdf", 5))
    text = "\n".join(section.text for section in document.sections)
    assert "用户手册" not in text
    assert "- 3 -" not in text
    assert "第3章" not in text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path, turn: int):
    import pypdfium2

    file = pdfs.manual(tmp_path / "m.pdf", 1)
    with pypdfium2.PdfDocument(file) as document:
        document[0].set_rotation(turn)
        document.save(tmp_path / "turned.pdf")
    with pypdfium2.PdfDocument(tmp_path / "turned.pdf") as document:
        width, height = document[0].get_size()
        from fujia.expert.documents.runs import runs_of

        runs = runs_of(document[0])
    assert (width > height) == (turn != 180)
    assert all(0 <= run.left <= width and 0 <= run.top <= height for run in runs)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (pdfs.encrypted, "encrypted"),
        (lambda file: pdfs.blank(file, 2), "no text"),
        (pdfs.scanned, r"1 of its 1 pages are pictures.*fujia\[ocr\]"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(tmp_path: Path, make: object, message: str):
    with pytest.raises(DocumentError, match=message):
        read(make(tmp_path / "m.pdf"))


@pytest.mark.parametrize("length", [9, 3000])
def test_a_damaged_file_is_refused(tmp_path: Path, length: int):
    file = pdfs.manual(tmp_path / "m.pdf", 3)
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(DocumentError, match="damaged"):
        read(file)


def test_a_file_of_too_many_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(DocumentError, match="3 pages; at most 2"):
        read(pdfs.manual(tmp_path / "m.pdf", 3))


def test_pictures_are_read_by_what_reads_pictures(tmp_path: Path):
    def recognise(picture: object, page: PageSize) -> list[Line]:
        assert picture.shape[2] == 3
        return [Line("大灯会自己点亮。", page=page.number)]

    document = read(pdfs.scanned(tmp_path / "m.pdf"), recogniser=lambda: recognise)
    assert document.sections[0].text == "大灯会自己点亮。"


def test_without_the_extra_a_scanned_file_is_refused(tmp_path: Path):
    def missing() -> pdf.Recogniser:
        raise MissingExtra("ocr")

    with pytest.raises(DocumentError, match=r"fujia\[ocr\]"):
        read(pdfs.scanned(tmp_path / "m.pdf"), recogniser=missing)
