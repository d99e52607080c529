"""Sentences as people say them, with plans written by hand: what confidence is calibrated on.

They lie in ``data/natural/zh.yaml`` and ``en.yaml``. Nothing learns from them.
"""

from pathlib import Path
from typing import Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.datafile import load_yaml
from fujia.foundry.examples import Example
from fujia.foundry.values import DATA
from fujia.understanding.plan import Act, Command, Language, Plan
from fujia.vehicle.zone import Seat

SOURCE = "natural"
"""What such examples name as their source."""


class Sentence(BaseModel):
    """One utterance, the situation that it was said in, and what it asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: str = Field(min_length=1)
    seat: Seat = "driver"
    region: str = "standard"
    last: tuple[Command, ...] = ()
    """The commands of the turn before."""
    waiting: bool = False
    act: Act = "do"
    commands: tuple[Command, ...] = ()

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if (self.act == "do") != bool(self.commands):
            raise ValueError("give commands, or an act that needs none (confirm, undo ...)")
        return self


class NaturalFile(BaseModel):
    """The sentences of a language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentences: tuple[Sentence, ...]


def load_natural(folder: Path = DATA / "natural") -> list[Example]:
    """The sentences of all languages as examples.

    Raises:
        DataError: a file is missing or broken; names file and line.
    """
    return [
        _example(sentence, language, number)
        for language in get_args(Language)
        for number, sentence in enumerate(
            load_yaml(folder / f"{language}.yaml", NaturalFile).sentences, 1
        )
    ]


def _example(sentence: Sentence, language: Language, number: int) -> Example:
    return Example(
        id=f"{language}-{SOURCE}-{number:04}",
        text=sentence.said,
        seat=sentence.seat,
        last=sentence.last,
        waiting=sentence.waiting,
        plan=Plan(language=language, act=sentence.act, commands=sentence.commands),
        language=language,
        region=sentence.region,
        source=SOURCE,
        family=SOURCE,
    )
