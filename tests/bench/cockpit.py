"""How fast the cockpit is: from a signal's change to its picture, and from address to first paint.

``python -m tests.bench.cockpit`` runs ``fujia serve`` and Chromium on this machine and writes
``bench/results/f3_cockpit.json``. A window is set through the API's world, and the page notes when
the drawn part has the new value and a frame with it was painted; both clocks are the machine's.
"""

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fujia.foundry.costs import machine
from tests.serve.cockpit import chromium
from tests.serve.cockpit.chromium import Visitor

RESULTS = Path("bench/results")
COMMAND = "python -m tests.bench.cockpit"
_WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
_NOTE = """() => {
  window.seen = {};
  const part = document.querySelector("[data-part='window-driver']");
  new MutationObserver(() => {
    const value = part.dataset.open;
    requestAnimationFrame(() => setTimeout(() => {
      window.seen[value] ??= performance.timeOrigin + performance.now();
    }));
  }).observe(part, { attributes: true, attributeFilter: ["data-open"] });
}"""
_PAINT = """() => new Promise(done => {
  new PerformanceObserver(list => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
_DRAWN = """() => new Promise(done => {
  const look = () => document.querySelector(".cockpit .car")
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now())))
    : setTimeout(look, 4);
  look();
})"""


def measure(changes: int = 200, visits: int = 10) -> dict[str, Any]:
    """Milliseconds of ``changes`` changes of a signal and of ``visits`` first visits."""
    with (
        TemporaryDirectory() as folder,
        chromium.server(Path(folder)) as address,
        chromium.browser() as browser,
    ):
        pictures = _pictures(browser, address, changes)
        paints, drawn = zip(*(_visit(browser, address) for _ in range(visits)), strict=True)
    return {
        "signal_to_picture_ms": _figures(pictures),
        "first_paint_ms": _figures(paints),
        "car_drawn_ms": _figures(drawn),
    }


def _pictures(browser: Any, address: str, changes: int) -> list[float]:
    one = Visitor(browser, address)
    one.page.evaluate(_NOTE)
    signal = f"{address}v1/sessions/{one.session}/signals/{_WINDOW}"
    taken: list[float] = []
    for number in range(changes):
        value = 1 + number % 100
        one.page.evaluate(f"delete window.seen[{value}]")
        begun = time.time() * 1000
        answer = one.page.request.put(signal, data={"value": value})
        assert answer.ok, answer.text()
        one.wait(f"window.seen[{value}]")
        taken.append(one.page.evaluate(f"window.seen[{value}]") - begun)
    one.close()
    return taken


def _visit(browser: Any, address: str) -> tuple[float, float]:
    """A visit with an empty cache: when anything was painted, and when the car was."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    drawn = page.evaluate(_DRAWN)
    painted = page.evaluate(_PAINT)
    context.close()
    return painted, drawn


def _figures(taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "count": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[max(0, -(-len(ordered) * 95 // 100) - 1)], 1),
        "max": round(ordered[-1], 1),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the results."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--visits", type=int, default=10)
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results")
    options = parser.parse_args(arguments)
    figures = {"command": COMMAND, "machine": machine()}
    figures |= measure(options.changes, options.visits)
    options.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    (options.out / "f3_cockpit.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
