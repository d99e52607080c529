import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.understanding.normalise import detect_language, normalise
from fujia.understanding.words import load_words
from tests.understanding.texts import anything


def test_width_case_and_punctuation_become_one_kind() -> None:
    said = normalise("ＡＣ開，Carplay！🙂")
    assert said.text == "ac開,carplay,"
    assert said.language == "zh"


def test_the_longest_dialect_word_wins() -> None:
    rewrites = {"关脱": "关掉", "关脱伊": "关上", "伊": "它"}
    assert normalise("空调关脱伊", rewrites).text == "空调关上"
    assert normalise("空调关脱", rewrites).text == "空调关掉"


def test_another_script_is_read_before_the_dialect_words() -> None:
    said = normalise("關咗冷氣", {"关咗": "关掉", "冷气": "空调"}, {"關": "关", "氣": "气"})
    assert said.text == "关掉空调"


def test_the_speakers_own_words_can_always_be_copied() -> None:
    said = normalise("去侬好路", {"侬好": "你好"})
    assert said.text == "去你好路"
    assert said.said(1, 4) == "侬好路"


def test_english_is_rewritten_in_whole_words() -> None:
    assert normalise("Turn ON the AC, back", {"ac": "air"}).text == "turn on the air, back"


def test_english_keeps_its_spaces_around_a_chinese_name() -> None:
    assert normalise("Navigate to 外滩", language="en").text == "navigate to 外滩"


@given(anything)
def test_any_text_can_be_cleaned_and_every_character_knows_its_origin(raw: str) -> None:
    words = load_words(detect_language(raw))
    said = normalise(raw, words.rewrites, words.characters)
    assert said.raw == raw
    assert len(said.text) == len(said.spans)
    assert all(0 <= start < end <= len(raw) for start, end in said.spans)
    starts = [start for start, _ in said.spans]
    ends = [end for _, end in said.spans]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@given(anything, st.integers(0, 300), st.integers(0, 300))
def test_what_is_copied_stood_in_the_raw_text(raw: str, start: int, end: int) -> None:
    said = normalise(raw)
    assert said.said(min(start, len(said.text)), min(end, len(said.text))) in raw


def test_emoji_and_control_characters_say_nothing() -> None:
    assert normalise("打开\x00车窗😀\u200b").text == "打开车窗"


def test_spaces_stay_only_between_latin_words() -> None:
    assert normalise("打 开 车窗").text == "打开车窗"
    assert normalise("放  Hotel   California 这首").text == "放hotel california这首"


@pytest.mark.parametrize(("text", "language"), [("空调", "zh"), ("open carplay", "en"), ("", "en")])
def test_one_chinese_character_makes_it_chinese(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_time_of_day_is_no_word_of_a_dialect() -> None:
    assert normalise("十二点开", {"点开": "怎么开"}).text == "十二点开"
    assert normalise("车窗点开", {"点开": "怎么开"}).text == "车窗怎么开"
