"""What is told and not asked for; the sentences are in ``sentences/*/told.yaml``."""

import pytest

from fujia.understanding.told import is_elsewhere, is_told, without_idle
from tests.understanding.reading import clean, skills, surfaces, tokens


@pytest.mark.parametrize(
    "said", ["他吼了一声关上后备箱", "嗯，爷爷说打开车窗", "uh my boss told me to open the door"]
)
def test_somebody_elses_words_are_told(said: str) -> None:
    assert is_told(clean(said))


@pytest.mark.parametrize(
    "said", ["打开车窗", "播放他说", "导航说话小声点", "open the window", "play yesterday"]
)
def test_ones_own_words_are_not(said: str) -> None:
    assert not is_told(clean(said))


@pytest.mark.parametrize("said", ["打开客厅的灯", "定一个七点的闹钟", "close the kitchen window"])
def test_a_house_is_elsewhere(said: str) -> None:
    assert is_elsewhere(clean(said))


@pytest.mark.parametrize("said", ["打开阅读灯", "回家", "预约充电", "close the rear window"])
def test_a_car_is_not(said: str) -> None:
    assert not is_elsewhere(clean(said))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("我刚把车窗关了，打开空调", [",", "打开", "空调"]),
        ("打开空调，我又没叫你关窗", ["打开", "空调"]),
        ("我从来不用自动泊车", []),
        ("i just closed the door, open the roof", [",", "open", "the", "roof"]),
        ("打开空调", ["打开", "空调"]),
    ],
)
def test_only_the_clause_that_asks_for_nothing_goes(said: str, left: list[str]) -> None:
    assert surfaces(said, without_idle(clean(said), tokens(said))) == left


def test_what_the_speaker_did_is_the_reason_of_an_order() -> None:
    assert skills("turn the dome light on i dropped my keys") == ["light.dome"]
    assert skills("i dropped my keys") == ["chat.reply"]


def test_what_others_drive_is_not_this_car() -> None:
    assert skills("the car in front has its fog lights on") == ["chat.reply"]
    assert skills("turn on the fog lights") == ["light.front_fog"]
