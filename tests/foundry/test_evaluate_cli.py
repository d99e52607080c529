"""Evaluation from outside."""

import json
import shutil
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.foundry.examples import Example, write_examples
from fujia.understanding.plan import Command, Plan

Capture = pytest.CaptureFixture[str]
OPEN = Plan(commands=(Command(skill="window.position", args={"position": 100}),))


@pytest.fixture
def data(clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(clean_environment)
    examples = [
        Example(id=text, text=text, plan=OPEN, language="zh", source="frames", family="x")
        for text in ("打开车窗", "把车窗打开", "今天天气不错")
    ]
    with Path("test.jsonl").open("w", encoding="utf-8") as stream:
        write_examples(stream, examples)
    return "test.jsonl"


def evaluate(*models: str, data: str, out: str) -> int:
    named = [part for model in models for part in ("--model", model)]
    return run(["foundry", "evaluate", *named, "--data", data, "--runs", "0", "--out", out])


def test_evaluate_then_compare(data: str, micro_model: Path, capsys: Capture) -> None:
    assert evaluate(f"micro={micro_model}", "grammar", data=data, out="result.json") == 0
    lines = capsys.readouterr().out.splitlines()
    exact = next(line for line in lines if line.startswith("generated: exact plans"))
    assert exact.split("\t")[1:] == ["0.000", "0.667"]
    result = json.loads(Path("result.json").read_text(encoding="utf-8"))
    assert result["command"].split()[0] == "fujia"
    assert list(result["models"]) == ["micro", "grammar"]
    assert run(["foundry", "compare", "result.json:micro", "result.json:grammar"]) == 0
    assert "generated: exact plans\t0.000\t0.667\t+0.667" in capsys.readouterr().out
    assert run(["foundry", "compare", "result.json:micro", "result.json"]) == 2
    assert "several models" in capsys.readouterr().err


def test_only_the_examples_that_were_named_are_asked(data: str, capsys: Capture):
    Path("empty.jsonl").touch()
    assert evaluate("grammar", data="empty.jsonl", out="result.json") == 2
    assert "no example in empty.jsonl" in capsys.readouterr().err
    bad = Path(data).read_text(encoding="utf-8") + "{broken\n"
    Path("bad.jsonl").write_text(bad, encoding="utf-8")
    assert evaluate("grammar", data="bad.jsonl", out="result.json") == 2
    said = capsys.readouterr().err
    assert "bad.jsonl:4" in said and "--skip-bad" in said
    assert evaluate("grammar", data="bad.jsonl", out="bad.jsonl") == 2
    assert Path("bad.jsonl").read_text(encoding="utf-8") == bad
    skip = ["foundry", "evaluate", "--model", "grammar", "--data", "bad.jsonl", "--skip-bad"]
    assert run([*skip, "--runs", "0", "--out", "result.json"]) == 0
    assert "1 bad lines left out" in capsys.readouterr().out
    result = json.loads(Path("result.json").read_text(encoding="utf-8"))
    assert result["sets"]["generated"]["examples"] == 3
    assert result["sets"]["generated"]["bad_lines"] == 1


def test_a_card_is_written(data: str, micro_model: Path, capsys: Capture) -> None:
    shutil.copytree(micro_model, "model")
    assert evaluate("micro=model", data=data, out="result.json") == 0
    card = ["foundry", "card", "--model", "model", "--result", "result.json"]
    assert run([*card, "--name", "micro"]) == 0
    assert "# micro: a Fujia student" in Path("model/MODEL_CARD.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(card) == 2
    assert "it has micro" in capsys.readouterr().err


def test_bad_input_is_told_before_anything_is_asked(
    data: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert evaluate("nowhere", data=data, out="result.json") == 2
    assert "manifest.json" in capsys.readouterr().err
    assert evaluate("gguf:none.gguf", data=data, out="result.json") == 2
    assert "none.gguf cannot be read" in capsys.readouterr().err
    assert evaluate("grammar", data="none.jsonl", out="result.json") == 2
    assert "none.jsonl" in capsys.readouterr().err
    monkeypatch.setenv("FUJIA_BENCH_DATA", "nowhere")
    mac_slu = ["foundry", "evaluate", "--model", "grammar", "--mac-slu", "--out", "result.json"]
    assert run(mac_slu) == 2
    assert "FUJIA_BENCH_DATA" in capsys.readouterr().err
    assert not Path("result.json").exists()


def test_versions_can_be_left_out(clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clean_environment)
    few = ["foundry", "evaluate", "--model", "grammar", "--most", "30", "--runs", "0"]
    assert run([*few, "--clean", "--out", "result.json"]) == 0
    result = json.loads(Path("result.json").read_text(encoding="utf-8"))
    figures = result["models"]["grammar"]["generated"]
    assert figures["all"] == figures["clean"]
    assert figures["versions"] == {}
    assert result["sets"]["generated"]["examples"] == figures["all"]["examples"] >= 30
