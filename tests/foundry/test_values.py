"""Free words by pattern."""

import random

import pytest

from fujia.foundry.splits import is_held_out
from fujia.foundry.values import CLOSED, draw_value, load_values
from fujia.understanding.plan import Language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_values_are_many_and_kept_apart(language: Language) -> None:
    for kind in set(load_values(language)) - CLOSED:
        chance = random.Random(kind)
        train = {draw_value(kind, language, chance, "train") for _ in range(200)}
        test = {draw_value(kind, language, chance, "test") for _ in range(50)}
        assert not any(map(is_held_out, train)), kind
        assert all(map(is_held_out, test)), kind
        assert len(train) >= 25, kind


def test_chinese_values_differ_in_length() -> None:
    chance = random.Random(1)
    lengths = {len(draw_value("destination", "zh", chance, "train")) for _ in range(300)}
    assert {2, 4, 6} <= lengths
