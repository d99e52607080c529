import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import disable_socket

from fujia.cabin import folders, models, scenes
from fujia.settings import Preferences

_REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_network() -> None:
    """Every test is offline: a connection is an error."""
    disable_socket(allow_unix_socket=True)


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cabin or a command sets for its whole process, it sets here for its test alone."""
    monkeypatch.setattr(folders, "_folder", list(folders._folder))
    monkeypatch.setattr(models, "_find", list(models._find))
    monkeypatch.setattr(scenes, "_folders", scenes._folders)


@pytest.fixture(autouse=True)
def no_log_left_behind() -> Iterator[None]:
    """A command sets up the log of its process: here for its test alone."""
    loggers = [logging.getLogger(name) for name in ("fujia", "fujia.understanding.student")]
    before = [(one, one.level, one.propagate, one.handlers[:]) for one in loggers]
    raises = logging.raiseExceptions
    yield
    for one, level, propagate, handlers in before:
        one.setLevel(level)
        one.propagate, one.handlers[:] = propagate, handlers
    logging.raiseExceptions = raises


@pytest.fixture(scope="session", autouse=True)
def no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what the person who runs it has set or keeps."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("settings", *Preferences.model_fields):
            patch.delenv(f"FUJIA_{name.upper()}", raising=False)
        for kind in ("config", "data", "state"):
            patch.setenv(f"XDG_{kind.upper()}_HOME", str(home / kind))
        yield


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
