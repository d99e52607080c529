"""How fast a turn is, how fast ``fujia say`` starts, and how much memory it takes.

Run ``python -m tests.bench.latency``. Times are wall times of one thread, after a warm-up.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from fujia import Cabin, SimulatedCar, load_profile
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.understander import Context
from tests.bench.sets import utterances

SENTENCE = "把空调调到22度，再放点周杰伦"
SAY = (sys.executable, "-m", "fujia", "say", SENTENCE, "--json")
NOTHING = (sys.executable, "-c", "pass")

# Runs a command and prints the peak resident set of it in KiB (Linux). It is a process of its
# own because the figure of a process never falls: it must have had no other child.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@dataclass(frozen=True)
class Times:
    """The distribution of some wall times, in milliseconds."""

    count: int
    p50: float
    p95: float
    max: float

    @classmethod
    def of(cls, times_ms: Sequence[float]) -> "Times":
        """Summarise at least two times."""
        cuts = statistics.quantiles(times_ms, n=100, method="inclusive")
        return cls(len(times_ms), round(cuts[49], 3), round(cuts[94], 3), round(max(times_ms), 3))


@dataclass(frozen=True)
class Start:
    """Start-up in seconds and peak memory in MiB of ``fujia say``, beside a bare interpreter."""

    runs: int
    first_s: float
    median_s: float
    bare_s: float
    ratio: float
    peak_mib: float
    bare_mib: float


def time_each(act: Callable[[str], object], said: Sequence[str]) -> Times:
    """Time ``act`` on every utterance, after a first round over some of them."""
    for text in said[:20]:
        act(text)
    times: list[float] = []
    for text in said:
        start = time.perf_counter()
        act(text)
        times.append((time.perf_counter() - start) * 1000)
    return Times.of(times)


def turn_times(said: Sequence[str]) -> Times:
    """Whole turns on one i5 that stands: understand, judge, act, read back, reply."""
    cabin = Cabin(car=SimulatedCar(load_profile("i5")))
    return time_each(cabin.say, said)


def understanding_times(said: Sequence[str]) -> Times:
    """The grammar alone."""
    understander, context = GrammarUnderstander(), Context()
    return time_each(lambda text: understander.understand(text, context), said)


def start_up(runs: int = 7) -> Start:
    """Start ``fujia say`` in fresh processes, alternating with a bare interpreter.

    Raises CalledProcessError if ``fujia say`` ends with an error.
    """
    say_s: list[float] = []
    bare_s: list[float] = []
    for _ in range(runs):
        say_s.append(_seconds(SAY))
        bare_s.append(_seconds(NOTHING))
    median, bare = statistics.median(say_s), statistics.median(bare_s)
    return Start(
        runs=runs,
        first_s=round(say_s[0], 3),
        median_s=round(median, 3),
        bare_s=round(bare, 3),
        ratio=round(median / bare, 1),
        peak_mib=peak_mib(SAY),
        bare_mib=peak_mib(NOTHING),
    )


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())
    return time.perf_counter() - start


def peak_mib(command: Sequence[str]) -> float:
    """The peak resident set of a command in MiB; raises CalledProcessError if it fails."""
    measured = subprocess.run(
        [sys.executable, "-c", _PEAK, *command],
        check=True, capture_output=True, text=True, env=_environment(),
    )  # fmt: skip
    return round(int(measured.stdout) / 1024, 1)


def _environment() -> dict[str, str]:
    """This process's environment, with its import path for the child as well."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def measure() -> dict[str, Any]:
    """Every figure of this benchmark as plain data."""
    said = utterances()
    return {
        "turn_ms": asdict(turn_times(said)),
        "understanding_ms": asdict(understanding_times(said)),
        "say": asdict(start_up()),
    }


def tables(result: dict[str, Any]) -> list[Table]:
    """The figures as tables."""
    times = Table("milliseconds", "utterances", "p50", "p95", "max", title="Latency, warm")
    for name, key in (("whole turn", "turn_ms"), ("understanding alone", "understanding_ms")):
        times.add_row(name, *(str(value) for value in result[key].values()))
    say = result["say"]
    start = Table("fujia say", "value", title=f"Start-up, {say['runs']} fresh processes")
    start.add_row("first run", f"{say['first_s']} s")
    start.add_row("median", f"{say['median_s']} s")
    start.add_row("bare interpreter, median", f"{say['bare_s']} s (ratio {say['ratio']})")
    start.add_row("peak memory", f"{say['peak_mib']} MiB (bare {say['bare_mib']} MiB)")
    return [times, start]


if __name__ == "__main__":
    console = Console()
    for table in tables(measure()):
        console.print(table)
