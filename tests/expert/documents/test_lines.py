from fujia.expert.documents.lines import join, language_of, width_of


def test_lines_are_joined_as_their_language_wants():
    assert join("请打开", "大灯") == "请打开大灯"
    assert join("turn the", "switch") == "turn the switch"
    assert join("the head-", "lamp") == "the headlamp"
    assert join("按下 AUTO", "按钮") == "按下 AUTO按钮"


def test_the_language_is_that_of_most_words():
    assert language_of("按下 AUTO 按钮，打开大灯。") == "zh"
    assert language_of("Press the AUTO button (自动).") == "en"


def test_a_chinese_character_is_twice_as_wide():
    assert width_of("灯ab") == 4
