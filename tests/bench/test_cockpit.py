from pathlib import Path

import pytest

from tests.bench.cockpit import _figures, main
from tests.serve.cockpit import chromium


def test_the_figures_are_those_of_the_sample():
    figures = _figures([float(each) for each in range(100, 0, -1)])
    assert figures == {"count": 100, "p50": 50.5, "p95": 95.0, "max": 100.0}
    assert _figures([7.0])["p95"] == 7.0


@pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "present")
def test_a_short_run_writes_its_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    main(["--changes", "3", "--visits", "1", "--out", str(tmp_path)])
    written = (tmp_path / "f3_cockpit.json").read_text(encoding="utf-8")
    assert written == capsys.readouterr().out
    assert '"signal_to_picture_ms"' in written
