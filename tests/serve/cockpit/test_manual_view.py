"""Answers from the manual, and lamps, as a visitor sees them in Chromium."""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.expert.pdfs import Page, canvas_for
from tests.serve.cockpit import chromium
from tests.serve.cockpit.chromium import Visitor

pytestmark = pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "present")

SUBJECT = "月光宝盒"
LOW_BRAKE_FLUID = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Any, str]]:
    folder: Path = tmp_path_factory.mktemp("manual")
    add_manual(folder)
    with chromium.server(folder) as address, chromium.browser() as browser:
        yield browser, address


def add_manual(folder: Path) -> None:
    """Put a small PDF about a thing that no other manual knows where the server looks."""
    canvas = canvas_for(folder / "box.pdf")
    page = Page(canvas)
    page.heading(f"第一章 {SUBJECT}", 18)
    page.paragraph(f"{SUBJECT}在副驾储物箱里。按下{SUBJECT}的银色按钮三秒钟，{SUBJECT}开始播放。")
    page.paragraph(f"{SUBJECT}不用时请盖好。清洁{SUBJECT}时用干布擦拭，不要用水冲洗它的外壳。")
    canvas.showPage()
    canvas.save()
    homes = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "STATE")}
    src = str(Path(__file__).parents[3] / "src")
    command = [sys.executable, "-m", "fujia", "manual", "add", str(folder / "box.pdf")]
    subprocess.run(
        [*command, "--vehicle", "i5", "--lang", "zh"],
        env=os.environ | homes | {"PYTHONPATH": src}, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture
def visitor(house: tuple[Any, str]) -> Generator[Visitor]:
    one = Visitor(*house)
    yield one
    one.close()
    assert one.errors == []


def test_an_answer_from_the_handbook_opens_its_section_with_the_keyboard(visitor: Visitor):
    visitor.say("自动大灯怎么开")
    card = visitor.page.locator(".source").first
    assert "自动大灯" in card.locator("summary").text_content()
    assert not card.locator(".section").is_visible()
    card.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    assert card.locator(".section ol li").first.is_visible()
    assert "警告" in card.locator(".warning").text_content()
    assert card.locator(".cited").count() > 0


def test_an_answer_from_a_pdf_opens_the_picture_of_its_page(visitor: Visitor):
    visitor.say(f"手册里{SUBJECT}怎么清洁")
    card = visitor.page.locator(".source").first
    assert "第1页" in card.locator("summary").text_content()
    assert not [url for url in visitor.requested if ".png" in url], "fetched only when opened"
    card.locator("summary").click()
    visitor.wait("document.querySelector('.source img').naturalWidth === 1000")
    assert "标出了依据" in card.locator("img").get_attribute("alt")


def test_a_lamp_that_comes_on_is_shown_with_its_urgency(house: tuple[Any, str]):
    one = Visitor(*house, session={"state": {LOW_BRAKE_FLUID: True}})
    lamp = one.page.locator("[data-lamp='brake']")
    assert lamp.locator("svg").is_visible()
    assert "立即停车" in lamp.text_content()
    one.close()
    assert one.errors == []


def test_lamps_follow_the_car(visitor: Visitor):
    assert visitor.page.locator("[data-lamp='hazard']").count() == 0
    visitor.say("打开双闪")
    visitor.wait("document.querySelector(\"[data-lamp='hazard']\")")
    visitor.say("关闭双闪")
    visitor.wait("!document.querySelector(\"[data-lamp='hazard']\")")
