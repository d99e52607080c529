"""What an understander costs: files, memory, and the start of a fresh process."""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from fujia.errors import FujiaError
from fujia.foundry.contestants import Contestant

SENTENCE = "把空调调到22度，再放点周杰伦"

# Each process reads its own peak: what ``getrusage`` says of a child may be its parent's.
_PROBE = """
import json, re, sys
from pathlib import Path
from fujia import Cabin
from fujia.foundry.contestants import Contestant
cabin = Cabin(understander=Contestant.named(sys.argv[1]).understander())
assert cabin.say(sys.argv[2]).actions
status = Path("/proc/self/status")
text = status.read_text() if status.exists() else ""
print(json.dumps({key: int(kib) for key, kib in re.findall(r"(VmRSS|VmHWM):\\s*(\\d+)", text)}))
"""


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "cpu": _cpu_name(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _cpu_name() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def size_mb(folder: Path | None) -> float | None:
    """The files of a model in MB (10^6 bytes); None for what has no folder."""
    if folder is None or not folder.is_dir():
        return None
    return round(sum(file.stat().st_size for file in folder.iterdir() if file.is_file()) / 1e6, 2)


def fresh_process(contestant: Contestant, runs: int = 3) -> dict[str, float | None]:
    """Say one sentence in fresh processes.

    Returns:
        ``say_s``: median wall time in seconds from the start of the process to its end;
        ``resident_mib`` after the turn, ``peak_mib`` before it ended; None but on Linux.
    """
    times: list[float] = []
    memory: dict[str, int] = {}
    for _ in range(runs):
        start = time.perf_counter()
        memory = _probe(contestant)
        times.append(time.perf_counter() - start)
    resident, peak = memory.get("VmRSS"), memory.get("VmHWM")
    return {
        "say_s": round(sorted(times)[len(times) // 2], 3),
        "resident_mib": None if resident is None else round(resident / 1024, 1),
        "peak_mib": None if peak is None else round(peak / 1024, 1),
    }


def _probe(contestant: Contestant) -> dict[str, int]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", _PROBE, contestant.spec, SENTENCE]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no word"]
        raise FujiaError(f"{contestant.name}: a fresh process failed: {last[0]}")
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found
