import pytest

from fujia.understanding.standing import load_standing, settled
from tests.understanding.reading import clean, understand


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("天窗开着的话关上", "天窗关上"),
        ("如果后备箱没关就把它关上", "把后备箱关上"),
        ("空调没开的话打开，再放首歌", "空调打开,再放首歌"),
        ("天窗开着吗，开着的话关上", "天窗关上"),
        ("车门没锁的话锁上", "车门锁上"),
        ("if the sunroof is open close it", "close the sunroof"),
        ("is the roof open? If so, close it", "close the roof"),
        ("if my seat heating isn't on, turn it on", "turn my seat heating on"),
    ],
)
def test_the_deed_stands_in_place_of_the_condition(said: str, read: str) -> None:
    found = settled(clean(said))
    assert found is not None and found.text == read
    assert len(found.spans) == len(found.text)


@pytest.mark.parametrize(
    "said",
    [
        "天窗开着的话打开空调",
        "如果天窗开着就关空调",
        "如果空调开着就把风量调小",
        "如果下雨就关窗",
        "把天窗关上",
        "if the sunroof is open turn on the AC",
        "is the sunroof open",
    ],
)
def test_another_deed_is_no_way_to_end_it(said: str) -> None:
    assert settled(clean(said)) is None


def test_a_condition_on_one_thing_moves_no_other() -> None:
    plan = understand("如果天窗开着就关空调")
    assert [command.skill for command in plan.commands] == ["unknown.function"]


def test_open_windows_are_all_closed() -> None:
    for said in ("如果车窗开着就关上", "are the windows open? if so close them"):
        last = understand(said).commands[-1]
        assert last.args == {"zone": "all", "position": 0}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_expression_names_its_parts(language: str) -> None:
    patterns = load_standing("zh" if language == "zh" else "en").patterns
    assert patterns
    assert all({"clause", "thing", "here"} <= set(one.groupindex) for one in patterns)
