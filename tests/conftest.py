import os
from pathlib import Path

import pytest
from pytest_socket import disable_socket

from fujia.cabin import folders

_REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_network() -> None:
    """Every test is offline: a connection is an error."""
    disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True)
def no_data_folder_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cabin with a folder of its own sets it for its process: here for its test alone."""
    monkeypatch.setattr(folders, "_folder", list(folders._folder))


@pytest.fixture(scope="session")
def fujia_shared() -> Path:
    """The folder of reference data; ``FUJIA_SHARED`` says where it is."""
    folder = Path(os.environ.get("FUJIA_SHARED", _REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no reference data at {folder}; set FUJIA_SHARED")
    return folder


@pytest.fixture
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but the defaults, and every folder of the user below ``tmp_path``."""
    for name in list(os.environ):
        if name.upper().startswith("FUJIA_"):
            monkeypatch.delenv(name)
    for kind in ("config", "data", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / kind))
    return tmp_path
