"""Numbers in words, and back."""

import random

import pytest

from fujia.foundry.numbers import spell
from fujia.understanding.numerals import chinese_number, english_number


@pytest.mark.parametrize("number", [0, 1, 2, 10, 11, 22, 45, 100, 105, 120, 130])
def test_a_spelt_number_reads_back(number: int) -> None:
    chance = random.Random(number)
    assert chinese_number(spell(number, "zh", chance)) == number
    assert english_number(spell(number, "en", chance)) == number


def test_halves() -> None:
    assert spell(22.5, "zh", random.Random(1)) == "二十二点五"
    assert spell(22.5, "en", random.Random(1)) == "22.5"
