"""Who takes part in an evaluation."""

import hashlib
import sys
from pathlib import Path

import pytest

from fujia.errors import InputError, MissingExtra
from fujia.foundry.contestants import Contestant, contestants
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.understander import StudentUnderstander
from fujia.understanding.understander import Context
from tests.llm import wire as server
from tests.llm.models import Library, gguf


def test_names() -> None:
    found = contestants(["grammar", "runs/cold", "after=runs/rl", "grammar"])
    assert [(one.name, one.spec) for one in found] == [
        ("grammar", "grammar"), ("cold", "runs/cold"), ("after", "runs/rl"),
    ]  # fmt: skip


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="NAME=FOLDER"):
        contestants(["a/model", "b/model"])


def test_the_grammar_has_no_folder() -> None:
    grammar = Contestant.named("grammar")
    assert grammar.folder is None
    assert isinstance(grammar.understander(), GrammarUnderstander)
    assert grammar.facts() == {"spec": "grammar"}


def test_a_model_folder_answers_alone_and_tells_its_hashes(micro_model: Path) -> None:
    student = Contestant.named(f"mine={micro_model}")
    assert isinstance(student.understander(), StudentUnderstander)
    assert set(student.facts()["sha256"]) >= {"encoder.onnx", "decoder.onnx"}


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.json"):
        Contestant.named(str(tmp_path)).understander()


def test_a_language_model_is_named_after_its_file_or_as_told() -> None:
    found = contestants(["gguf:/models/a=b.gguf", "mine=gguf:/models/c.gguf"])
    assert [(one.name, one.spec) for one in found] == [
        ("a=b", "gguf:/models/a=b.gguf"), ("mine", "gguf:/models/c.gguf"),
    ]  # fmt: skip
    assert found[1].folder == Path("/models/c.gguf")


def test_a_language_model_tells_its_hash_and_whose_the_licence_is(tmp_path: Path) -> None:
    file = gguf(tmp_path / "mine.gguf", {"general.name": "Mine", "general.license": "mit"})
    facts = Contestant.named(f"gguf:{file}").facts()
    assert facts["sha256"] == {"mine.gguf": hashlib.sha256(file.read_bytes()).hexdigest()}
    assert "user's responsibility" in facts["licence"]
    assert (facts["licence_in_the_file"], facts["name_in_the_file"]) == ("mit", "Mine")


def test_a_file_that_is_no_language_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.gguf cannot be read"):
        Contestant.named(f"gguf:{tmp_path / 'none.gguf'}").understander()
    (tmp_path / "photo.gguf").write_bytes(b"JPEG")
    with pytest.raises(InputError, match=r"photo\.gguf is no language model"):
        Contestant.named(f"gguf:{tmp_path / 'photo.gguf'}").understander()


def test_without_a_server_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    file = gguf(tmp_path / "mine.gguf", {})
    with pytest.raises(MissingExtra, match="local"):
        Contestant.named(f"gguf:{file}").understander()


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_language_model_is_served_once_and_asked_under_the_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openai", reason="the extra 'llm' is not installed")
    one = Contestant.named(f"gguf:{gguf(tmp_path / 'mine.gguf', {})}")
    answer = '{"commands": [{"skill": "climate.ac", "args": {"on": true}}]}'
    for wire in server.running():
        library = Library(wire.url.removesuffix("/v1"))
        monkeypatch.setitem(sys.modules, "xllamacpp", library)
        wire.behaviours = [server.says("好"), server.says(answer)]
        plan = one.understander().understand("打开压缩机", Context())
        assert [command.skill for command in plan.commands] == ["climate.ac"]
        assert one.understander() is one.understander()
        assert len(library.started) == 1
        first, second = wire.bodies
        assert first["messages"][:-1] == second["messages"][:-1], "what all share is read at first"
        assert second["response_format"]["type"] == "json_schema"
