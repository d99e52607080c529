from pathlib import Path

import pypdfium2

from fujia.expert.documents.runs import Run, runs_of
from tests.expert import pdfs


def runs(folder: Path, *lines: tuple[float, float, str], size: float = 10) -> list[Run]:
    canvas = pdfs.canvas_for(folder / "r.pdf")
    for x, y, text in lines:
        canvas.setFont(pdfs.FONT, size)
        canvas.drawString(x, pdfs.HEIGHT - y, text)
    canvas.save()
    with pypdfium2.PdfDocument(folder / "r.pdf") as document:
        return runs_of(document[0])


def test_a_wide_gap_parts_a_line_and_a_word_space_does_not(tmp_path: Path):
    found = runs(tmp_path, (60, 100, "turn it 2.5"), (300, 100, "前轮"))
    assert [run.text for run in found] == ["turn it 2.5", "前轮"]


def test_a_run_knows_its_place_from_the_top_left(tmp_path: Path):
    (run,) = runs(tmp_path, (60, 100, "大灯"), size=20)
    assert (round(run.left), round(run.right), run.size) == (60, 100, 20)
    assert 75 < run.top < 90 < 100 < run.bottom < 112
