"""The commands that train, from outside."""

import importlib.util
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.errors import MissingExtra
from fujia.foundry.train_cli import need_torch

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    hide = lambda name, *more: None if name == "torch" else real(name, *more)  # noqa: E731
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
