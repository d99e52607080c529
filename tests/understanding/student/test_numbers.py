"""Numerals are found where they stand, whatever the words around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.understanding.plan import Language
from fujia.understanding.student.numbers import find_numerals


def found(text: str, language: Language = "zh") -> list[tuple[str, float]]:
    return [(text[n.start : n.end], n.value) for n in find_numerals(text, language)]


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("调到22度", [("22", 22)]),
        ("调到22.5度", [("22.5", 22.5)]),
        ("调到二十二度半", [("二十二度半", 22.5)]),
        ("主驾三档副驾2档", [("三", 3), ("2", 2)]),
        ("调到百分之三十", [("百分之三十", 30)]),
        ("开三成", [("三成", 30)]),
        ("车窗开一半天窗三分之一", [("一半", 50), ("三分之一", 33)]),
        ("开车窗", []),
        ("", []),
    ],
)
def test_mandarin(text: str, numerals: list[tuple[str, float]]) -> None:
    assert found(text) == numerals


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("set it to 21.5 degrees", [("21.5", 21.5)]),
        ("set it to twenty two", [("twenty two", 22)]),
        ("level two then three percent", [("two", 2), ("three", 3)]),
        ("someone often", []),
        ("open it halfway", [("halfway", 50)]),
        (
            "a quarter of the way, not three quarters",
            [("a quarter of the way", 25), ("three quarters", 75)],
        ),
        ("behalf", []),
    ],
)
def test_english(text: str, numerals: list[tuple[str, float]]) -> None:
    assert found(text, "en") == numerals


@given(text=st.text(alphabet="二十百半三点度成分之%0123456789. aone", max_size=30),
       language=st.sampled_from(["zh", "en"]))  # fmt: skip
def test_they_stand_in_order_and_apart(text: str, language: Language) -> None:
    end = 0
    for numeral in find_numerals(text, language):
        assert end <= numeral.start < numeral.end <= len(text)
        end = numeral.end
