import pytest

from fujia.cabin.utterance import LONGEST_UTTERANCE, clean_utterance, has_words
from fujia.errors import UtteranceError


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  开窗 ", "开窗"),
        ("开\x00窗\x1b", "开窗"),
        ("开\t窗\r\n", "开 窗"),
        ("\ufeff开\u200b窗", "开窗"),
        ("开窗😀", "开窗😀"),
    ],
)
def test_an_utterance_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_utterance(text) == cleaned


def test_the_longest_utterance_is_accepted() -> None:
    assert clean_utterance("开" * LONGEST_UTTERANCE)
    with pytest.raises(UtteranceError, match="1001 characters"):
        clean_utterance("开" * (LONGEST_UTTERANCE + 1))


def test_bytes_that_were_not_text_are_an_error() -> None:
    with pytest.raises(UtteranceError, match="UTF-8"):
        clean_utterance(b"\xff\xfe".decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("…！", False), ("🙂", False), ("嗯", True), ("22", True)]
)
def test_has_words(text: str, expected: bool) -> None:
    assert has_words(text) is expected
