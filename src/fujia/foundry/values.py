"""Free words: places, songs, singers, contacts and dishes, made by pattern so that few repeat."""

import random
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.foundry.splits import Split, fits
from fujia.understanding import pattern
from fujia.understanding.plan import Language

DATA = Path(__file__).parent / "data"
CLOSED = frozenset({"genre", "day", "number", "setting", "lacking"})
"""Kinds with so few values that nothing is held out."""


class ValueFile(BaseModel):
    """Patterns for the values of every kind of free words."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    values: dict[str, list[str]]


@cache
def phrases() -> Sequence[str]:
    """Some 30,000 Chinese words and idioms (pypinyin's, MIT), for titles that nobody listed."""
    from pypinyin.phrases_dict import phrases_dict  # pyright: ignore[reportMissingTypeStubs]

    return [word for word in sorted(phrases_dict) if len(word) <= 4 and all(map(_common, word))]


def _common(character: str) -> bool:
    """One of the 3,755 characters of GB 2312's first level."""
    code = character.encode("gb2312", errors="ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


@cache
def load_values(language: Language) -> Mapping[str, tuple[pattern.Sequence_, ...]]:
    """The patterns of every kind; raises DataError for a broken file."""
    file = DATA / f"values-{language}.yaml"
    content = load_yaml(file, ValueFile)
    lists: dict[str, Sequence[str]] = {**content.lists}
    if language == "zh":
        lists["phrase"] = phrases()
    try:
        return {
            kind: tuple(pattern.parse(each, lists) for each in patterns)
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
