"""A model file of the user's, served in this process."""

import sys
from pathlib import Path

import pytest

from fujia.errors import InputError, MissingExtra
from fujia.llm.gateway import Gateway
from fujia.llm.local import CONTEXT, LocalServer
from tests.llm.models import Library, gguf

Patch = pytest.MonkeyPatch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return gguf(tmp_path / "mine.gguf", {"general.license": "mit"})


def test_it_is_served_with_room_for_every_conversation(file: Path, monkeypatch: Patch) -> None:
    library = Library("http://127.0.0.1:4711")
    monkeypatch.setitem(sys.modules, "xllamacpp", library)
    server = LocalServer(file, port=4711, talks=3, threads=2)
    (params,) = library.started
    assert (params.model.path, params.port) == (str(file), 4711)
    assert (params.n_parallel, params.n_ctx, params.cpuparams.n_threads) == (3, 3 * CONTEXT, 2)
    assert server.address == "http://127.0.0.1:4711/v1"
    assert server.facts == {"license": "mit"}


def test_its_configuration_needs_no_key_and_stays_on_this_machine(
    file: Path, monkeypatch: Patch
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", Library())
    config = LocalServer(file).config("fast", "teacher", time_s=7)
    models = Gateway(config)
    assert config.models["mine"].structured == "json_schema"
    assert models.is_local("fast")
    assert config.chain("teacher") == ("mine",)
    assert config.chain("deep") == ()
    assert config.time_s == {"fast": 7, "teacher": 7}
    assert config.models["mine"].stall_s == 7


def test_a_bad_file_is_told_before_anything_is_loaded(tmp_path: Path, monkeypatch: Patch) -> None:
    library = Library()
    monkeypatch.setitem(sys.modules, "xllamacpp", library)
    with pytest.raises(InputError, match=r"none\.gguf cannot be read"):
        LocalServer(tmp_path / "none.gguf")
    assert not library.started


def test_a_file_that_cannot_be_loaded_is_told(file: Path, monkeypatch: Patch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", Library(fails="no tensors"))
    with pytest.raises(InputError, match=r"mine\.gguf cannot be loaded: no tensors"):
        LocalServer(file)


def test_without_the_library_the_extra_is_named(file: Path, monkeypatch: Patch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(MissingExtra, match=r"fujia\[local\]"):
        LocalServer(file)
