import pytest
from hypothesis import given

from tests.understanding.reading import clean, surfaces, tokens
from tests.understanding.texts import anything


def test_known_words_are_found_without_spaces() -> None:
    assert surfaces("打开主驾座椅加热") == ["打开", "主驾", "座椅加热"]


def test_the_longer_word_wins() -> None:
    assert surfaces("关闭后排遮阳帘") == ["关闭", "后排遮阳帘"]


def test_unknown_words_stay_together() -> None:
    found = tokens("打开洗碗槽盖")
    assert surfaces("打开洗碗槽盖")[0] == "打开"
    assert len([token for token in found if not token.senses]) == 1


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("二十三", 23, False),
        ("23.5", 23.5, False),
        ("百分之三十", 30, True),
        ("twenty two", 22, False),
    ],
)
def test_a_number_is_one_token(text: str, value: float, percent: bool) -> None:
    (token,) = tokens(text)
    assert (token.number, token.percent) == (value, percent)


def test_english_words_are_found_at_word_boundaries_only() -> None:
    # "on" within "monitor" or "button" is no verb.
    found = tokens("monitor button")
    assert not any(token.has("verb", "on") for token in found)
    assert tokens("turn on the radio")[0].has("verb", "on")


@given(anything)
def test_tokens_cover_the_text_in_order_and_never_overlap(text: str) -> None:
    said = clean(text)
    position = 0
    for token in tokens(text):
        assert position <= token.start < token.end <= len(said.text)
        assert not said.text[position : token.start].strip()
        position = token.end
    assert not said.text[position:].strip()


def test_a_number_between_unknown_words_counts_nothing() -> None:
    assert all(token.number is None for token in tokens("煮一壶茶"))
    assert any(token.number == 1 for token in tokens("音量一"))


def test_the_left_one_is_no_number() -> None:
    assert all(token.number is None for token in tokens("close the rear right one"))
    assert any(token.number == 1 for token in tokens("set the passenger to one"))
