"""How fast a manual goes in, and how much memory that takes.

Run ``python -m tests.bench.manual_ingest [PAGES]``: ``fujia manual add`` on a PDF generated here,
600 pages by default, in Chinese, with running heads, tables, steps, warnings and two columns.
The time and the peak are those of the whole command, with the process that reads the file.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.expert import pdfs

PAGES = 600
MOST_SECONDS = 60.0
MOST_MEBIBYTES = 400.0

# Runs a command in a group of processes and prints the most that they held together, in KiB
# (Linux): the sum of their resident sets, looked at twenty times a second, with pages that they
# share counted once for each.
_PEAK = """
import os, subprocess, sys, time
from pathlib import Path
def resident(group):
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == group:
                    total += int((entry / "statm").read_text().split()[1])
            except (OSError, IndexError):
                pass
    return total * os.sysconf("SC_PAGE_SIZE") // 1024
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, process_group=0)
peak = 0
while running.poll() is None:
    peak = max(peak, resident(running.pid))
    time.sleep(0.05)
print(peak)
sys.exit(running.returncode)
"""


@dataclass(frozen=True)
class Ingest:
    """What putting one manual in took."""

    pages: int
    file_mebibytes: float
    seconds: float
    pages_per_second: float
    peak_mebibytes: float


def measure(pages: int = PAGES) -> Ingest:
    """Generate a manual of that many pages and put it in."""
    with tempfile.TemporaryDirectory() as folder:
        file = pdfs.manual(Path(folder) / "manual.pdf", pages)
        environment = {
            **os.environ,
            "FUJIA_DATA_DIR": folder,
            "FUJIA_LOG_FILE": f"{folder}/fujia.log",
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        }
        base = [sys.executable, "-m", "fujia", "manual"]
        subprocess.run([*base, "list"], check=True, capture_output=True, env=environment)
        command = [sys.executable, "-c", _PEAK, *base, "add", str(file), "--lang", "zh"]
        start = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, env=environment)
        seconds = time.perf_counter() - start
        return Ingest(
            pages=pages,
            file_mebibytes=round(file.stat().st_size / 2**20, 2),
            seconds=round(seconds, 2),
            pages_per_second=round(pages / seconds, 1),
            peak_mebibytes=round(int(done.stdout) / 1024, 1),
        )


def result(pages: int = PAGES) -> dict[str, Any]:
    """The figures, as they are kept."""
    return asdict(measure(pages))


def main() -> None:
    """Measure, print, and fail if a bound is broken."""
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
    print(found)
    scale = max(found.pages / PAGES, 1.0)
    if found.seconds > MOST_SECONDS * scale or found.peak_mebibytes > MOST_MEBIBYTES * scale:
        sys.exit(f"more than {MOST_SECONDS} s or {MOST_MEBIBYTES} MiB for {PAGES} pages")


if __name__ == "__main__":
    main()
