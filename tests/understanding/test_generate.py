"""Sampling sentences with their plans: exact, reproducible, broad."""

from collections import Counter

import pytest

from fujia.understanding.generate import Generator, Pair
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Language
from fujia.understanding.understander import Context

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def pairs(language: Language, seed: int, count: int) -> list[Pair]:
    return list(Generator(language, seed).pairs(count))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_reads_back_as_its_plan(language: Language) -> None:
    grammar = GrammarUnderstander()
    for pair in pairs(language, 3, 60):
        assert grammar.understand(pair.sentence, Context()).commands == pair.plan.commands


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_seed_gives_the_same_pairs_again(language: Language) -> None:
    assert pairs(language, 7, 15) == pairs(language, 7, 15)
    assert pairs(language, 7, 15) != pairs(language, 8, 15)


def test_sentences_carry_one_to_five_commands() -> None:
    counts = Counter(len(pair.plan.commands) for pair in pairs("zh", 11, 80))
    assert counts[1] > 0
    assert counts[2] > 0
    assert max(counts) <= 5


def test_most_skills_are_sampled() -> None:
    generator = Generator("zh", 1)
    skills = {command.skill for pair in generator.pairs(400) for command in pair.plan.commands}
    assert len(skills) >= 110


def test_free_words_come_through_unchanged() -> None:
    destinations = {
        command.args["destination"]
        for pair in Generator("zh", 2).pairs(300, most_commands=1)
        for command in pair.plan.commands
        if command.skill == "navigation.start" and command.args
    }
    fillings = Generator("zh", 2).frames.fillings.values()
    known = {word for words in fillings for word in words} | {"家"}
    assert destinations
    assert destinations <= known
