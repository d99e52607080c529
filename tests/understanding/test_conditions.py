import pytest

from fujia.understanding.conditions import find_condition
from fujia.understanding.plan import Condition
from tests.understanding.reading import surfaces, tokens


@pytest.mark.parametrize(
    ("said", "condition", "rest"),
    [
        ("要是在下雨就关天窗", Condition(fact="rain"), ["关", "天窗"]),
        ("如果没下雨就开天窗", Condition(fact="rain", comparison="is_not"), ["开", "天窗"]),
        (
            "车速超过八十就关天窗",
            Condition(fact="speed", comparison="above", value=80),
            ["关", "天窗"],
        ),
        (
            "车内温度低于十八度就打开空调",
            Condition(fact="inside_temperature", comparison="below", value=18),
            ["打开", "空调"],
        ),
        ("天黑了就开大灯", Condition(fact="dark"), ["开", "大灯"]),
        ("如果在下雨，关闭天窗", Condition(fact="rain"), [",", "关闭", "天窗"]),
    ],
)
def test_a_condition_and_what_depends_on_it(
    said: str, condition: Condition, rest: list[str]
) -> None:
    found = find_condition(tokens(said))
    assert found is not None
    assert found.condition == condition
    assert surfaces(said, found.rest) == rest


def test_a_plain_command_has_none() -> None:
    assert find_condition(tokens("打开天窗")) is None


@pytest.mark.parametrize("said", ["如果股票涨了就打开天窗", "要是车速就关天窗"])
def test_a_condition_that_nobody_understands(said: str) -> None:
    found = find_condition(tokens(said))
    assert found is not None
    assert found.condition is None
