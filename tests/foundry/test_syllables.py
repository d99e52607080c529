"""The tables that ship: how characters sound, and the common words of the language."""

import pytest

from fujia.datafile import load_yaml
from fujia.foundry.syllables import common, syllables
from fujia.understanding.sounds import SYLLABLES, SyllableFile, load_common


@pytest.fixture(autouse=True)
def _pypinyin() -> None:  # pyright: ignore[reportUnusedFunction]
    pytest.importorskip("pypinyin")


def test_the_syllables_that_ship_are_what_the_command_makes() -> None:
    assert load_yaml(SYLLABLES, SyllableFile).syllables == syllables()


def test_the_common_words_that_ship_are_what_the_command_makes() -> None:
    firsts = "安打车风开天心"
    made = {first + second for first, row in common(firsts).items() for second in row}
    assert made == {word for word in load_common() if word[0] in firsts}
    assert "心情" in made
