"""Unknown things asked for beside known ones are never passed over in silence."""

import pytest

from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.understander import Context
from fujia.understanding.unknown import lost_clauses
from tests.understanding.reading import chunks, clean, tokens, understand


@pytest.mark.parametrize(
    ("said", "known", "unknown"),
    [
        ("打开座椅加热，打开弹射座椅", "seat.heating", "打开弹射座椅"),
        ("打开座椅加热再打开香槟机", "seat.heating", "打开香槟机"),
        ("打开座椅加热，把帐篷关了", "seat.heating", "把帐篷关了"),
        ("打开座椅加热顺便把天仓关了", "seat.heating", "把天仓关了"),
    ],
)
def test_the_unknown_half_is_named(said: str, known: str, unknown: str) -> None:
    plan = GrammarUnderstander().understand(said, Context())
    assert [command.skill for command in plan.commands] == [known, "unknown.function"]
    assert plan.commands[1].args == {"text": unknown}


def test_what_the_car_only_answers_does_not_stand_for_the_unknown() -> None:
    plan = GrammarUnderstander().understand("打开车窗，再打开弹射座椅，现在几点了", Context())
    assert {command.skill for command in plan.commands} == {
        "window.position", "unknown.function", "vehicle.time",
    }  # fmt: skip


def test_the_unknown_stands_where_it_was_spoken() -> None:
    plan = GrammarUnderstander().understand("打开天窗，打开香槟机，关闭空调", Context())
    assert [command.skill for command in plan.commands] == [
        "sunroof.position", "unknown.function", "climate.power",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said", ["打开座椅加热打开车窗", "播放打开心门再打开车窗", "不要打开香槟机打开座椅加热"]
)
def test_nothing_is_invented_where_all_is_known(said: str) -> None:
    plan = GrammarUnderstander().understand(said, Context())
    assert "unknown.function" not in [command.skill for command in plan.commands]


def test_alone_the_whole_utterance_is_the_function() -> None:
    plan = GrammarUnderstander().understand("打开香槟机", Context())
    assert [(c.skill, c.args) for c in plan.commands] == [
        ("unknown.function", {"text": "打开香槟机"})
    ]


@pytest.mark.parametrize(
    "said", ["小说的主角打开了车门走进雨里", "这个座椅按摩真奇妙", "unlock the safe"]
)
def test_a_clause_of_unknown_words_is_lost(said: str) -> None:
    assert lost_clauses(clean(said), tokens(said), chunks(said)) == [(0, len(tokens(said)))]


@pytest.mark.parametrize(
    "said", ["打开车门", "把小米空调打开", "车窗呛得慌关上", "帮我把隔壁车窗打开"]
)
def test_a_command_with_a_few_unknown_words_is_not(said: str) -> None:
    assert lost_clauses(clean(said), tokens(said), chunks(said)) == []


@pytest.mark.parametrize(
    ("said", "skills", "text"),
    [
        ("打开车窗然后煮杯咖啡", ["window.position", "unknown.function"], "煮杯咖啡"),
        ("打开空调顺便帮我煮杯咖啡", ["climate.power", "unknown.function"], "帮我煮杯咖啡"),
        ("发射弹射座椅然后打开车窗", ["unknown.function", "window.position"], "发射弹射座椅"),
        (
            "turn on the AC, boil the kettle and close the sunroof",
            ["climate.ac", "unknown.function", "sunroof.position"],
            "boil the kettle",
        ),
        (
            "open my window, fire the ejector seat",
            ["window.position", "unknown.function"],
            "fire the ejector seat",
        ),
    ],
)
def test_an_unknown_deed_stands_where_it_was_spoken(
    said: str, skills: list[str], text: str
) -> None:
    plan = understand(said)
    assert [command.skill for command in plan.commands] == skills
    assert [c.args for c in plan.commands if c.skill == "unknown.function"] == [{"text": text}]


@pytest.mark.parametrize(
    "said",
    ["打开车窗，今天天气真好", "打开车窗然后我们出发", "open the sunroof and enjoy the ride"],
)
def test_talk_beside_a_command_is_no_unknown_function(said: str) -> None:
    assert "unknown.function" not in [command.skill for command in understand(said).commands]
