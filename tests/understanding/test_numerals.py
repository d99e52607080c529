import pytest

from fujia.understanding.numerals import CHINESE, ENGLISH, chinese_number, english_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("两", 2), ("十", 10), ("十六", 16), ("二十", 20), ("二十三", 23),
        ("一百", 100), ("一百二", 120), ("一百零三", 103), ("二三", 23), ("二十三点五", 23.5),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: float) -> None:
    assert chinese_number(text) == value


def test_what_is_no_numeral_has_no_value() -> None:
    assert chinese_number("窗") is None
    assert chinese_number("十十百") is None
    assert english_number("window") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", 0), ("twelve", 12), ("twenty three", 23), ("twenty-three", 23),
        ("one hundred", 100), ("one hundred and ten", 110), ("ninety point five", 90.5),
    ],
)  # fmt: skip
def test_english_numbers(text: str, value: float) -> None:
    assert english_number(text) == value


@pytest.mark.parametrize("number", range(0, 121))
def test_spoken_and_written_numbers_agree(number: int) -> None:
    import cn2an

    assert chinese_number(cn2an.an2cn(str(number))) == number


def test_two_numerals_in_a_row_have_no_value() -> None:
    assert chinese_number("二十三二十三") is None


def test_tenths_are_not_digits() -> None:
    match = CHINESE.match("九成")
    assert match is not None
    assert match["tenths"] == "九"


def test_a_percentage_is_one_numeral() -> None:
    match = CHINESE.match("百分之五十五")
    assert match is not None
    assert match["percent"] == "五十五"


def test_a_thousand_of_a_unit_is_no_number() -> None:
    match = CHINESE.match("五千米")
    assert match is not None
    assert match.group() == "五"


def test_digits_within_a_name_are_no_number() -> None:
    assert ENGLISH.match("360view") is None
    assert ENGLISH.match("22 degrees") is not None
