from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from fujia import Action, Outcome, Turn
from fujia.serve.cockpit.glance import LIMITS, glance, glance_html
from fujia.serve.cockpit.texts import load_texts
from fujia.understanding.plan import Language

ZH, EN = load_texts("zh"), load_texts("en")


def turn(reply: str, *actions: tuple[Outcome, str | None], language: Language = "zh") -> Turn:
    made = tuple(Action("tailgate.position", {}, each, why) for each, why in actions)
    return Turn("x", "driver", language, made, reply, "device", 1.0)


def test_a_short_reply_is_shown_as_it_is():
    assert glance(turn("尾门已打开。", ("done", None)), ZH) == [("done", "尾门已打开")]


def test_a_long_reply_becomes_the_reason_and_the_count():
    long = turn(
        "主驾温度已调到24度，正在播放周杰伦。没停在P挡，所以没有打开尾门。",
        ("done", None), ("done", None), ("refused", "没停在P挡"),
    )  # fmt: skip
    assert glance(long, ZH) == [("refused", "尾门：没停在P挡"), ("done", "2项完成")]


def test_a_long_answer_is_cut():
    (line,) = glance(turn("x" * 80, ("answered", None), language="en"), EN)
    assert line == ("answered", "x" * (LIMITS["en"] - 1) + "…")


def test_a_suggestion_shows_its_reason_and_what_a_yes_does():
    action = Action(
        "light.headlights", {"mode": "auto"}, "needs_confirmation", "天黑了，大灯没开",
        rule="suggestion lights-in-the-dark",
    )  # fmt: skip
    reply = "天黑了，大灯没开。要把大灯设为自动吗？"
    lines = glance(Turn("", "driver", "zh", (action,), reply, "device", 1.0), ZH)
    assert [outcome for outcome, _ in lines] == ["needs_confirmation", "needs_confirmation"]
    assert lines[0][1] == "天黑了，大灯没开"
    assert "大灯" in lines[1][1]
    assert "自动" in lines[1][1]


def test_companions_are_not_counted():
    actions = (
        Action("sunroof.shade", {}, "done", companion=True),
        Action("sunroof.position", {}, "done"),
    )
    long = Turn("x", "driver", "zh", actions, "已顺便打开天窗遮阳帘，天窗已打开。", "device", 1.0)
    assert glance(long, ZH) == [("done", "1项完成")]


def test_before_anybody_spoke_there_is_an_invitation():
    assert "请说话" in glance_html(None, ZH)


def test_words_are_text_and_nothing_else():
    assert "<b>" not in glance_html(turn("<b>x</b>", ("done", None)), ZH)


@given(
    st.text(max_size=200),
    st.lists(st.tuples(st.sampled_from(get_args(Outcome)), st.none() | st.text(max_size=80))),
    st.sampled_from(("zh", "en")),
)
def test_nothing_is_ever_longer_than_two_seconds_of_reading(
    reply: str, actions: list[tuple[Outcome, str | None]], language: Language
):
    lines = glance(turn(reply, *actions, language=language), load_texts(language))
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= LIMITS[language] for _, line in lines)
