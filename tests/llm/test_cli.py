import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.llm.config import load_config
from fujia.llm.local import LocalServer
from tests.llm import wire as server
from tests.llm.models import Library, gguf
from tests.llm.wire import Wire

pytest.importorskip("openai", reason="the extra 'llm' is not installed")
pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def wire(
    monkeypatch: pytest.MonkeyPatch, clean_environment: Path, socket_enabled: None
) -> Iterator[Wire]:
    for wire in server.running():
        monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
        monkeypatch.setenv("A_KEY", "sk-very-secret")
        folder = clean_environment / "data" / "fujia"
        folder.mkdir(parents=True)
        (folder / "llm.yaml").write_text(
            f"models:\n  mine: {{model: m, base_url: '{wire.url}', key_variable: A_KEY,"
            " price: {prompt: 1, completion: 1}}\nroles: {fast: [mine]}\n"
        )
        yield wire


def test_check_asks_what_has_a_key_and_says_what_it_cost(wire: Wire, capsys: Capture):
    assert run(["llm", "check"]) == 0
    rows = {line.split("\t")[0]: line.split("\t") for line in capsys.readouterr().out.splitlines()}
    assert rows["mine"][1:4] == ["fast", wire.url, "answers: 好"]
    assert rows["mine"][5] == "0.000018 USD"
    assert rows["deepseek-chat"][3] == "no key in DEEPSEEK_API_KEY"
    assert len(wire.bodies) == 1


def test_check_ends_with_1_where_a_model_does_not_answer(wire: Wire, capsys: Capture):
    wire.behaviours = [server.answers(402)]
    assert run(["llm", "check"]) == 1
    out = capsys.readouterr().out
    assert "answered 402" in out
    assert "sk-very-secret" not in out


def test_check_names_the_roles_that_have_no_model(wire: Wire, capsys: Capture):
    assert run(["llm", "check"]) == 0
    err = capsys.readouterr().err
    assert "deep: no model is set up for it; put a key into the variable DEEPSEEK_API_KEY" in err
    assert "under roles.deep" in err
    assert "fast: no model" not in err


@pytest.mark.parametrize(
    ("content", "way"),
    [("", "DEEPSEEK_API_KEY, or name one in llm.yaml"), ("enabled: false", "'enabled: false'")],
)
def test_check_ends_with_2_where_nothing_is_set_up(
    wire: Wire, capsys: Capture, tmp_path: Path, content: str, way: str
):
    (tmp_path / "data" / "fujia" / "llm.yaml").write_text(f"{content}\n")
    for arguments in (["llm", "check"], ["llm", "check", "--dry"]):
        assert run(arguments) == 2
        err = capsys.readouterr().err
        assert "no language model is set up" in err and way in err
    assert wire.bodies == []


def test_check_says_which_extra_is_missing(
    wire: Wire, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("fujia.llm.gateway.find_spec", lambda _: None)
    assert run(["llm", "check"]) == 2
    assert "pip install 'fujia[llm]'" in capsys.readouterr().err


def test_check_can_look_and_ask_nothing(wire: Wire, capsys: Capture):
    assert run(["llm", "check", "--dry"]) == 0
    assert "has a key" in capsys.readouterr().out
    assert wire.bodies == []


def test_sent_shows_what_left_and_costs_what_it_cost(wire: Wire, capsys: Capture):
    run(["llm", "check"])
    capsys.readouterr()
    assert run(["llm", "sent"]) == 0
    assert json.loads(capsys.readouterr().out)["body"] == wire.bodies[0]
    assert run(["llm", "costs"]) == 0
    assert capsys.readouterr().out.split("\t")[1:5] == ["1", "0", "11", "7"]
    assert run(["llm", "sent", "--forget"]) == 0
    run(["llm", "sent"])
    assert capsys.readouterr().out == ""


def test_a_mistake_in_llm_yaml_is_one_sentence(wire: Wire, capsys: Capture, tmp_path: Path):
    (tmp_path / "data" / "fujia" / "llm.yaml").write_text("roles: {fast: [nobody]}\n")
    assert run(["llm", "check"]) == 2
    assert "no model 'nobody'" in capsys.readouterr().err


def test_a_file_is_served_and_what_it_prints_is_a_configuration(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    def interrupted(_server: LocalServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "xllamacpp", Library("http://127.0.0.1:8123"))
    monkeypatch.setattr(LocalServer, "wait", interrupted)
    file = gguf(clean_environment / "my own: model.gguf", {})
    assert run(["llm", "serve", str(file), "--port", "8123"]) == 0
    out, err = capsys.readouterr()
    assert "http://127.0.0.1:8123/v1" in err
    (clean_environment / "llm.yaml").write_text(out, encoding="utf-8")
    config = load_config(clean_environment)
    assert config.chain("fast") == ("my own: model",)
    known = config.models["my own: model"]
    assert (known.is_local, known.has_key, known.tools) == (True, True, False)


def test_what_cannot_be_served_ends_with_2(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    assert run(["llm", "serve", "none.gguf"]) == 2
    assert "none.gguf cannot be read" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    assert run(["llm", "serve", str(gguf(clean_environment / "a.gguf", {}))]) == 2
    assert "fujia[local]" in capsys.readouterr().err
