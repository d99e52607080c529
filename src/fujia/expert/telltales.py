"""The lamps of the instruments: what each means, how urgent it is, and what to do.

The catalogue is ``data/telltales.yaml``, named and coloured after ISO 2575; ``data/icons/`` has a
drawing of each. A telltale is lit where the car's signals say so::

    for telltale in telltales_of(car.profile):
        if telltale.is_lit(car.snapshot()):
            print(telltale.en, "-", telltale.meaning.en)
"""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.datafile import load_yaml
from fujia.expert.section import Language
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Scalar, Value

_DATA = Path(__file__).parent / "data"
_STRICT = ConfigDict(frozen=True, extra="forbid")

Urgency = Literal["stop_now", "soon", "when_convenient", "information"]
Colour = Literal["red", "yellow", "green", "blue", "white"]
GRAVEST_FIRST: tuple[Urgency, ...] = ("stop_now", "soon", "when_convenient", "information")

State = Mapping[str, Value]
"""Signals by path, as ``Car.snapshot`` gives them."""


class Words(BaseModel):
    """One sentence in both languages, without its full stop."""

    model_config = _STRICT

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The words in that language."""
        return self.zh if language == "zh" else self.en


class Condition(BaseModel):
    """One thing that a signal must say; a signal that the car does not know says nothing."""

    model_config = _STRICT

    signal: str
    equals: Annotated[Scalar | None, Field(alias="is")] = None
    above: float | None = None
    below: float | None = None
    filled: bool | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if len(self.model_fields_set - {"signal"}) != 1:
            raise ValueError("say one of is, above, below, filled")
        return self

    def concerns(self, path: str) -> bool:
        """Whether it is about the signal at ``path``."""
        return path == self.signal or ("*" in self.signal and fnmatchcase(path, self.signal))

    def raised_by(self, state: State) -> tuple[str, ...]:
        """The signals that fulfil it."""
        if "*" not in self.signal:
            value = state.get(self.signal)
            return (self.signal,) if value is not None and self._holds(value) else ()
        paths = (path for path in state if self.concerns(path))
        return tuple(path for path in paths if self._holds(state[path]))

    def _holds(self, value: Value) -> bool:
        if self.filled is not None:
            return isinstance(value, list) and bool(value) == self.filled
        if self.equals is not None:
            return value == self.equals
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        return value > self.above if self.above is not None else value < (self.below or 0.0)


class Telltale(BaseModel):
    """One lamp. ``names`` are what people call it or see in it, ``fitted`` what it belongs to."""

    model_config = _STRICT

    id: str
    zh: str
    en: str
    names: tuple[str, ...]
    colour: Colour
    urgency: Urgency
    when: tuple[tuple[Condition, ...], ...]
    """Alternatives; in each, all conditions hold."""
    meaning: Words
    section: str
    """The section of the handbook that tells more."""
    todo: Words | None = None
    fitted: str | None = None
    silent: bool = False
    """Nothing is said when it comes on."""
    detail: bool = False
    """What raised it is named, by the names that the profile gives the signals."""
    helps: str | None = None
    """The kind of place that helps on: a category of the simulated world."""

    @property
    def icon(self) -> Path:
        """Its drawing: SVG, 24 by 24, in ``currentColor``."""
        return _DATA / "icons" / f"{self.id}.svg"

    @property
    def is_announced(self) -> bool:
        """Whether anything is said when it comes on."""
        return self.urgency != "information" and not self.silent

    def name(self, language: Language) -> str:
        """What the instruments' page calls it."""
        return self.zh if language == "zh" else self.en

    def concerns(self, path: str) -> bool:
        """Whether the signal at ``path`` has to do with it."""
        return any(condition.concerns(path) for each in self.when for condition in each)

    def is_lit(self, state: State) -> bool:
        """Whether the signals say that it is on."""
        return bool(self.raised_by(state))

    def raised_by(self, state: State) -> tuple[str, ...]:
        """The signals that light it, of each alternative those of the first condition."""
        found: list[str] = []
        for alternative in self.when:
            raised = [condition.raised_by(state) for condition in alternative]
            if all(raised):
                found += raised[0]
        return tuple(found)

    def report(self, profile: Profile, state: State, language: Language) -> str:
        """What is said when it is on: what it means, and what to do; two sentences."""
        signals = [profile.signals.get(path) for path in self.raised_by(state)]
        chinese = language == "zh"
        names = [(each.zh if chinese else each.en) for each in signals if each and self.detail]
        todo = self.todo.text(language) if self.todo else ""
        if chinese:
            detail = f"（{'、'.join(names)}）" if names else ""
            told = f"{self.zh}亮了：{self.meaning.zh}{detail}。"
            return told + f"{todo}。" * bool(todo)
        detail = f" ({', '.join(names)})" if names else ""
        told = f"The {self.en} is on: {self.meaning.en}{detail}."
        return told + f" {todo}." * bool(todo)


class _File(BaseModel):
    model_config = _STRICT

    telltales: tuple[Telltale, ...]


@cache
def load_telltales() -> tuple[Telltale, ...]:
    """The whole catalogue, the gravest first."""
    every = load_yaml(_DATA / "telltales.yaml", _File).telltales
    return tuple(sorted(every, key=lambda each: GRAVEST_FIRST.index(each.urgency)))


def telltales_of(profile: Profile) -> tuple[Telltale, ...]:
    """Those that a vehicle has, the gravest first."""
    return tuple(
        each for each in load_telltales() if each.fitted is None or each.fitted in profile.equipment
    )


def find_telltale(text: str, profile: Profile) -> Telltale | None:
    """The telltale of a vehicle that ``text`` speaks of, by the longest name in it, or None."""
    words = text.casefold()
    named = (
        (len(name), each)
        for each in telltales_of(profile)
        for name in (each.zh, each.en, *each.names)
        if _says(words, name.casefold())
    )
    return max(named, key=lambda pair: pair[0], default=(0, None))[1]


def _says(words: str, name: str) -> bool:
    """Whether the name stands in the words; a Latin one as words of its own."""
    if not name.isascii():
        return name in words
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", words) is not None
