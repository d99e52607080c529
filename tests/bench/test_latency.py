"""The summary of times, and what a command costs."""

import subprocess
import sys

import pytest

from tests.bench.latency import Times, peak_mib, time_each


def test_the_distribution() -> None:
    times = Times.of([float(n) for n in range(1, 102)])
    assert (times.count, times.p50, times.p95, times.max) == (101, 51.0, 96.0, 101.0)


def test_every_utterance_is_timed_once_after_the_warm_up() -> None:
    heard: list[str] = []
    times = time_each(heard.append, ["a", "b", "c"])
    assert heard == ["a", "b", "c"] * 2
    assert times.count == 3
    assert 0 <= times.p50 <= times.max


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss differs elsewhere")
def test_peak_memory_sees_what_a_command_holds() -> None:
    small = peak_mib((sys.executable, "-c", "pass"))
    big = peak_mib((sys.executable, "-c", "held = bytearray(64 << 20)"))
    assert 60 < big - small < 80


def test_a_command_that_fails_is_an_error() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        peak_mib((sys.executable, "-c", "raise SystemExit(3)"))
