"""What results say first, and what cannot be written."""

import json
from pathlib import Path

import pytest
from rich.table import Table

from tests.bench import record


def test_a_set_is_named_by_its_hash_and_the_load_of_the_machine_is_told(tmp_path: Path) -> None:
    file = tmp_path / "set.yaml"
    file.write_bytes(b"abc")
    facts = record.facts("python -m x", {"set.yaml": file})
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert facts["sets"] == {"set.yaml": {"sha256": abc}}
    assert facts["command"] == "python -m x" and facts["load_before"] >= 0
    assert {"python", "fujia", "numpy"} <= facts["versions"].keys()


def test_a_figure_that_is_no_number_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        record.write({"mean": float("nan")}, tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def test_a_benchmark_prints_its_tables_and_writes_its_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "x.json"
    table = Table("name", title="Birds")
    record.start("x", None, Path("y"), lambda: {"wren": 3}, lambda _: [table], ["--out", str(out)])
    assert "Birds" in capsys.readouterr().out
    assert json.loads(out.read_text(encoding="utf-8")) == {"wren": 3}


def test_every_committed_result_is_json_without_holes() -> None:
    def strange(constant: str) -> None:
        raise AssertionError(constant)

    files = sorted((Path(__file__).parents[2] / "bench" / "results").glob("*.json"))
    assert files
    for file in files:
        json.loads(file.read_text(encoding="utf-8"), parse_constant=strange)
