import json
from pathlib import Path

import pytest

from fujia.__main__ import run
from tests.foundry.car_bench.test_play import folder

__all__ = ["folder"]


def test_the_scripted_models_are_measured(
    folder: Path, tmp_path: Path, clean_environment: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "result.json"
    assert run(["bench", "car-bench", "--data", str(folder), "--most", "1", "--out", str(out)]) == 0
    result = json.loads(out.read_text(encoding="utf-8"))
    assert (result["model"], result["covered"], result["tasks_in_all"]) == ("scripted", 3, 5)
    assert "not its official score" in capsys.readouterr().err


def test_a_model_that_there_is_not_or_has_no_key_is_named(
    folder: Path,
    clean_environment: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    for name, words in (("nobody", "no model"), ("deepseek-chat", "DEEPSEEK_API_KEY is not set")):
        assert run(["bench", "car-bench", "--data", str(folder), "--model", name]) == 2
        assert words in capsys.readouterr().err
