"""Dialect wording reads back as Mandarin."""

import random

import pytest

from fujia.foundry.dialect import REGIONS, dialect_words, in_dialect
from fujia.understanding.normalise import normalise
from fujia.understanding.words import load_words

SENTENCES = (
    "不要打开车窗好吗",
    "帮我把座椅加热关掉",
    "有点冷空调调高一点",
    "后面的灯打开",
    "现在下雨吗",
)


def reading(text: str) -> str:
    words = load_words("zh")
    return normalise(text, words.rewrites, words.characters).text


@pytest.mark.parametrize("region", list(REGIONS))
def test_every_region_has_words_and_they_read_back(region: str) -> None:
    assert len(dialect_words(region)) >= 50
    chance = random.Random(region)
    said = [(each, in_dialect(each, region, chance)) for each in SENTENCES * 10]
    changed = [(each, other) for each, other in said if other is not None]
    assert changed
    for each, other in changed:
        assert other != each
        assert reading(other) == reading(each)


def test_nothing_to_say_otherwise_is_none() -> None:
    assert in_dialect("abc", "yue", random.Random(1)) is None
