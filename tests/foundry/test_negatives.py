"""What must move nothing in the car."""

import random

import pytest

from fujia.foundry.drafts import fill, filled
from fujia.foundry.negatives import negative
from fujia.understanding.plan import Language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_negatives_are_many_and_harmless(language: Language) -> None:
    chance = random.Random(1)
    made = [negative(language, "train", chance) for _ in range(8000)]
    assert len({fill(draft.text, draft.values) for draft in made}) >= 2000
    assert {command.skill for draft in made for command in draft.commands} == {
        "chat.reply", "manual.ask", "unknown.function",
    }  # fmt: skip
    for draft in made[:200]:
        for command in draft.commands:
            text = fill(draft.text, draft.values)
            assert all(value == text for value in filled(command, draft.values).args.values())
