import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.cabin.skills import SKILLS
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command
from fujia.understanding.understander import Context
from tests.understanding.reading import skills, understand
from tests.understanding.texts import anything

contexts = st.builds(
    Context,
    seat=st.sampled_from(["driver", "rear_right"]),
    driver_position=st.sampled_from(["LEFT", "RIGHT"]),
    last=st.sampled_from(
        [(), (Command(skill="window.position", args={"zone": "driver", "position": 50}),)]
    ),
    waiting=st.booleans(),
)


@settings(deadline=None)
@given(anything, contexts)
def test_any_text_becomes_a_plan_of_known_skills(text: str, context: Context) -> None:
    plan = understand(text, context)
    assert {command.skill for command in plan.commands} <= set(SKILLS)
    assert bool(plan.commands) == (plan.act == "do")
    assert 0 <= plan.confidence <= 1


@settings(deadline=None, max_examples=50)
@given(anything, contexts)
def test_the_same_text_becomes_the_same_plan(text: str, context: Context) -> None:
    assert understand(text, context) == GrammarUnderstander().understand(text, context)


@pytest.mark.parametrize("text", ["", "   ", "。。。", "😀😀", "\x00\x07", "嗯那个"])
def test_nothing_said_does_nothing(text: str) -> None:
    plan = understand(text)
    assert plan.act in ("do", "confirm")
    assert {command.skill for command in plan.commands} <= {"chat.reply"}


def test_a_very_long_utterance_is_understood_to_the_end() -> None:
    said = understand("打开车窗，" * 8 + "关闭天窗").commands
    assert said[-1] == Command(skill="sunroof.position", args={"position": 0})


def test_a_stammered_number_raises_nothing() -> None:
    assert understand("空调二十三二十三度").commands


@pytest.mark.parametrize(
    ("said", "act"),
    [("好的", "confirm"), ("不用了", "deny"), ("算了别弄了", "cancel"), ("变回去", "undo")],
)
def test_an_act_holds_no_commands(said: str, act: str) -> None:
    plan = understand(said)
    assert (plan.act, plan.commands) == (act, ())


@pytest.mark.parametrize(
    "said", ["他说打开车窗", "广播里说关闭大灯", "歌里唱把灯关掉", "今天堵死了", "这车真不错"]
)
def test_quoted_speech_and_small_talk_do_nothing(said: str) -> None:
    assert skills(said) == ["chat.reply"]


@pytest.mark.parametrize(
    "said",
    [
        "别忘了锁车",
        "千万别忘记锁门",
        "记得锁车",
        "don't forget to lock the car",
        "please do not forget to lock it",
    ],
)
def test_what_is_not_to_be_forgotten_is_wished_for(said: str) -> None:
    assert understand(said).commands == (Command(skill="door.lock", args={"on": True}),)


@pytest.mark.parametrize("said", ["别锁车", "don't lock the car", "别删掉我家的地址"])
def test_what_is_not_to_be_done_is_not_done(said: str) -> None:
    assert skills(said) == ["chat.reply"]


def test_a_condition_goes_with_every_command_that_depends_on_it() -> None:
    commands = understand("如果下雨就关闭车窗和天窗").commands
    assert [command.skill for command in commands] == ["window.position", "sunroof.position"]
    assert all(command.condition and command.condition.fact == "rain" for command in commands)


def test_a_condition_that_nobody_understands_changes_nothing() -> None:
    said = "如果股票涨了就打开天窗"
    assert understand(said).commands == (Command(skill="unknown.function", args={"text": said}),)


def test_a_function_that_nobody_knows_is_named_in_the_speakers_words() -> None:
    assert understand("打开咖啡研磨槽").commands == (
        Command(skill="unknown.function", args={"text": "打开咖啡研磨槽"}),
    )


def test_the_language_follows_the_utterance() -> None:
    assert understand("打开天窗").language == "zh"
    assert understand("open the sunroof").language == "en"


def test_confidence_is_lower_where_words_were_left_over() -> None:
    assert understand("打开天窗").confidence == 1
    assert understand("谔谔谔打开天窗谔谔谔").confidence < 0.7


@pytest.mark.parametrize(
    "said", ["打开天窗，关闭空调", "胎压多少", "现在还剩多少电呢", "吹脸，不对，吹脚"]
)
def test_pauses_and_the_words_of_an_answered_question_are_read(said: str) -> None:
    assert understand(said).confidence == 1
