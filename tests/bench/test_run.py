"""The runner: what it writes and how it says it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.table import Table

from tests.bench import run


def test_a_whole_run_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("figure", "value", title="Speed")
    table.add_row("p95", "1.5")
    figures = {"command": run.COMMAND, "machine": run.machine(), "latency": {"p95": 1.5}}

    def measured(_: Sequence[str]) -> tuple[dict[str, Any], list[Table]]:
        return figures, [table]

    others: list[Sequence[str]] = []
    monkeypatch.setattr(run, "measure", measured)
    monkeypatch.setattr(run, "FURTHER", {"f4_x.json": others.append})
    run.main(["--out", str(tmp_path / "results")])
    assert others == [["--out", str(tmp_path / "results" / "f4_x.json")]]
    assert json.loads((tmp_path / "results" / "f1.json").read_text())["latency"] == {"p95": 1.5}
    page = (tmp_path / "results" / "f1.md").read_text()
    assert "## Speed" in page
    assert "| p95    | 1.5   |" in page
    assert run.COMMAND in page


def measured_nothing(_: Sequence[str]) -> tuple[dict[str, Any], list[Table]]:
    return {}, []


def test_a_part_alone_is_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "measure", measured_nothing)
    run.main(["latency", "--out", str(tmp_path / "results")])
    assert not (tmp_path / "results").exists()


def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.main(["coffee"])
    assert "unknown part coffee" in capsys.readouterr().err


def test_the_machine_is_named() -> None:
    assert set(run.machine()) == {"cpu", "cores", "system", "python"}
    assert all(run.machine().values())


def test_understanding_leaves_out_data_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUJIA_BENCH_DATA", str(tmp_path))
    figures, tables = run.measure_understanding()
    assert list(figures) == ["smoke set"]
    assert len(tables) == 1
    assert figures["smoke set"]["all"]["utterances"] >= 40
