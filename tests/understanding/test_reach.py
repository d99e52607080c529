import pytest

from fujia.understanding.plan import Condition
from fujia.understanding.reach import scopes
from tests.understanding.reading import clean, surfaces, tokens, understand


def _parts(said: str) -> list[str]:
    space = "" if clean(said).language == "zh" else " "
    return [space.join(surfaces(said, list(part))) for part in scopes(clean(said), tokens(said))]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("如果下雨就关窗，现在打开空调", ["如果下雨就关窗,", "现在打开空调"]),
        ("如果下雨就关窗现在打开空调", ["如果下雨就关窗", "现在打开空调"]),
        ("打开空调，如果下雨就关窗", ["打开空调,", "如果下雨就关窗"]),
        ("打开空调，下雨就关窗", ["打开空调,", "下雨就关窗"]),
        ("下雨就关窗天黑就开大灯", ["下雨就关窗", "天黑就开大灯"]),
        (
            "if it rains close the window and turn on the radio now",
            ["if it rains close the window", "and turn on the radio now"],
        ),
        (
            "close the window if it rains and turn on the radio",
            ["close the window if it rains", "and turn on the radio"],
        ),
    ],
)
def test_a_condition_has_an_end(said: str, parts: list[str]) -> None:
    assert _parts(said) == parts


@pytest.mark.parametrize(
    "said",
    [
        "如果下雨就关窗和天窗",
        "如果下雨，现在就关窗",
        "如果空调开着，现在就关窗",
        "打开空调，现在打开天窗",
        "if it rains, close the window now",
        "if it rains close the window and the roof",
    ],
)
def test_what_belongs_to_a_condition_stays_with_it(said: str) -> None:
    assert len(_parts(said)) == 1


def test_each_deed_keeps_its_own_condition() -> None:
    plan = understand("打开空调，如果下雨就关窗，如果天黑就开大灯")
    assert [command.condition for command in plan.commands] == [
        None,
        Condition(fact="rain"),
        Condition(fact="dark"),
    ]


def test_a_condition_speaks_of_what_was_named_before_it() -> None:
    plan = understand("打开空调，如果下雨就关掉")
    assert [command.skill for command in plan.commands] == ["climate.power"] * 2


def test_a_condition_that_nobody_understands_holds_up_only_its_own_deed() -> None:
    plan = understand("打开空调，如果股票涨了就打开天窗")
    assert [command.skill for command in plan.commands] == ["climate.power", "unknown.function"]
    assert plan.commands[1].args == {"text": "如果股票涨了就打开天窗"}
