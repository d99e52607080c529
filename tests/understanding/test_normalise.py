from fujia.understanding.normalise import normalise


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


def test_english_is_never_rewritten() -> None:
    assert normalise("Turn ON the AC", {"ac": "空调"}).text == "turn on the ac"
