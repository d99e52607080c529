"""How people talk."""

import random

from fujia.foundry.speech import finished, spoken, without_punctuation


def test_punctuation_goes_and_numbers_stay() -> None:
    assert without_punctuation("打开车窗，调到22度。", "zh") == "打开车窗调到22度"
    assert without_punctuation("调到90.2兆赫.", "zh") == "调到90.2兆赫"
    assert without_punctuation("Set it to 22.5, please.", "en") == "Set it to 22.5 please"


def test_a_mark_at_the_end_comes_once() -> None:
    assert finished("打开车窗", "zh", random.Random(1))[:-1] == "打开车窗"
    assert finished("打开车窗。", "zh", random.Random(1)) == "打开车窗。"
    assert finished("", "zh", random.Random(1)) == ""


def test_fillers_and_repeats_add_words_but_take_none() -> None:
    chance = random.Random(3)
    for _ in range(200):
        said = spoken("座椅加热调到二十三度", "zh", chance, ["呃", "嗯"])
        kept = iter(said)
        assert all(character in kept for character in "座椅加热调到二十三度")
        assert "二十三" in said.replace("呃", "").replace("嗯", "")


def test_english_fillers_are_words() -> None:
    chance = random.Random(3)
    said = {spoken("open the window", "en", chance, ["um"]) for _ in range(60)}
    assert any("um" in each.split() for each in said)
    assert all({"open", "the", "window"} <= set(each.split()) for each in said)
