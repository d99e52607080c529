import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.expert.segment import pairs, words


@pytest.mark.parametrize("word", ["胎压", "监测"])
def test_a_long_word_is_found_by_its_parts(word: str):
    assert word in words("胎压监测")


def test_letters_and_numbers_stay_together_whatever_their_width_and_case():
    assert words("ＩＳＯＦＩＸ 2.5bar，Wi-Fi") == ["isofix", "2.5bar", "wi-fi"]


def test_pairs_are_neighbours_only():
    assert pairs("胎压灯。亮了") == ["胎压", "压灯", "亮了"]
    assert pairs("灯 light") == ["灯"]


@settings(deadline=None)
@given(st.text())
def test_no_text_is_too_strange(text: str):
    assert all(word.strip() == word and word for word in words(text))
    assert all(1 <= len(pair) <= 2 for pair in pairs(text))
