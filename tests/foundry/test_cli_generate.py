"""``fujia foundry generate`` and ``testset`` from the command line."""

from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.foundry.testset import load_spec

pytest.importorskip("pypinyin", reason="the extra 'foundry' is not installed")


def test_generate_writes_examples_and_a_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dev.jsonl"
    command = ["foundry", "generate", "--out", str(out), "--count", "12", "--workers", "1"]
    assert run([*command, "--split", "dev", "--language", "zh"]) == 0
    assert "12 examples" in capsys.readouterr().out
    assert len(out.read_text(encoding="utf-8").splitlines()) == 12
    assert (tmp_path / "dev.jsonl.manifest.json").exists()


@pytest.mark.parametrize(
    "wrong", [["--split", "exam"], ["--language", "zh,fr"], ["--finish", "loud"], ["--count", "0"]]
)
def test_wrong_input_is_status_2(wrong: list[str], tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    assert run(["foundry", "generate", "--out", str(out), "--count", "5", *wrong]) == 2
    assert not out.exists()


def test_the_test_set_is_unpacked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "test.jsonl"
    assert run(["foundry", "testset", "--out", str(out)]) == 0
    assert load_spec().sha256 in capsys.readouterr().out
    assert len(out.read_text(encoding="utf-8").splitlines()) == load_spec().examples
