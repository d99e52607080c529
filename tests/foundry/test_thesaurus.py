"""Other words for the same."""

import random

import pytest

from fujia.foundry.thesaurus import any_word, groups, marked, reworded
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Language
from fujia.understanding.understander import Context
from fujia.understanding.words import load_words


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "把主驾车窗关上"), ("zh", "空调温度调高一点"), ("en", "turn on the seat heating")],
)
def test_another_word_asks_for_the_same(language: Language, said: str) -> None:
    grammar, chance = GrammarUnderstander(), random.Random(4)
    wanted = grammar.understand(said, Context()).commands

    def is_same(new: str) -> bool:
        return grammar.understand(new, Context()).commands == wanted

    made = {reworded(said, language, chance, is_same) for _ in range(60)}
    assert len(made) > 5
    assert all(is_same(each) for each in made)


def test_what_is_not_the_same_is_left_as_it_was() -> None:
    chance = random.Random(4)
    assert {reworded("打开车窗", "zh", chance, lambda new: False) for _ in range(20)} == {
        "打开车窗"
    }


def test_free_words_and_numbers_are_never_changed() -> None:
    chance = random.Random(1)
    made = {reworded("放\ue000的歌调到23度", "zh", chance, lambda new: True) for _ in range(80)}
    assert all("\ue000" in each and "23" in each for each in made)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_has_its_group(language: Language) -> None:
    words = load_words(language).senses
    assert sum(map(len, groups(language).values())) == len(words)
    word, senses = any_word(language, random.Random(2))
    assert words[word] == senses


def test_words_by_what_marks_them() -> None:
    assert "取消" in marked("zh", "act")
    assert "打开" not in marked("zh", "act")
    assert marked("zh", "no such mark") == []
