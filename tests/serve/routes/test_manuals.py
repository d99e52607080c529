"""Manuals over HTTP: sections as text, pages as pictures with the passage marked."""

import io
from collections.abc import Generator
from pathlib import Path

import pytest

from fujia.cabin.folders import data_folder, use_data_folder
from fujia.expert.documents import read
from fujia.expert.library import open_library
from fujia.vehicle import load_profile
from tests.expert.pdfs import Page, canvas_for
from tests.serve.conftest import Served

BASE = "/v1/vehicles/i5/manuals"
DANGER = "警告：打开尾门前，请确认后方没有人。"


@pytest.fixture(scope="module", autouse=True)
def manuals(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    before, folder = data_folder(), tmp_path_factory.mktemp("data")
    use_data_folder(folder)
    profile = load_profile("i5")
    open_library(folder, "i5", profile.equipment).add(
        read(_pdf(folder / "paper.pdf")), "paper", source=folder / "paper.pdf"
    )
    yield
    use_data_folder(before)


def _pdf(file: Path) -> Path:
    buffer = io.BytesIO()
    canvas = canvas_for(buffer)
    page = Page(canvas)
    page.heading("第一章 尾门", 18)
    page.paragraph("按住尾门上的按键两秒钟，尾门会自动升起，再按一次按键，它会停下来。" * 2)
    page.paragraph(DANGER)
    canvas.showPage()
    canvas.save()
    file.write_bytes(buffer.getvalue())
    return file


def test_the_manuals_of_a_vehicle(served: Served):
    names = [each["name"] for each in served.client.get(BASE).json()]
    assert names == ["handbook-en", "handbook-zh", "paper"]


def test_a_section_of_the_handbook_has_headings_steps_and_warnings(served: Served):
    shown = served.client.get(f"{BASE}/handbook-zh/sections/light-auto").json()
    assert shown["path"][-1] == "自动大灯"
    kinds = {block["kind"] for block in shown["blocks"]}
    assert {"steps", "warning"} <= kinds


def test_a_page_is_a_picture_with_the_passage_marked(served: Served):
    sections = _sections()
    plain = served.client.get(f"{BASE}/paper/pages/1.png?width=400")
    assert plain.headers["content-type"] == "image/png"
    assert plain.content.startswith(b"\x89PNG")
    whole = served.client.get(f"{BASE}/paper/pages/1.png", params={"section": sections[0]})
    part = served.client.get(
        f"{BASE}/paper/pages/1.png", params={"section": sections[0], "quote": DANGER}
    )
    assert part.status_code == whole.status_code == 200
    assert len({plain.content, whole.content, part.content}) == 3, "only the quote is marked"


def _sections() -> list[str]:
    profile = load_profile("i5")
    with open_library(data_folder(), "i5", profile.equipment).reading() as reading:
        return [section.id for section in reading.sections("paper")]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/none/sections/light-auto", 404),
        ("/handbook-zh/sections/none", 404),
        ("/handbook-zh/pages/1.png", 404),
        ("/paper/pages/2.png", 404),
        ("/paper/pages/1.png?section=none", 404),
        ("/paper/pages/0.png", 422),
        ("/paper/pages/one.png", 422),
        ("/paper/pages/1.png?width=99999", 422),
    ],
)
def test_what_is_not_there_is_said_to_be_so(served: Served, path: str, status: int):
    answer = served.client.get(BASE + path)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_an_unknown_vehicle_has_no_manuals(served: Served):
    assert served.client.get("/v1/vehicles/tank/manuals").status_code == 404
