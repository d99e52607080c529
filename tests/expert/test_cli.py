from pathlib import Path

import pytest

from fujia.__main__ import run
from tests.expert import pdfs
from tests.test_cli import ok, refused

pytestmark = pytest.mark.usefixtures("clean_environment")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    file = tmp_path / "Tyre Leaflet.md"
    file.write_text("# 轮胎手册\n\n## 胎压\n\n前轮标准胎压是 2.5 bar。\n", encoding="utf-8")
    return file


def rows(capsys: Capture, *arguments: str) -> dict[str, list[str]]:
    out = ok(capsys, "manual", "list", *arguments)
    return {line.split("\t")[0]: line.split("\t") for line in out.splitlines()}


def test_a_manual_goes_in_is_listed_updated_and_removed(capsys: Capture, leaflet: Path):
    said = ok(capsys, "manual", "add", str(leaflet), "--lang", "zh", "--market", "cn")
    assert said == "tyre-leaflet: 轮胎手册, 1 sections\n"
    row = rows(capsys)["tyre-leaflet"]
    assert row[1:6] == ["轮胎手册", "zh", "CN", "-", "markdown"]
    ok(capsys, "manual", "update", "tyre-leaflet", str(leaflet), "--edition", "2027")
    assert rows(capsys)["tyre-leaflet"][3:5] == ["CN", "2027"]
    assert ok(capsys, "manual", "remove", "tyre-leaflet") == "removed: tyre-leaflet\n"
    assert "tyre-leaflet" not in rows(capsys)


def test_each_vehicle_has_its_own(capsys: Capture, leaflet: Path):
    ok(capsys, "manual", "add", str(leaflet), "--vehicle", "generic-ev", "--name", "tyres")
    assert "tyres" in rows(capsys, "--vehicle", "generic-ev")
    assert "tyres" not in rows(capsys, "--vehicle", "i5")


def test_the_handbook_is_there_from_the_start(capsys: Capture):
    assert {"handbook-zh", "handbook-en"} <= set(rows(capsys))


def test_a_page_is_shown_as_a_picture(capsys: Capture, tmp_path: Path):
    file = pdfs.manual(tmp_path / "m.pdf", 3)
    assert ok(capsys, "manual", "add", str(file)) == "m: m, 3 pages, 6 sections\n"
    out = tmp_path / "page.png"
    ok(capsys, "manual", "page", "m", "2", "--out", str(out), "--section", "2-灯光与雨刮2/雨刮2")
    assert out.read_bytes().startswith(b"\x89PNG")
    assert "no page 9" in refused(capsys, "manual", "page", "m", "9", "--out", str(out))
    assert "no section" in refused(
        capsys, "manual", "page", "m", "1", "--out", str(out), "--section", "x"
    )


def test_what_cannot_be_used_is_one_sentence(capsys: Capture, leaflet: Path, tmp_path: Path):
    ok(capsys, "manual", "add", str(leaflet))
    name, other = "tyre-leaflet", ("--name", "other")
    assert "already" in refused(capsys, "manual", "add", str(leaflet))
    assert "no manual 'x'" in refused(capsys, "manual", "remove", "x")
    assert "no manual 'x'" in refused(capsys, "manual", "update", "x", str(leaflet))
    assert "No such file" in refused(capsys, "manual", "add", str(tmp_path / "gone.pdf"))
    assert "zh or en" in refused(capsys, "manual", "add", str(leaflet), *other, "--lang", "fr")
    assert "country code" in refused(
        capsys, "manual", "add", str(leaflet), *other, "--market", "China"
    )
    assert "--name" in refused(capsys, "manual", "add", str(leaflet), "--name", "/")
    assert "spaceship" in refused(capsys, "manual", "list", "--vehicle", "spaceship")
    page = ("page", name, "1", "--out", str(tmp_path / "p.png"))
    assert "no pages to show" in refused(capsys, "manual", *page)
    encrypted = pdfs.encrypted(tmp_path / "e.pdf")
    assert "encrypted" in refused(capsys, "manual", "update", name, str(encrypted))
    assert rows(capsys)[name][1] == "轮胎手册"


def test_a_store_that_is_none_is_one_sentence(capsys: Capture, leaflet: Path, tmp_path: Path):
    ok(capsys, "manual", "add", str(leaflet))
    (store,) = tmp_path.rglob("i5.sqlite")
    for file in store.parent.iterdir():
        file.write_bytes(b"nothing of the kind" * 100)
    assert run(["manual", "list"]) == 1
    assert "delete it and add its manuals again" in capsys.readouterr().err
