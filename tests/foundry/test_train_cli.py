"""The commands that train, from outside."""

import importlib.util
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.errors import MissingExtra
from fujia.foundry.examples import Example
from fujia.foundry.train_cli import need_torch
from fujia.understanding.plan import Command, Plan

Capture = pytest.CaptureFixture[str]


@pytest.fixture(params=["torch", "onnx"])
def no_torch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    hide = lambda name, *more: None if name == request.param else real(name, *more)  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", hide)


@pytest.mark.usefixtures("no_torch")
@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "--in", "x.jsonl", "--out", "run"),
        ("reinforce", "--run", "run", "--in", "x.jsonl", "--out", "rl"),
        ("export", "--run", "run", "--out", "model"),
    ],
)
def test_without_torch_the_extra_is_named(arguments: tuple[str, ...], capsys: Capture) -> None:
    assert run(["foundry", *arguments]) == 2
    assert "pip install 'fujia[foundry]'" in capsys.readouterr().err


@pytest.mark.usefixtures("no_torch")
def test_the_check_itself() -> None:
    with pytest.raises(MissingExtra):
        need_torch()


def test_a_missing_file_is_named(tmp_path: Path, capsys: Capture) -> None:
    pytest.importorskip("torch", reason="comes with the extra foundry")
    data, out = str(tmp_path / "none.jsonl"), str(tmp_path / "run")
    train = ("foundry", "train", "--in", data, "--out", out, "--preset", "tiny")
    assert run([*train, "--start", "scratch"]) != 0
    assert "none.jsonl" in capsys.readouterr().err
    assert run(["foundry", "export", "--run", out, "--out", str(tmp_path / "model")]) == 2
    assert "checkpoint.pt" in capsys.readouterr().err


@pytest.mark.parametrize("minutes", ["0", "-1"])
def test_a_bound_that_bounds_nothing_is_refused(
    minutes: str, tmp_path: Path, capsys: Capture
) -> None:
    data = tmp_path / "x.jsonl"
    data.touch()
    train = ["foundry", "train", "--in", str(data), "--out", str(tmp_path / "run")]
    assert run([*train, "--minutes", minutes]) == 2
    assert "--minutes" in capsys.readouterr().err


def test_a_place_to_start_from_that_is_none_is_named(tmp_path: Path, capsys: Capture) -> None:
    pytest.importorskip("torch", reason="comes with the extra foundry")
    data = tmp_path / "x.jsonl"
    plan = Plan(commands=(Command(skill="chat.reply"),))
    example = Example(id="1", text="你好", plan=plan, language="zh", source="mine", family="x")
    data.write_text(example.as_line() + "\n", encoding="utf-8")
    train = ["foundry", "train", "--in", str(data), "--out", str(tmp_path / "run")]
    assert run([*train, "--start", "nowhere"]) == 2
    assert "no folder 'nowhere'" in capsys.readouterr().err
