"""The page as a visitor uses it, in Chromium."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.cockpit import chromium
from tests.serve.cockpit.chromium import Visitor

pytestmark = pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "present")

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Any, str]]:
    folder: Path = tmp_path_factory.mktemp("cockpit")
    with chromium.server(folder) as address, chromium.browser() as browser:
        yield browser, address


@pytest.fixture
def visit(house: tuple[Any, str]) -> Generator[Visit]:
    visitors: list[Visitor] = []

    def enter(*size: int, **how: Any) -> Visitor:
        visitors.append(Visitor(*house, *size, **how))
        return visitors[-1]

    yield enter
    for visitor in visitors:
        visitor.close()
        assert visitor.errors == []


def test_several_commands_in_one_breath_move_the_picture(visit: Visit):
    one = visit()
    one.say("全部车窗打开一半，我的座椅加热开二档，氛围灯调成蓝色")
    assert len(one.chips()) == 3
    assert all("完成" in chip for chip in one.chips())
    assert one.look("window-rear_left", "open") == "50"
    assert one.look("seat-driver", "climate") == "2"
    assert one.look("ambient-passenger", "color") == "#0000FF"
    pill = one.page.locator("[data-text='window-driver.open']")
    assert pill.text_content() == "50%"
    drawn = "document.querySelector(\"[data-text='window-driver.open']\")"
    one.wait(f"getComputedStyle({drawn}).opacity === '1'")
    label = one.page.locator("[data-press='window-driver']").get_attribute("aria-label")
    assert "50%" in label


def test_a_refusal_is_as_plain_as_what_was_done(visit: Visit):
    one = visit()
    assert "打开尾门" not in one.page.locator(".limits").text_content()
    one.drive(80)
    one.wait("document.querySelector('.limits').textContent.includes('打开尾门')")
    one.page.click("[data-do='seat:passenger']")
    one.say("打开尾门")
    (chip,) = one.chips()
    assert "拒绝" in chip
    assert "没停在P挡" in chip
    assert one.look("tailgate", "open") == "0"
    assert one.page.locator(".turn .chip.refused svg").count() == 1


def test_a_yes_carries_out_what_was_asked_about(visit: Visit):
    one = visit()
    one.slide("Vehicle.Body.Raindetection.Intensity", 40)
    one.say("打开天窗")
    assert "待确认" in one.chips()[-1]
    assert one.look("sunroof", "open") == "0"
    one.page.click(".turn [data-do='answer:yes']")
    one.wait("document.querySelectorAll('.turn').length === 2")
    one.wait("document.querySelector('[data-part=sunroof]').dataset.open === '100'")
    assert "完成" in one.chips()[-1]
    assert not one.page.locator(".turn .answer").first.is_visible()


def test_a_no_leaves_everything_as_it_is(visit: Visit):
    one = visit(language="en-US")
    one.slide("Vehicle.Body.Raindetection.Intensity", 40)
    one.say("open the sunroof")
    one.page.click(".turn [data-do='answer:no']")
    one.wait("document.querySelectorAll('.turn').length === 2")
    assert one.look("sunroof", "open") == "0"


def test_a_phone_shows_one_thing_at_a_time_and_nothing_sticks_out(visit: Visit):
    one = visit(390, 844)
    for view, shown in (("talk", ".talk"), ("car", ".stage"), ("world", ".side")):
        one.page.click(f"[data-do='view:{view}']")
        panels = one.page.locator(".talk:visible, .stage:visible, .side:visible")
        assert panels.count() == 1
        assert one.page.locator(shown).is_visible()
        assert one.page.evaluate("document.documentElement.scrollWidth") == 390
    one.page.click("[data-do='view:talk']")
    one.say("打开尾门")
    assert "完成" in one.chips()[0]


def test_the_driver_on_the_move_sees_the_short_form_and_a_passenger_all(visit: Visit):
    one = visit(1920, 720)
    one.say("把空调调到24度，再放点周杰伦，打开主驾座椅加热")
    assert one.page.locator(".log").is_visible()
    one.drive(60)
    one.wait("document.documentElement.dataset.driving === 'on'")
    assert not one.page.locator(".log").is_visible()
    assert one.page.locator(".glance").is_visible()
    assert "3项完成" in one.page.locator(".glance").text_content()
    one.page.click("[data-do='seat:rear_right']")
    one.wait("document.documentElement.dataset.driving === 'off'")
    assert one.page.locator(".log").is_visible()


def test_a_part_opens_by_mouse_and_by_keyboard_and_follows_its_signals(visit: Visit):
    one = visit()
    one.page.click("[data-press='seat-driver']")
    one.page.wait_for_selector(".details:visible h2:text('主驾座椅')")
    one.say("主驾座椅加热三档")
    heat = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
    assert one.page.locator(f".details [data-signal='{heat}']").text_content() == "3/3 档"
    one.page.focus("[data-press='tailgate']")
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".details:visible h2:text('尾门')")
    one.page.click(".details [data-do='close:']")
    assert not one.page.locator(".details").is_visible()


def test_two_visitors_see_the_same_car(visit: Visit, house: tuple[Any, str]):
    one = visit()
    other = one.context.new_page()
    other.goto(one.page.url)
    other.wait_for_selector(":root[data-reachable]")
    one.say("打开尾门")
    other.wait_for_function("document.querySelectorAll('.turn').length === 1", timeout=15_000)
    other.wait_for_function(
        "document.querySelector('[data-part=tailgate]').dataset.open === '100'", timeout=15_000
    )
    assert "打开尾门" in other.locator(".turn").text_content()


def test_a_broken_window_is_said_and_seen_and_can_be_repaired(visit: Visit):
    one = visit()
    one.page.click(".faults button:first-child")
    one.page.wait_for_selector(".faults button[aria-pressed='true']")
    one.say("打开主驾车窗")
    assert "失败" in one.chips()[0]
    assert one.look("window-driver", "open") == "30"
    one.page.click(".faults button:first-child")
    one.page.wait_for_selector(".faults button:first-child[aria-pressed='false']")
    one.say("打开主驾车窗")
    assert "完成" in one.chips()[0]


def test_a_car_out_of_reach_is_announced(visit: Visit):
    one = visit(language="en-US")
    one.page.click(".faults button:last-child")
    one.page.wait_for_selector(".alarm:visible")
    one.say("open the tailgate")
    assert "failed" in one.chips()[0]
    one.page.click(".faults button:last-child")
    one.page.wait_for_selector(".alarm", state="hidden")


def test_the_language_is_the_browsers_until_another_is_chosen(visit: Visit):
    one = visit(language="en-US")
    assert one.page.locator("html").get_attribute("lang") == "en"
    one.page.click("[data-do='language:zh']")
    one.page.wait_for_selector("html[lang='zh-CN']")
    one.page.reload()
    one.page.wait_for_selector("html[lang='zh-CN'] .cockpit")


def test_the_theme_is_the_systems_until_another_is_chosen(visit: Visit):
    one = visit(dark=True)
    root = one.page.locator("html")
    assert root.get_attribute("data-theme") == "dark"
    one.page.click("[data-do='theme:']")
    assert root.get_attribute("data-theme") == "light"
    one.page.reload()
    assert root.get_attribute("data-theme") == "light"


def test_nothing_comes_from_anywhere_else(visit: Visit, house: tuple[Any, str]):
    one = visit()
    elsewhere = [url for url in one.requested if not url.startswith((house[1], "data:"))]
    assert elsewhere == []
    assert one.requested


@pytest.mark.parametrize("size", [(1920, 720), (1280, 800)])
def test_nothing_jumps_when_something_is_said(visit: Visit, size: tuple[int, int]):
    one = visit(*size)
    boxes = """() => [...document.querySelectorAll('.panel, .head, .composer, svg.car')]
        .map(e => JSON.stringify(e.getBoundingClientRect()))"""
    before = one.page.evaluate(boxes)
    one.say("打开尾门，打开双闪，全部车窗打开一半")
    assert one.page.evaluate(boxes) == before
    assert one.page.evaluate("document.documentElement.scrollHeight") <= size[1]


CONTRAST = """() => {
  const number = c => (c.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = number(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const e of document.querySelectorAll('.cockpit *')) {
    const text = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!text || e.closest('svg') || !e.checkVisibility()) continue;
    const [a, b] = [light(number(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push(`${e.className || e.tagName} ${ratio.toFixed(2)} ${e.textContent}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_the_contrast_of_wcag_aa(visit: Visit, dark: bool):
    one = visit(1920, 720, dark=dark, language="en-US")
    one.page.click(".faults button:first-child")
    one.page.wait_for_selector(".faults button[aria-pressed='true']")
    one.say("open my window and heat my seat")
    one.say("change to neutral, and heat the footwell")
    one.slide("Vehicle.Body.Raindetection.Intensity", 40)
    one.say("open the sunroof")
    one.page.locator(".turn details").last.evaluate("e => e.open = true")
    assert one.page.evaluate(CONTRAST) == []
    one.drive(50)
    one.wait("document.documentElement.dataset.driving === 'on'")
    assert one.page.evaluate(CONTRAST) == []


def test_everything_that_can_be_used_has_a_name_and_room_for_a_finger(visit: Visit):
    one = visit(390, 844)
    for view in ("talk", "world"):
        one.page.click(f"[data-do='view:{view}']")
        poor = one.page.evaluate(
            """() => [...document.querySelectorAll('.cockpit button, .cockpit input')]
            .filter(e => e.checkVisibility())
            .filter(e => {
              const box = e.getBoundingClientRect();
              const name = e.textContent.trim() || e.ariaLabel || e.title || e.labels?.length;
              return !name || box.height < 24 || box.width < 24;
            }).map(e => e.outerHTML)"""
        )
        assert poor == []


def test_a_session_that_is_not_there_is_explained(visit: Visit, house: tuple[Any, str]):
    page = visit().page
    page.goto(f"{house[1]}?session=nope")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "there is no open session 'nope'" in alert.text_content()


def test_what_cannot_be_said_is_explained(visit: Visit):
    one = visit(language="en-US")
    one.page.evaluate("cockpit.act('say:' + 'x'.repeat(2000))")
    one.page.wait_for_selector(".problem")
    assert "the limit is 1000" in one.page.locator(".problem").text_content()


STRANGE = (
    "['range', 'x.y']", "['range', '99.1']", "['range', '0.9e9']", "['range', '0.nan']",
    "['choice', '-1.-1']", "['fault', '²']", "['fault', '9']", "['seat', 'roof']",
    "['part', 'wing']", "['nothing', '']", "'text'", "[1, 2]", "{}",
)  # fmt: skip


def test_messages_that_our_script_never_sends_are_ignored(visit: Visit):
    one = visit()
    for sent in STRANGE:
        one.page.evaluate(f"emitEvent('fujia', {sent})")
    one.say("打开尾门")
    assert "完成" in one.chips()[0]
    assert one.page.locator(".problem").count() == 0


LEFT_OPEN = {
    "Vehicle.LowVoltageSystemState": "OFF",
    "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen": True,
    "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position": 60,
}


def test_a_suggestion_comes_with_its_reason_and_is_accepted_with_one_click(visit: Visit):
    one = visit(session={"state": LEFT_OPEN})
    one.page.wait_for_selector("[data-do='suggestion:yes']", timeout=15_000)
    bubble = one.page.locator(".turn").last.locator(".bubble.fujia").text_content()
    assert "主动建议" in bubble
    assert "车窗还开着" in bubble
    one.page.locator(".log [data-do='suggestion:yes']").click()
    one.wait("document.querySelectorAll('.turn').length === 2")
    assert "完成" in one.chips()[0]
    one.wait("document.querySelector(\"[data-part='window-driver']\").dataset.open === '0'")


def test_a_suggestion_is_silenced_with_one_click_whoever_speaks(visit: Visit):
    one = visit(language="en", session={"state": LEFT_OPEN, "language": "en"})
    one.page.click("[data-do='seat:passenger']")
    one.page.wait_for_selector("[data-do='suggestion:never']", timeout=15_000)
    assert "A window is still open" in one.page.locator(".turn").last.text_content()
    one.page.get_by_role("button", name="Don't suggest this again").first.click()
    one.wait("document.querySelectorAll('.turn').length === 2")
    occupants = f"{one.page.url.split('?')[0]}v1/sessions/{one.session}/occupants"
    shown = one.page.request.get(f"{occupants}/driver/suggestions").json()
    assert [each["id"] for each in shown if each["silenced"]] == ["left-open"]
    assert one.look("window-driver", "open") == "60"
