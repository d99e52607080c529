import re
from xml.etree import ElementTree

import pytest

from fujia import Profile, SimulatedCar, Value, list_profiles, load_profile
from fujia.serve.cockpit import drawing
from fujia.serve.cockpit.drawing import draw
from fujia.serve.cockpit.picture import Picture
from fujia.serve.cockpit.texts import load_texts

I5 = load_profile("i5")
STYLES = drawing.__file__.replace("drawing.py", "static/car.css")


def drawn(profile: Profile = I5, **state: Value) -> ElementTree.Element:
    """The drawing of a car as a tree; it must be well-formed."""
    paths = {name.replace("_", "."): value for name, value in state.items()}
    values = SimulatedCar(profile, paths).snapshot()
    return ElementTree.fromstring(draw(Picture(profile, load_texts("en")), values))


def part(tree: ElementTree.Element, name: str) -> ElementTree.Element:
    (found,) = tree.findall(f".//*[@data-part='{name}']")
    return found


@pytest.mark.parametrize("name", list_profiles())
def test_every_part_of_every_car_is_drawn_once_and_no_other(name: str):
    profile = load_profile(name)
    tree = drawn(profile)
    shown = [each.get("data-part") for each in tree.iter() if each.get("data-part")]
    assert sorted(map(str, shown)) == sorted(Picture(profile, load_texts("en")).parts)


def test_the_picture_is_what_the_signals_say():
    tree = drawn(Vehicle_Cabin_Door_Row1_DriverSide_Window_Position=40)
    window = part(tree, "window-driver")
    assert window.get("data-open") == "40"
    assert "--open:40" in str(window.get("style"))
    pill = tree.find(".//*[@data-text='window-driver.open']/text")
    assert pill is not None
    assert pill.text == "40%"


def test_every_part_can_be_reached_by_keyboard_and_says_what_it_is():
    tree = drawn()
    buttons = [each for each in tree.iter() if each.get("role") == "button"]
    pressed = {str(each.get("data-press")) for each in buttons}
    assert pressed == set(Picture(I5, load_texts("en")).parts)
    assert all(each.get("tabindex") == "0" and each.get("aria-label") for each in buttons)


def test_no_button_stands_in_another():
    for button in (each for each in drawn().iter() if each.get("role") == "button"):
        assert [inner for inner in button.iter() if inner.get("role") == "button"] == [button]


def test_the_driver_of_a_right_hand_drive_car_sits_on_the_right():
    right = Profile("r", "", "", "electric", "RIGHT", I5.signals)
    tree = drawn(right)
    assert part(tree, "seat-driver").get("transform")
    assert not part(tree, "seat-passenger").get("transform")
    assert not part(drawn(), "seat-driver").get("transform")


def test_words_from_a_signal_are_text_and_nothing_else():
    color = "Vehicle_Cabin_Light_AmbientLight_Row1_DriverSide_Color"
    tree = drawn(**{color: '"><script>'})
    assert part(tree, "ambient-driver").get("data-color") == '"><script>'
    assert not tree.findall(".//script")


def test_a_car_that_does_not_answer_is_drawn_all_the_same():
    tree = ElementTree.fromstring(draw(Picture(I5, load_texts("zh")), {}))
    assert part(tree, "window-driver").get("data-open") is None


def test_the_style_sheet_knows_what_the_parts_show():
    with open(STYLES, encoding="utf-8") as file:  # noqa: PTH123
        styles = file.read()
    looks = {name for one in Picture(I5, load_texts("en")).parts.values() for name in one.shows}
    used = set(re.findall(r"data-(\w+)", styles)) | set(re.findall(r"var\(--(\w+)", styles))
    words = {"belt", "position", "switch", "temperature", "volume"}  # shown in words only
    assert looks - used == words
