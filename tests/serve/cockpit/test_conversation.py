import pytest

from fujia import Cabin, Turn
from fujia.serve.cockpit.conversation import chip_html, trace_html, turn_html, wish
from fujia.serve.cockpit.texts import load_texts

ZH, EN = load_texts("zh"), load_texts("en")


@pytest.fixture
def cabin() -> Cabin:
    return Cabin("i5")


def test_a_turn_shows_words_reply_and_a_chip_for_each_command(cabin: Cabin):
    turn = cabin.say("打开主驾座椅加热，再打开副驾车窗")
    html = turn_html(turn, ZH)
    assert html.count('<li class="chip done">') == 2
    assert turn.said in html
    assert turn.reply in html
    assert "完成" in html
    assert "主驾" in html


def test_a_refusal_shows_its_reason_and_its_rule(cabin: Cabin):
    (action,) = cabin.say("挂到空挡").actions
    chip = chip_html(action, ZH)
    assert 'class="chip refused"' in chip
    assert "拒绝" in chip
    assert "换挡不能用语音操作" in chip
    assert "never-gear" in chip


def test_a_companion_is_said_to_be_one(cabin: Cabin):
    turn = cabin.say("open the sunroof")
    chips = [chip_html(action, EN) for action in turn.actions]
    assert [("(added)" in chip) for chip in chips] == [action.companion for action in turn.actions]
    assert any(action.companion for action in turn.actions)


def test_an_answer_is_named_not_wished_for(cabin: Cabin):
    (action,) = cabin.say("how far can we go").actions
    assert action.outcome == "answered"
    assert wish(action, EN)
    assert 'class="why"' not in chip_html(action, EN)


def test_what_is_said_is_text_and_nothing_else(cabin: Cabin):
    html = turn_html(cabin.say("导航去<img src=x onerror=alert(1)>"), ZH)
    assert "<img" not in html
    assert "&lt;img" in html


def test_the_timeline_has_every_step_within_the_turn(cabin: Cabin):
    turn = cabin.say("open the sunroof")
    html = trace_html(turn, EN)
    assert html.count("<li>") == len(turn.trace)
    assert "on the car" in html
    assert f"{turn.ms:.1f} ms" in html
    assert "read back" in html
    lefts = [float(piece.split("%")[0]) for piece in html.split("left:")[1:]]
    assert lefts == sorted(lefts)
    assert max(lefts) <= 100


def test_a_watched_command_has_no_words():
    turn = Turn("", "driver", "zh", (), "车窗已关上。", "device", 1.0)
    assert "bubble you" not in turn_html(turn, ZH)
