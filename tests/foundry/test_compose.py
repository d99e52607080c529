"""Drafts of every kind, checked against the grammar where it knows the wording."""

import random
from functools import cache

import pytest

from fujia.foundry.compose import Composer
from fujia.foundry.drafts import Draft, fill, filled
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command, Language
from fujia.understanding.understander import Context

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def composer(language: Language) -> Composer:
    return Composer(language, "train", random.Random(5), 150)


def drafts(language: Language, kind: str, count: int) -> list[Draft]:
    made = (getattr(composer(language), kind)() for _ in range(count * 10))
    return [draft for draft in made if draft is not None][:count]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "share"),
    [("several", 0.6), ("shared", 0.6), ("follow_up", 0.75), ("answer", 0.9), ("state", 0.5)],
)
def test_the_grammar_agrees_with_most(language: Language, kind: str, share: float) -> None:
    grammar, agreed = GrammarUnderstander(), 0
    made = drafts(language, kind, 60)
    for draft in made:
        read = grammar.understand(fill(draft.text, draft.values), Context(last=draft.last))
        wanted = tuple(filled(command, draft.values) for command in draft.commands)
        agreed += read.commands == wanted and read.act == draft.act
    assert agreed / len(made) >= share


@pytest.mark.parametrize("language", LANGUAGES)
def test_free_arguments_stand_in_the_text(language: Language) -> None:
    for draft in drafts(language, "several", 80):
        text = fill(draft.text, draft.values)
        values = [fill(str(v), draft.values) for c in draft.commands for v in c.args.values()]
        assert all(value in text for value in draft.values if value in values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_conditions_hold_for_every_command_but_chat(language: Language) -> None:
    for draft in drafts(language, "conditional", 30):
        assert draft.commands
        for command in draft.commands:
            assert (command.condition is None) == (command.skill == "chat.reply")


def test_a_follow_up_takes_skill_and_zone_from_the_last_turn() -> None:
    for draft in drafts("zh", "follow_up", 60):
        assert draft.last
        assert [each.skill for each in draft.commands] == [
            each.skill for each in draft.last[: len(draft.commands)]
        ]


def test_a_follow_up_with_nothing_before_it_asks_for_nothing() -> None:
    for draft in drafts("en", "lost", 10):
        assert draft.commands == [Command(skill="chat.reply")]
        assert not draft.last


def test_up_to_five_commands() -> None:
    lengths = {len(draft.commands) for draft in drafts("zh", "several", 100)}
    assert lengths == {1, 2, 3, 4, 5}
