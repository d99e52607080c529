"""A real server and a real browser for tests, screenshots and benchmarks of the cockpit.

The server is ``fujia serve`` in a process of its own, the browser Debian's Chromium. Nothing is
reached but the server.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_ROOT = Path(__file__).parents[3]


def missing() -> str:
    """What a browser test needs and this machine lacks, in words; empty if nothing."""
    if chromium() is None:
        return "there is no Chromium here"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed"
    return ""


def chromium() -> str | None:
    """Where Debian's Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def server(folder: Path) -> Generator[str]:
    """``fujia serve`` with its data in ``folder``; gives its address."""
    environment = {name: each for name, each in os.environ.items() if "FUJIA_" not in name}
    homes = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "STATE")}
    process = subprocess.Popen(
        [sys.executable, "-m", "fujia", "serve", "--port", "0", "--rate", "0"],
        env=environment | homes | {"PYTHONPATH": str(_ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = next((word for word in line.split() if word.startswith("http")), None)
        assert address, "the server did not start; what it said is above"
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def browser() -> Generator[Any]:
    """Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


class Visitor:
    """Somebody with a browser of a given size and language, looking at one car."""

    def __init__(
        self,
        browser: Any,
        address: str,
        width: int = 1280,
        height: int = 800,
        *,
        language: str = "zh-CN",
        dark: bool = False,
        scale: float = 1,
        session: Mapping[str, object] | None = None,
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme="dark" if dark else "light",
            device_scale_factor=scale,
        )
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.requested: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requested.append(request.url))
        made = self.page.request.post(f"{address}v1/sessions", data=dict(session or {}))
        self.session = made.json()["id"]
        self.page.goto(f"{address}?session={self.session}")
        self.page.wait_for_selector(":root[data-reachable]")
        self.page.wait_for_function("window.did_handshake")

    def say(self, text: str) -> None:
        """Type something, and wait for the answer."""
        turns = self.page.locator(".turn").count()
        self.page.fill("[name=said]", text)
        self.page.press("[name=said]", "Enter")
        self.wait(f"document.querySelectorAll('.turn').length > {turns}")

    def drive(self, speed: int) -> None:
        """Drag the speed slider."""
        self.slide("Vehicle.Speed", speed)

    def slide(self, path: str, value: int) -> None:
        """Drag a slider, and wait until the car is there."""
        self.page.locator(f"[data-path='{path}']").fill(str(value))
        self.wait(f"document.querySelector(\"output[data-signal='{path}']\").textContent"
                  f".startsWith('{value}')")  # fmt: skip

    def wait(self, condition: str) -> None:
        """Wait for a condition in the page, at most 15 seconds."""
        self.page.wait_for_function(condition, timeout=15_000)

    def look(self, part: str, name: str) -> str | None:
        """What the picture shows of a part."""
        return self.page.locator(f"[data-part='{part}']").get_attribute(f"data-{name}")

    def chips(self) -> list[str]:
        """The chips of the last turn."""
        return self.page.locator(".turn").last.locator(".chip").all_text_contents()

    def close(self) -> None:
        """Leave."""
        self.context.close()
