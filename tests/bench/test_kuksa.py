"""The benchmark of KUKSA measures what it says, in small."""

import json
from pathlib import Path

import pytest

from tests.bench import kuksa


def test_a_small_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "results" / "kuksa.json"
    kuksa.main(["--count", "20", "--subscribers", "20", "--out", str(out)])
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["calls_ms"]["Actuate"]["count"] == 20
    assert [each["subscribers"] for each in result["subscriptions"]] == [1, 20]
    assert result["car"]["turn_ms"]["p50"] > 0
    assert "KUKSA calls" in capsys.readouterr().out


def test_every_call_is_timed_after_the_warm_up() -> None:
    heard: list[int] = []
    assert kuksa.timed(heard.append, 3).count == 3
    assert heard == [*range(kuksa.WARM_UP), 0, 1, 2]
