"""The plan code: what is written is read again, and whatever may be written is a plan."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.cabin.skills import SKILLS
from fujia.foundry.schema import build_schema
from fujia.foundry.testset import load_testset
from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Argument, Command, Condition, Plan
from fujia.understanding.student.automaton import Automaton, Step, Utterance
from fujia.understanding.student.code import decode, encode
from fujia.understanding.student.schema import END, MOST_COMMANDS
from fujia.understanding.student.tokens import Tokenizer, context_tokens
from fujia.understanding.understander import Context
from fujia.understanding.words import load_words

SCHEMA = build_schema()
TOKENS = Tokenizer(["[PAD]", "[UNK]", "[BOS]", "[SEP]", "▁the", "▁set", "▁seat", "▁to", "▁call"])
NOWHERE = Context()
LAST = Context(last=(Command(skill="seat.heating", args={"zone": "driver", "level": 2}),))
TEXTS = [
    "把空调调到二十二度半再放点周杰伦的晴天",
    "打开车窗",
    "set the temperature to 21.5 and call john smith",
    "如果下雨就把天窗关上",
    "",
    "?!",
    "调到百分之三十",
]


def utterance(text: str, context: Context = NOWHERE) -> Utterance:
    language = normalise(text).language
    said = normalise(text, load_words(language).rewrites)
    return Utterance(said, TOKENS.encode(said.text, context_tokens(context)).spans)


def command(skill: str, **args: Argument) -> Command:
    return Command(skill=skill, args=args)


def walk(automaton: Automaton, steps: list[Step]) -> None:
    """Take steps, each of which must be allowed."""
    for step in steps:
        if step.symbol is None:
            assert step.pointer in automaton.pointers()
            assert automaton.symbols() == []
        else:
            assert step.symbol in automaton.symbols(), SCHEMA.symbols[step.symbol]
            assert automaton.pointers() == []
        automaton.take(step)


def there_and_back(text: str, plan: Plan, context: Context = NOWHERE) -> Plan | None:
    said = utterance(text, context)
    steps = encode(plan, said, context, SCHEMA)
    if steps is None:
        return None
    automaton = Automaton(SCHEMA, said, context)
    walk(automaton, steps)
    assert automaton.done
    return decode(steps, said, context, SCHEMA)


RAIN = Condition(fact="rain")
FAST = Condition(fact="speed", comparison="above", value=80)


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("打开车窗", [command("window.position", position=100)]),
        ("主驾温度二十二度半", [command("climate.temperature", zone="driver", temperature=22.5)]),
        ("温度调高三度", [command("climate.temperature", temperature="+3")]),
        ("音量调到百分之三十", [command("volume.media", volume="30%")]),
        ("放周杰伦的晴天", [command("media.play", artist="周杰伦", title="晴天")]),
        ("call John Smith", [command("phone.call", contact="John Smith")]),
        ("早上七点半开空调", [command("climate.preconditioning", time="07:30")]),
        ("start charging at 9:15 pm", [command("charging.timer", time="21:15")]),
        ("聊天", [command("chat.reply")]),
        ("下雨就关天窗", [Command(skill="sunroof.position", args={"position": 0}, condition=RAIN)]),
        ("过了80就关窗", [Command(skill="window.position", args={"position": 0}, condition=FAST)]),
        (
            "温度20度风量3档再导航去东湖",
            [
                command("climate.temperature", temperature=20),
                command("climate.fan", level=3),
                command("navigation.start", destination="东湖"),
            ],
        ),
    ],
)
def test_a_plan_comes_back(text: str, commands: list[Command]) -> None:
    plan = Plan(language=normalise(text).language, commands=tuple(commands))
    assert there_and_back(text, plan) == plan


@pytest.mark.parametrize("act", ["confirm", "deny", "undo", "cancel"])
def test_acts_have_no_commands(act: str) -> None:
    plan = Plan.model_validate({"act": act})
    assert there_and_back("好的", plan) == plan


def test_equal_numbers_are_pointed_at_in_order() -> None:
    said = utterance("主驾2档副驾2档")
    plan = Plan(
        commands=(
            command("seat.heating", zone="driver", level=2),
            command("seat.heating", zone="passenger", level=2),
        )
    )
    steps = encode(plan, said, NOWHERE, SCHEMA)
    assert steps is not None
    first, second = [step.pointer for step in steps if step.pointer is not None]
    assert first is not None
    assert second is not None
    assert first < second


def test_a_timer_takes_a_time_that_was_said_and_nothing_else() -> None:
    said = utterance("明早六点充电，晚上八点开空调")
    plan = Plan(
        commands=(
            command("charging.timer", time="06:00"),
            command("climate.preconditioning", time="20:00"),
        )
    )
    assert there_and_back(said.said.raw, plan) == plan
    assert there_and_back("打开充电定时", Plan(commands=plan.commands[:1])) is None


def test_what_was_not_said_comes_from_the_last_command() -> None:
    plan = Plan(commands=(command("seat.heating", zone="passenger", level=2),))
    assert there_and_back("副驾也一样", plan) is None
    assert there_and_back("副驾也一样", plan, LAST) == plan


@pytest.mark.parametrize(
    "wrong",
    [
        command("climate.temperature", temperature=27),
        command("charging.timer", time="07:00"),
        command("media.play", title="山海"),
        command("no.such_skill"),
        command("window.position", colour="red"),
        Command(skill="window.position", condition=FAST),
    ],
)
def test_what_is_in_neither_text_nor_schema_cannot_be_written(wrong: Command) -> None:
    assert there_and_back("打开车窗", Plan(commands=(wrong,))) is None


def test_generated_plans_come_back() -> None:
    examples = load_testset()[::12]
    written = 0
    for example in examples:
        back = there_and_back(example.text, example.plan, example.context)
        if back is not None:
            written += 1
            assert (back.act, back.commands) == (example.plan.act, example.plan.commands), example
    assert written > 0.95 * len(examples), "nearly everything that is said can be written"


@settings(max_examples=150, deadline=None)
@given(
    text=st.sampled_from(TEXTS) | st.text(max_size=20),
    context=st.sampled_from([NOWHERE, LAST]),
    chance=st.randoms(use_true_random=False),
)
def test_any_walk_is_a_plan(text: str, context: Context, chance: random.Random) -> None:
    said = utterance(text, context)
    automaton = Automaton(SCHEMA, said, context)
    for _ in range(400):
        places, symbols = automaton.pointers(), automaton.symbols()
        assert bool(places) != bool(symbols), "one of both is due, and never a dead end"
        # Arguments alone would go on long, so it may also end.
        end = SCHEMA.ids[END]
        symbol = end if end in symbols and chance.random() < 0.1 else None
        if places:
            automaton.take(Step(pointer=chance.choice(places)))
        else:
            automaton.take(Step(symbol=chance.choice(symbols) if symbol is None else symbol))
        if automaton.done:
            break
    assert automaton.done
    assert automaton.symbols() == automaton.pointers() == []
    plan = decode(automaton.steps, said, context, SCHEMA)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert len(plan.commands) <= MOST_COMMANDS
    assert bool(plan.commands) == (plan.act == "do")
    for made in plan.commands:
        assert set(made.args) <= set(SKILLS[made.skill].arguments.model_fields)


def test_a_plan_that_was_cut_off_leaves_out_what_is_not_whole() -> None:
    said = utterance("放周杰伦的晴天")
    plan = Plan(commands=(command("media.play", title="晴天"),))
    steps = encode(plan, said, NOWHERE, SCHEMA)
    assert steps is not None
    for length in range(1, len(steps) - 1):
        cut = decode(steps[:length], said, NOWHERE, SCHEMA)
        assert all(each.args in ({}, {"title": "晴天"}) for each in cut.commands)
