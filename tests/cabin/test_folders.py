from pathlib import Path

from fujia import Cabin
from fujia.cabin.folders import data_folder


def test_a_cabin_with_data_folders_uses_the_first(tmp_path: Path) -> None:
    Cabin(data_folders=[tmp_path / "mine", tmp_path / "shared"])
    assert data_folder() == tmp_path / "mine"


def test_without_one_it_is_the_folder_of_the_user() -> None:
    assert data_folder().name == "fujia"
