from typing import Any

import pytest
from pydantic import ValidationError

from fujia.cabin.memory import Fact


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({"what": "temperature", "value": 21.5}, "您喜欢21.5度", "you like 21.5 degrees"),
        ({"what": "home", "value": "望京"}, "您家在望京", "you live at 望京"),
        (
            {"what": "place", "name": "健身房", "value": "东路3号"},
            "健身房在东路3号",
            "健身房 is at 东路3号",
        ),
        (
            {"what": "trip", "value": "公司", "time": "08:00", "days": (1, 2, 3, 4, 5)},
            "您工作日08:00去公司",
            "you go to 公司 at 08:00 on weekdays",
        ),
        (
            {"what": "trip", "value": "家", "time": "18:30", "days": (2, 4)},
            "您每周二、每周四18:30去家",
            "you go to 家 at 18:30 on Tuesdays, on Thursdays",
        ),
        ({"what": "note", "value": "不吃辣"}, "您不吃辣", "you said “I 不吃辣”"),
    ],
)
def test_a_fact_can_be_said(given: dict[str, Any], zh: str, en: str) -> None:
    fact = Fact(**given)
    assert (fact.text("zh"), fact.text("en")) == (zh, en)


@pytest.mark.parametrize(
    "given",
    [
        {"what": "temperature", "value": 99},
        {"what": "temperature", "value": float("nan")},
        {"what": "temperature", "value": "warm"},
        {"what": "home", "value": ""},
        {"what": "home", "value": "  "},
        {"what": "home", "value": 5},
        {"what": "home", "value": "x" * 201},
        {"what": "place", "value": "望京"},
        {"what": "trip", "value": "公司"},
        {"what": "trip", "value": "公司", "time": "08:00"},
        {"what": "trip", "value": "公司", "time": "25:00", "days": (1,)},
        {"what": "trip", "value": "公司", "time": "08:00", "days": (0, 8)},
        {"what": "trip", "value": "公司", "time": "08:00", "days": (2, 1)},
        {"what": "home", "value": "望京", "time": "08:00"},
        {"what": "blood_type", "value": "A"},
        {"what": "home", "value": "望京", "mood": "grim"},
    ],
)
def test_nonsense_is_no_fact(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Fact(**given)


def test_two_facts_of_the_same_content_have_different_digests() -> None:
    one, other = (Fact(what="temperature", value=21) for _ in range(2))
    assert one.commitment != other.commitment
    assert "nonce" not in repr(one)
