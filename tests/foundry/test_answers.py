"""Answers are timed, and judged in the context they were asked in."""

import pytest

from fujia.foundry.answers import answer, case_of, is_acting, score
from fujia.foundry.examples import Example
from fujia.understanding.plan import Act, Argument, Command, Plan
from fujia.understanding.understander import Context, ScriptedUnderstander, Understander


def command(skill: str, **args: Argument) -> Command:
    return Command(skill=skill, args=args)


def example(text: str, *commands: Command, act: Act = "do", region: str = "standard") -> Example:
    return Example(
        id=text, text=text, plan=Plan(act=act, commands=commands), language="zh", region=region,
        source="frames", family="x",
    )  # fmt: skip


AC, CHAT = command("climate.ac"), command("chat.reply")
UNKNOWN = command("unknown.function", text="打开咖啡机")


def test_every_utterance_is_answered_once_in_order_after_a_warm_up() -> None:
    heard: list[str] = []

    class Listening(Understander):
        def understand(self, text: str, context: Context) -> Plan:
            heard.append(text)
            return Plan()

    texts = [str(number) for number in range(30)]
    moved: list[int] = []
    answers = answer(Listening(), [(text, Context()) for text in texts], moved.append)
    assert heard == texts[:20] + texts
    assert sum(moved) == len(answers) == 30
    assert all(one.ms >= 0 for one in answers)


def test_the_context_of_an_example_is_asked_too() -> None:
    class Repeating(Understander):
        def understand(self, text: str, context: Context) -> Plan:
            return Plan(commands=context.last)

    again = example("再来一次", AC).model_copy(update={"last": (AC,)})
    assert score(Repeating(), [again])[0].is_exact


@pytest.mark.parametrize(
    ("said", "exact", "as_written"),
    [
        (Plan(commands=(AC,)), True, True),
        (Plan(commands=(command("climate.ac", on=True),)), True, False),
        (Plan(act="undo"), False, False),
        (Plan(commands=(AC, AC, command("climate.auto"))), False, False),
    ],
)
def test_exact_means_the_same_and_as_written_to_the_letter(
    said: Plan, exact: bool, as_written: bool
) -> None:
    (one,) = score(ScriptedUnderstander({"开空调": said}), [example("开空调", AC)])
    assert (one.is_exact, one.is_as_written) == (exact, as_written)


@pytest.mark.parametrize(
    ("wanted", "said", "false"),
    [
        ((CHAT,), Plan(commands=(AC,)), True),
        ((CHAT,), Plan(act="undo"), True),
        ((CHAT,), Plan(commands=(UNKNOWN,)), False),
        ((UNKNOWN,), Plan(commands=(command("weather.query"),)), False),
        ((AC,), Plan(commands=(command("window.position"),)), False),
    ],
)
def test_a_false_actuation_moves_something_though_nothing_should(
    wanted: tuple[Command, ...], said: Plan, false: bool
) -> None:
    (one,) = score(ScriptedUnderstander({"嗯": said}), [example("嗯", *wanted)])
    assert one.is_false_actuation == false
    assert one.is_negative == (wanted != (AC,))


def test_a_yes_is_no_negative() -> None:
    (one,) = score(ScriptedUnderstander({}), [example("好的", act="confirm")])
    assert not one.is_negative


def test_acting() -> None:
    skills = ("climate.ac", "unknown.function", "manual.ask", "no.such_skill")
    assert [is_acting(command(name)) for name in skills] == [True, False, False, False]


def test_small_talk_wants_no_command() -> None:
    assert case_of(example("你好", CHAT)).wanted == ()
    assert case_of(example("开空调", AC, CHAT)).wanted == ((AC,),)
