"""What is kept for the test."""

import pytest

from fujia.foundry.clauses import as_say
from fujia.foundry.negatives import load_negatives
from fujia.foundry.recipes import load_recipe
from fujia.foundry.splits import fits, is_held_out, part_of
from fujia.understanding.plan import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def groups(language: Language) -> dict[str, list[str]]:
    recipe, negatives = load_recipe(language), load_negatives(language)
    found = {f"frame.{way}": all_ for way, all_ in recipe.frames.items()}
    found |= {f"follow.{way}": all_ for way, all_ in recipe.follow.items()}
    found |= {f"shared.{way}": all_ for way, all_ in recipe.shared.items()}
    found |= {f"act.{act}": all_ for act, all_ in recipe.acts.items()}
    found |= {
        f"free.{skill}": [as_say(each).say for each in all_] for skill, all_ in recipe.free.items()
    }
    kinds = {"chat": negatives.chat, "manual": negatives.manual, "unknown": negatives.unknown}
    return found | {"conditional": recipe.conditional, "state": recipe.state} | kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_patterns_on_both_sides_and_none_on_both(language: Language) -> None:
    for name, all_ in groups(language).items():
        train, test = set(part_of(all_, "train")), set(part_of(all_, "test"))
        assert train and test, name
        assert not train & test, name
        assert train | test == set(all_), name
        assert part_of(all_, "dev") == part_of(all_, "train")


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_15_percent_of_the_patterns_are_held_out(language: Language) -> None:
    every = groups(language).values()
    held = sum(len(part_of(all_, "test")) for all_ in every)
    assert held / sum(map(len, every)) >= 0.15


def test_values_are_on_one_side_whatever_their_case() -> None:
    values = [f"place {number}" for number in range(500)]
    held = [value for value in values if is_held_out(value)]
    assert 60 <= len(held) <= 140
    assert all(is_held_out(value.upper()) for value in held)
    assert all(fits(value, "test") and not fits(value, "train") for value in held)
