"""The words of the cockpit page, one language at a time, from ``data/texts.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language
from fujia.vehicle.zone import Seat

TEXTS_FILE = Path(__file__).parent / "data" / "texts.yaml"


class Both(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class TextFile(BaseModel):
    """The content of ``data/texts.yaml``; see its head."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, Both]
    seats: dict[Seat, Both]
    outcomes: dict[str, Both]
    steps: dict[str, Both]
    routes: dict[str, Both]
    states: dict[str, Both]
    units: dict[str, Both]
    examples: list[Both]


@dataclass(frozen=True)
class Texts:
    """Every text of the page in one language."""

    language: Language
    words: Mapping[str, str]
    seats: Mapping[Seat, str]
    outcomes: Mapping[str, str]
    steps: Mapping[str, str]
    routes: Mapping[str, str]
    states: Mapping[str, str]
    units: Mapping[str, str]
    examples: tuple[str, ...]

    def word(self, name: str) -> str:
        """One text; KeyError if ``data/texts.yaml`` has none of that name."""
        return self.words[name]


@cache
def load_texts(language: Language) -> Texts:
    """The packaged texts of a language; raises DataError with file and line."""
    file = load_yaml(TEXTS_FILE, TextFile)

    def chosen(texts: Mapping[str, Both]) -> dict[str, str]:
        return {name: both.text(language) for name, both in texts.items()}

    return Texts(
        language,
        chosen(file.words),
        {seat: both.text(language) for seat, both in file.seats.items()},
        chosen(file.outcomes),
        chosen(file.steps),
        chosen(file.routes),
        chosen(file.states),
        chosen(file.units),
        tuple(both.text(language) for both in file.examples),
    )
