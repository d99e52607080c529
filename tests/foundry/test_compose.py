"""Drafts of every kind, checked against the grammar where it knows the wording."""

import random

import pytest

from fujia.foundry.compose import Composer
from fujia.foundry.drafts import Draft, fill, filled
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command, Language
from fujia.understanding.understander import Context

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def drafts(language: Language, kind: str, count: int) -> list[Draft]:
    composer = Composer(language, "train", random.Random(5), 150)
    made = (getattr(composer, kind)() for _ in range(count * 10))
    return [draft for draft in made if draft is not None][:count]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "share"),
    [("several", 0.5), ("shared", 0.6), ("follow_up", 0.75), ("answer", 0.9), ("state", 0.5)],
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


def test_one_to_five_clauses() -> None:
    lengths = {len(draft.commands) for draft in drafts("zh", "several", 200)}
    assert lengths >= {1, 2, 3, 4, 5}, "and more, where one clause asks for two things"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_word_decides_what_is_hearsay_an_answer_or_beyond_any_car(language: Language) -> None:
    made = drafts(language, "by_word", 120)
    kinds = {draft.families[0] for draft in made}
    assert {"by_word.quote", "by_word.act", "by_word.uncovered"} <= kinds
    for draft in made:
        skills = {command.skill for command in draft.commands}
        if draft.families == ["by_word.quote"]:
            assert skills == {"chat.reply"}
        if draft.families == ["by_word.uncovered"]:
            assert skills == {"unknown.function"}
        assert (draft.act == "do") == bool(skills)


def test_the_test_keeps_to_sentences_of_its_own() -> None:
    apart = Composer("zh", "test", random.Random(5), 60)
    assert [apart.by_word() for _ in range(20)] == [None] * 20
    families = {family for _ in range(60) for family in apart.several().families}
    assert not any(family.startswith(("word.", "known.")) for family in families)


def test_commands_that_go_together_are_said_together() -> None:
    lists = [
        [command.skill.partition(".")[0] for command in draft.commands]
        for draft in drafts("zh", "several", 200)
        if len(draft.commands) > 1
    ]
    akin = sum(skills[0] == skills[1] for skills in lists)
    assert akin / len(lists) > 0.1
