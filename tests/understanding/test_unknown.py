"""Unknown things asked for beside known ones are never passed over in silence."""

import pytest

from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.understander import Context


@pytest.mark.parametrize(
    ("said", "known", "unknown"),
    [
        ("打开座椅加热，打开弹射座椅", "seat.heating", "打开弹射座椅"),
        ("打开座椅加热再打开香槟机", "seat.heating", "打开香槟机"),
    ],
)
def test_the_unknown_half_is_named(said: str, known: str, unknown: str) -> None:
    plan = GrammarUnderstander().understand(said, Context())
    assert [command.skill for command in plan.commands] == [known, "unknown.function"]
    assert plan.commands[1].args == {"text": unknown}


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
