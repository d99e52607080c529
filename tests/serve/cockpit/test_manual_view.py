"""Answers from the manual, and lamps, as a visitor sees them in Chromium."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.cockpit import chromium
from tests.serve.cockpit.chromium import Visitor
from tests.serve.cockpit.paper import QUESTION, add_paper

pytestmark = pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "present")

LOW_BRAKE_FLUID = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Any, str]]:
    folder: Path = tmp_path_factory.mktemp("manual")
    add_paper(folder)
    with chromium.server(folder) as address, chromium.browser() as browser:
        yield browser, address


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
    visitor.say(QUESTION)
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
