"""Talk with a language model, and the people in the car, as a visitor sees them in Chromium."""

import os
from collections.abc import Generator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pytest_socket import enable_socket

from tests.llm.wire import Handler, Wire, chunk, running
from tests.serve.cockpit import chromium
from tests.serve.cockpit.chromium import Visitor

pytestmark = [
    pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "present"),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]

CONFIG = """\
models:
  mine: {{model: m, base_url: "{url}", key_variable: null, structured: none}}
roles: {{fast: [mine], deep: [mine]}}
"""
FILLER = "稍等，我想想。"


class SlowModel:
    """Begins to speak at ``go``, and ends at ``end``."""

    def __init__(self) -> None:
        self.go, self.end = Event(), Event()

    def __call__(self, handler: Handler, body: dict[str, Any]) -> None:
        handler.start()
        assert self.go.wait(20)
        handler.event(chunk("从前有座山，"))
        assert self.end.wait(20)
        handler.event(chunk("山里有座庙。"))
        handler.event(chunk(finish="stop", usage=True))
        handler.event("[DONE]")


@pytest.fixture(autouse=True)
def no_network() -> None:
    """The model listens on loopback all the time, so sockets must not be off between the tests."""


@pytest.fixture(scope="module")
def wire() -> Generator[Wire]:
    enable_socket()  # before the mark of the first test does
    yield from running()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, wire: Wire) -> Generator[tuple[Any, str]]:
    folder: Path = tmp_path_factory.mktemp("talk")
    data = folder / "DATA" / "fujia"
    data.mkdir(parents=True)
    (data / "llm.yaml").write_text(CONFIG.format(url=wire.url), encoding="utf-8")
    with chromium.server(folder) as address, chromium.browser() as browser:
        yield browser, address


def pictured(one: Visitor, name: str) -> None:
    """Keep a picture where ``FUJIA_PICTURES`` says so, to be looked at."""
    folder = os.environ.get("FUJIA_PICTURES")
    if folder:
        one.page.screenshot(path=f"{folder}/{name}.png")


def test_words_are_shown_as_they_come_and_nobody_waits_for_them(visitor: Visitor, wire: Wire):
    model = SlowModel()
    wire.behaviours = [model]
    visitor.page.fill("[name=said]", "讲个笑话")
    visitor.page.press("[name=said]", "Enter")
    pending = visitor.page.locator(".pending")
    pending.get_by_text("讲个笑话").wait_for()
    pending.get_by_text(FILLER).wait_for()
    visitor.say("打开天窗")
    assert visitor.look("sunroof", "open") == "100"
    assert pending.get_by_text(FILLER).is_visible()
    pictured(visitor, "filler")
    model.go.set()
    pending.get_by_text("从前有座山").wait_for()
    assert FILLER not in pending.text_content()
    assert "AI生成" in pending.text_content()
    pictured(visitor, "words")
    model.end.set()
    visitor.wait("document.querySelectorAll('.turn').length === 2")
    assert pending.count() == 0
    last = visitor.page.locator(".turn").last
    assert "从前有座山，山里有座庙。" in last.locator(".bubble.fujia").text_content()
    assert last.locator(".by-ai").text_content() == "AI生成"
    assert visitor.page.locator(".turn").first.locator(".by-ai").count() == 0
    visitor.wait("document.documentElement.dataset.busy === 'off'")


def test_what_is_taken_back_while_the_model_thinks_ends_at_once(visitor: Visitor, wire: Wire):
    model = SlowModel()
    wire.behaviours = [model]
    visitor.page.fill("[name=said]", "讲个故事")
    visitor.page.press("[name=said]", "Enter")
    visitor.page.locator(".pending").get_by_text("讲个故事").wait_for()
    visitor.say("算了")
    assert visitor.page.locator(".turn").count() == 1
    model.go.set()
    model.end.set()
    visitor.wait("document.querySelectorAll('.turn').length === 2")


def test_who_sits_where_is_chosen_seen_and_consents(visitor: Visitor, house: tuple[Any, str]):
    page = visitor.page
    page.click("[popovertarget=people]")
    page.locator("form[data-name=passenger] input").fill("Anna")
    page.keyboard.press("Enter")
    page.locator("[data-do='seat:passenger'] small", has_text="Anna").wait_for()
    visitor.wait("document.querySelector('[data-part=seat-passenger]').dataset.occupied"
                 " === 'OCCUPIED'")  # fmt: skip
    page.click("#consents-passenger summary")
    switch = page.locator("[data-do='consent:passenger.position']")
    switch.click()
    page.wait_for_selector("[data-do='consent:passenger.position'][aria-checked=true]")
    pictured(visitor, "people")
    occupants = f"{house[1]}v1/sessions/{visitor.session}/occupants/passenger"
    consents = {one["purpose"]: one["allowed"] for one in page.request.get(
        f"{occupants}/consents").json()}  # fmt: skip
    assert consents["position"] is True
    switch.click()
    page.wait_for_selector("[data-do='consent:passenger.position'][aria-checked=false]")
    page.request.put(occupants, data={"child": True})
    page.locator("[data-do='seat:passenger'] small", has_text="儿童").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".people").is_visible()


def test_what_the_api_repairs_is_seen_to_be_repaired(visitor: Visitor, house: tuple[Any, str]):
    page = visitor.page
    page.click(".faults button:first-child")
    page.wait_for_selector(".faults button:first-child[aria-pressed='true']")
    repaired = page.request.delete(f"{house[1]}v1/sessions/{visitor.session}/faults")
    assert repaired.status == 204
    page.wait_for_selector(".faults button:first-child[aria-pressed='false']")
