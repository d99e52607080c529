import time
from pathlib import Path

import pytest

from fujia.errors import InputError
from fujia.expert.library import handbook, open_library, store_file
from fujia.vehicle import load_profile

I5 = load_profile("i5").equipment


def test_the_handbook_is_there_in_both_languages(tmp_path: Path) -> None:
    with open_library(tmp_path, "i5", I5).reading() as reading:
        assert [manual.name for manual in reading.manuals()] == ["handbook-en", "handbook-zh"]


def test_it_is_put_in_once(tmp_path: Path) -> None:
    with open_library(tmp_path, "i5", I5).reading() as reading:
        before = reading.revision()
    began = time.perf_counter()
    store = open_library(tmp_path, "i5", I5)
    assert time.perf_counter() - began < 0.2
    with store.reading() as reading:
        assert reading.revision() == before


def test_it_is_put_in_again_when_it_was_taken_out(tmp_path: Path) -> None:
    open_library(tmp_path, "i5", I5).remove("handbook-zh")
    with open_library(tmp_path, "i5", I5).reading() as reading:
        assert reading.manual("handbook-zh").language == "zh"


def test_what_a_vehicle_lacks_is_left_out() -> None:
    ids = {section.id for section in handbook("zh", I5).sections}
    without = {section.id for section in handbook("zh", set(I5) - {"sunroof"}).sections}
    assert "sunroof-open" in ids - without
    assert without < ids


def test_a_folder_that_cannot_be_written_leaves_the_handbook(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with open_library(blocked, "i5", I5).reading() as reading:
        assert reading.manual("handbook-zh")


@pytest.mark.parametrize("name", ["../i5", "", ".hidden", "a/b"])
def test_a_vehicle_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        store_file(tmp_path, name)
