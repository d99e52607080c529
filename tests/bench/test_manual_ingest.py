import sys

import pytest

from tests.bench import manual_ingest


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_it_measures_a_small_manual():
    found = manual_ingest.measure(pages=3)
    assert found.pages == 3
    assert 20 < found.peak_mebibytes < manual_ingest.MOST_MEBIBYTES
    assert found.pages_per_second == pytest.approx(3 / found.seconds, rel=0.1)
