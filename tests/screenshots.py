"""The pictures of the cockpit in README and docs, made anew: ``python -m tests.screenshots``.

They are taken in Chromium from a running ``fujia serve``; nothing is drawn afterwards.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.serve.cockpit import chromium
from tests.serve.cockpit.chromium import Visitor
from tests.serve.cockpit.paper import QUESTION, add_paper

FOLDER = Path(__file__).parent.parent / "docs" / "images"

_STILL = "*, *::before { animation: none !important; transition: none !important; }"
_BRAKE_FLUID = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"
_RAIN = "Vehicle.Body.Raindetection.Intensity"


def wide(one: Visitor) -> None:
    """A car's wide screen, parked, by day: several commands in one breath."""
    one.say("全部车窗打开一半，我的座椅加热开二档，副驾座椅通风开三档，氛围灯调成蓝色")
    one.say("打开天窗，打开左后阅读灯")
    one.page.click("[data-press='seat-driver']")


def driving(one: Visitor) -> None:
    """The driver's short view at night in the rain, and what is held back."""
    one.page.click("[data-do='choice:1.1']")
    one.drive(80)
    one.slide(_RAIN, 40)
    one.say("open the tailgate and set my temperature to 24")


def refused(one: Visitor) -> None:
    """A refusal beside what was done, with the trace of the turn."""
    one.drive(60)
    one.page.click("[data-do='seat:passenger']")
    one.say("open the tailgate, warm my seat and make the ambient light orange")
    one.page.locator(".turn details").last.evaluate("e => e.open = true")
    one.page.evaluate("cockpit.follow()")


def phone(one: Visitor) -> None:
    """A phone: the conversation, with something to confirm."""
    one.page.click("[data-do='view:world']")
    one.slide(_RAIN, 40)
    one.page.click("[data-do='view:talk']")
    one.say("打开主驾座椅加热，打开天窗")


def phone_car(one: Visitor) -> None:
    """A phone: the car, charging."""
    one.say("打开主驾车窗，打开双闪，主驾座椅加热三档")
    one.page.click("[data-do='view:world']")
    one.page.click("[data-do='choice:2.1']")
    one.page.click("[data-do='view:car']")


def handbook(one: Visitor) -> None:
    """An answer from the handbook with its section, and lamps that are on."""
    one.say("自动大灯怎么开")
    _open_source(one)


def paper(one: Visitor) -> None:
    """An answer from a PDF, with its page."""
    one.say(QUESTION)
    _open_source(one)
    one.wait("[...document.querySelectorAll('.source img')].every(i => i.naturalWidth > 0)")


def _open_source(one: Visitor) -> None:
    card = one.page.locator(".source").last
    card.locator("summary").click()
    card.scroll_into_view_if_needed()


SHOTS: dict[str, tuple[Callable[[Visitor], None], tuple[int, int], dict[str, Any]]] = {
    "cockpit-wide": (wide, (1920, 720), {}),
    "cockpit-driving": (driving, (1920, 720), {"dark": True, "language": "en"}),
    "cockpit-refused": (refused, (1280, 800), {"language": "en"}),
    "manual-handbook": (handbook, (1600, 900), {"session": {"state": {_BRAKE_FLUID: True}}}),
    "manual-page": (paper, (1280, 800), {}),
    "cockpit-phone": (phone, (390, 844), {"scale": 2}),
    "cockpit-phone-car": (phone_car, (390, 844), {"scale": 2, "dark": True}),
}


def main() -> None:
    """Take every picture, or those named."""
    if lacks := chromium.missing():
        sys.exit(f"no screenshots: {lacks}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or list(SHOTS)
    with TemporaryDirectory() as folder:
        add_paper(Path(folder))
        with chromium.server(Path(folder)) as address, chromium.browser() as browser:
            for name in wanted:
                _take(name, browser, address)


def _take(name: str, browser: Any, address: str) -> None:
    play, size, how = SHOTS[name]
    one = Visitor(browser, address, *size, **how)
    play(one)
    one.page.add_style_tag(content=_STILL)
    one.page.wait_for_timeout(600)
    one.page.screenshot(path=FOLDER / f"{name}.png")
    one.close()


if __name__ == "__main__":
    main()
