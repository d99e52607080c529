"""What can be remembered, and how it is said: ``data/memory/facts.yaml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language

DATA = Path(__file__).parents[1] / "data" / "memory"

What = Literal[
    "temperature", "fan", "seat_heating", "seat_ventilation", "volume", "music", "home", "work",
    "place", "trip", "note",
]  # fmt: skip
"""The kinds of facts: preferences, places, routines (``trip``) and notes."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """How one language speaks of a kind."""

    name: str
    fact: str


class Kind(_Strict):
    """One kind of fact."""

    zh: Words
    en: Words
    low: float | None = None
    high: float | None = None
    skill: str = ""
    """The skill that brings it about; empty where nothing does."""
    argument: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its value is a number, from ``low`` to ``high``."""
        return self.low is not None and self.high is not None

    def words(self, language: Language) -> Words:
        """Its words in one language."""
        return self.zh if language == "zh" else self.en


class Days(_Strict):
    """Some days of the week, 1 for Monday, and what they are called."""

    on: tuple[int, ...] = Field(min_length=1)
    zh: str
    en: str
    names: tuple[str, ...]

    def text(self, language: Language) -> str:
        """What they are called."""
        return self.zh if language == "zh" else self.en


class Catalogue(_Strict):
    """The content of the file."""

    kinds: Mapping[What, Kind]
    places: Mapping[What, tuple[str, ...]]
    days: tuple[Days, ...]

    @model_validator(mode="after")
    def _is_complete(self) -> "Catalogue":
        missing = set(get_args(What)) - set(self.kinds)
        if missing:
            raise ValueError(f"lacks the kinds {', '.join(sorted(missing))}")
        return self

    def place(self, spoken: str) -> What | None:
        """``home`` or ``work`` if the words mean one of them."""
        wanted = spoken.casefold().strip()
        return next((what for what, names in self.places.items() if wanted in names), None)

    def days_called(self, spoken: str) -> tuple[int, ...] | None:
        """The days that the words mean, or None."""
        wanted = spoken.casefold().strip()
        return next((days.on for days in self.days if wanted in days.names), None)

    def days_words(self, on: tuple[int, ...], language: Language) -> str:
        """What some days are called; those without a name are listed."""
        found = next((days for days in self.days if days.on == on), None)
        if found:
            return found.text(language)
        singles = [days.text(language) for days in self.days if len(days.on) == 1]
        return ("、" if language == "zh" else ", ").join(singles[day - 1] for day in on)


@cache
def load_catalogue() -> Catalogue:
    """The packaged catalogue."""
    return load_yaml(DATA / "facts.yaml", Catalogue)
