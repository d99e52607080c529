"""The benchmark of talk counts what would move, and nothing else."""

from pathlib import Path

import pytest

from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import ScriptedUnderstander
from tests.bench import talk


def test_only_what_would_move_is_counted() -> None:
    said = {
        "窗": Plan(commands=(Command(skill="window.position", args={"position": 100}),)),
        "几度": Plan(commands=(Command(skill="vehicle.inside_temperature"),)),
        "好": Plan(act="confirm"),
    }
    found = talk.moved(ScriptedUnderstander(said), {"zh": ["窗", "几度", "好"], "en": ["hello"]})
    assert found == {"rate": 0.25, "moved": 1, "on": {"zh": ["窗"], "en": []}}


def test_the_result_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {"models": {"grammar": {"rate": 0.1, "moved": 10, "on": {}}}}
    monkeypatch.setattr(talk, "measure", lambda: figures)
    talk.main(["--out", str(tmp_path / "talk.json")])
    assert '"moved": 10' in (tmp_path / "talk.json").read_text(encoding="utf-8")
