"""Free words: places, songs, singers, contacts and dishes, made by pattern so that few repeat."""

import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.foundry.splits import Split, fits
from fujia.understanding import pattern
from fujia.understanding.plan import Language

DATA = Path(__file__).parent / "data"
CLOSED = frozenset({"genre", "day"})
"""Kinds with so few values that nothing is held out."""


class ValueFile(BaseModel):
    """Patterns for the values of every kind of free words."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    values: dict[str, list[str]]


@cache
def load_values(language: Language) -> Mapping[str, tuple[pattern.Sequence_, ...]]:
    """The patterns of every kind; raises DataError for a broken file."""
    file = DATA / f"values-{language}.yaml"
    content = load_yaml(file, ValueFile)
    try:
        return {
            kind: tuple(pattern.parse(each, content.lists) for each in patterns)
            for kind, patterns in content.values.items()
        }
    except ValueError as error:
        raise DataError(file, 0, str(error)) from None


def draw_value(kind: str, language: Language, chance: random.Random, split: Split) -> str:
    """One value of a kind (``destination``, ``song``, ``contact`` ...) that the split may use."""
    patterns = load_values(language)[kind]
    while True:
        value = pattern.sample(chance.choice(patterns), chance, {})
        if kind in CLOSED or fits(value, split):
            return value
