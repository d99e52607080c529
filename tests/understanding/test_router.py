from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.errors import DataError
from fujia.understanding.plan import Act, Command, Language, Plan
from fujia.understanding.router import ROUTER_FILE, Decision, load_rules, route, sure_head

WRITES = frozenset({"window.position", "seat.heating", "unknown.function"})
OPEN = Command(skill="window.position", args={"position": 100})
HEAT = Command(skill="seat.heating")
CHAT = Command(skill="chat.reply")
UNKNOWN = Command(skill="unknown.function")
WEATHER = Command(skill="weather.query")


def decide(*commands: Command, sure: float = 1.0, said: str = "打开车窗", act: Act = "do",
           language: Language = "zh", absence: str | None = None) -> Decision:  # fmt: skip
    plan = Plan(language=language, act=act, commands=commands, confidence=sure)
    return route(plan, said, WRITES, lambda: absence)


def test_what_is_understood_is_the_cars_own_and_nobody_asks_for_models() -> None:
    plan = Plan(commands=(OPEN,))

    def fail() -> str | None:
        raise AssertionError("a model was looked for")

    assert route(plan, "打开车窗", WRITES, fail) == Decision("device", "understood")


def test_conversation_and_what_is_unknown_go_to_a_model() -> None:
    assert decide(CHAT, said="讲个笑话").work == "talk"
    assert decide(UNKNOWN, said="打开氮气加速").work == "plan"
    assert decide(OPEN, UNKNOWN).route == "llm"


@pytest.mark.parametrize(
    ("sure", "where"),
    [(1.0, "device"), (0.9, "device"), (0.7, "both"), (0.5, "both"), (0.3, "llm")],
)
def test_doubt_about_a_change_asks_for_a_second_reading(sure: float, where: str) -> None:
    assert decide(OPEN, sure=sure).route == where


def test_doubt_about_a_question_is_no_reason_to_wait() -> None:
    assert decide(WEATHER, sure=0.7).route == "device"


@pytest.mark.parametrize("act", ["confirm", "deny", "undo", "cancel"])
def test_answers_to_what_waits_stay_in_the_car(act: Act) -> None:
    assert decide(act=act, sure=0.1).route == "device"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "查一下明天的天气，然后帮我把空调调好"),
        ("zh", "根据车外温度调一下空调"),
        ("zh", "帮我规划一个周末的行程"),
        ("en", "find the cheapest charger and navigate there"),
        ("en", "set the temperature depending on the weather"),
    ],
)
def test_steps_that_need_each_other_are_for_the_agent(language: Language, said: str) -> None:
    assert decide(OPEN, said=said, language=language).work == "agent"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "先打开车窗再关闭空调"),
        ("zh", "把空调调到22度，再放点周杰伦"),
        ("zh", "导航去最近的加油站"),
        ("en", "open my window and then warm my seat"),
        ("en", "navigate to the nearest petrol station"),
    ],
)
def test_several_known_commands_are_no_task_for_the_agent(language: Language, said: str) -> None:
    assert decide(OPEN, said=said, language=language).route == "device"


def test_without_a_model_the_car_answers_and_the_reason_is_kept() -> None:
    assert decide(CHAT, absence="no_consent") == Decision(
        "device", "conversation", "none", "no_consent"
    )


@given(st.floats(0, 1), st.sampled_from([OPEN, HEAT, CHAT, UNKNOWN, WEATHER]), st.text(max_size=40))
def test_no_model_means_the_car_alone_whatever_is_said(
    sure: float, command: Command, said: str
) -> None:
    assert decide(command, sure=sure, said=said, absence="unreachable").route == "device"


# The sure beginning of an utterance.

READINGS: Mapping[str, Plan] = {
    "打开车窗": Plan(commands=(OPEN,)),
    "座椅加热": Plan(commands=(HEAT,)),
    "也许打开车窗": Plan(commands=(OPEN,), confidence=0.6),
}


def read(text: str) -> Plan:
    """Knows a few clauses; everything else is talk."""
    return READINGS.get(text.strip(), Plan(commands=(CHAT,)))


def test_sure_clauses_at_the_beginning_need_not_wait() -> None:
    head = sure_head("打开车窗，座椅加热，给我讲讲三国", read, "zh")
    assert head.commands == (OPEN, HEAT)
    assert head.rest == "给我讲讲三国"


@pytest.mark.parametrize(
    "said",
    [
        "给我讲讲三国，打开车窗",  # what comes first may be a condition or a quotation
        "打开车窗，如果不下雨的话",
        "打开车窗，算了不用了",
        "打开车窗，等一下再说",
        "也许打开车窗，给我讲讲三国",
        "打开车窗",
        "",
    ],
)
def test_nothing_is_done_early_that_could_be_bound_or_taken_back(said: str) -> None:
    head = sure_head(said, read, "zh")
    assert head.commands == ()
    assert head.rest == said


@given(st.lists(st.sampled_from([*READINGS, "讲讲三国", "如果下雨", "no"]), max_size=5))
def test_the_rest_is_always_an_end_of_what_was_said(parts: list[str]) -> None:
    said = "，".join(parts)
    head = sure_head(said, read, "zh")
    assert said.endswith(head.rest)
    assert bool(head.commands) == (head.rest != said)


def test_a_broken_pattern_is_named_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "router.yaml"
    file.write_text(ROUTER_FILE.read_text(encoding="utf-8").replace("'如果|", "'(如果|"), "utf-8")
    with pytest.raises(DataError, match="is no pattern"):
        load_rules(file)


def test_a_question_is_looked_up_on_the_car_first() -> None:
    ask = Command(skill="manual.ask", args={"question": "why"})
    assert decide(ask, said="为什么天空是蓝色的").work == "lookup"
    assert decide(ask, OPEN).route == "device"
