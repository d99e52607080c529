"""What a model costs."""

import sys
from pathlib import Path

import pytest

from fujia.errors import FujiaError
from fujia.foundry.contestants import Contestant
from fujia.foundry.costs import fresh_process, machine, size_mb


def test_the_size_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1_500_000))
    (tmp_path / "b").write_bytes(bytes(500_000))
    assert size_mb(tmp_path) == 2.0
    assert size_mb(tmp_path / "none") is None
    assert size_mb(None) is None


def test_a_fresh_process_says_one_sentence() -> None:
    found = fresh_process(Contestant.named("grammar"), runs=1)
    assert found["say_s"] is not None
    assert 0 < found["say_s"] < 60
    if sys.platform == "linux":
        assert found["resident_mib"] is not None
        assert found["peak_mib"] is not None
        assert 10 < found["resident_mib"] <= found["peak_mib"] < 400


def test_a_process_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FujiaError, match="a fresh process failed"):
        fresh_process(Contestant("broken", str(tmp_path)), runs=1)


def test_the_machine_is_named() -> None:
    assert set(machine()) == {"cpu", "cores", "system", "python"}
