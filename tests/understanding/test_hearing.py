"""Misheard words are repaired by sound; what was said well stays as it is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.understanding.grammar import clean
from fujia.understanding.hearing import Hearing, load_hearing
from fujia.understanding.sounds import load_sounds

HEARING = load_hearing()
KEPT = load_sounds().kept
SMALL = Hearing(["打开", "歌", "座椅通风", "空调", "儿歌"], ["我要听"], load_sounds(), {"普洱"})


def repaired(text: str, hearing: Hearing = HEARING) -> str | None:
    said = hearing.repaired(clean(text, "zh"))
    return None if said is None else said.text


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("打慨座椅通疯", "打开座椅通风"),
        ("关弊方向盘甲热", "关闭方向盘加热"),
        ("把主架车窗开到一半", "把主驾车窗开到一半"),
        ("波放周杰伦的歌", "播放周杰伦的歌"),
        ("打开座椅按摩摩", "打开座椅按摩"),
        ("空条调到二十二度", "空调调到二十二度"),
    ],
)
def test_misheard_words_are_put_right(heard: str, said: str) -> None:
    assert repaired(heard) == said


@pytest.mark.parametrize(
    "text",
    [
        "打开车窗",
        "空调调到二十二度",
        "座椅加热一挡",
        "今天晚上吃什么好呢",
        "导航去西湖边上的小餐馆",
        "播放夜空中最亮的星",
        "我的生活很有规律",
        "",
        "，。！",
    ],
)
def test_what_was_said_well_stays(text: str) -> None:
    assert repaired(text) is None


def test_english_stays() -> None:
    assert HEARING.repaired(clean("open the widow", "en")) is None


def test_free_words_stay_as_they_were_spoken() -> None:
    said = HEARING.repaired(clean("波放青石巷", "zh"))
    assert said is not None
    assert said.text == "播放青石巷"
    assert said.said(2, 5) == "青石巷"
    assert said.said(0, 2) == "波放"


def test_a_lost_character_is_found_in_a_long_word_only() -> None:
    assert repaired("座椅风", SMALL) == "座椅通风"
    assert repaired("空", SMALL) is None
    assert repaired("座椅通", SMALL) is None, "what ends in a word is another sentence"


def test_half_of_a_word_must_be_right() -> None:
    assert repaired("搭慨空调", SMALL) is None
    assert repaired("我药听", SMALL) == "我要听"


def test_a_word_of_the_language_is_not_cut() -> None:
    assert repaired("洱歌空条", SMALL) == "儿歌空调"
    assert repaired("普洱歌空条", SMALL) == "普洱歌空调", "普洱 is a word"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="打开车窗座椅通丰凯疯一二三十左右前后度档挡弍空调条 ,abc", max_size=16))
def test_numbers_and_sides_are_never_invented_and_every_span_is_said(text: str) -> None:
    said = clean(text, "zh")
    found = HEARING.repaired(said)
    if found is None:
        return
    assert len(found.spans) == len(found.text)
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    for character in KEPT:
        assert found.text.count(character) <= said.text.count(character)


def test_it_is_quick() -> None:
    said = clean("打慨座椅通疯然后把空条调到二十二度", "zh")
    HEARING.repaired(said)
    times: list[float] = []
    for _ in range(21):
        start = time.process_time()
        HEARING.repaired(said)
        times.append(time.process_time() - start)
    assert sorted(times)[10] < 0.01, "about a millisecond; ten leave room for a slow machine"
