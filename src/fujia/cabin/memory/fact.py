"""One thing that is remembered of somebody, and how it is said."""

import hashlib
import secrets
from datetime import datetime
from functools import partial

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.cabin.memory.catalogue import What, load_catalogue
from fujia.understanding.plan import Language

LONGEST = 200
"""Characters of a value or a name."""
Identity = tuple[str, str]
"""Kind and name: a fact takes the place of the one with the same identity."""


class Fact(BaseModel):
    """A preference, a place, a routine or a note.

    ``value`` is a number in the unit of its skill, a place as it was said, or the words of a note.
    ``name`` is what a place is called; ``time`` (``HH:MM``) and ``days`` (1 for Monday) belong to
    a trip, whose ``value`` is its destination. ``nonce`` is secret: it lets a receipt name the
    fact without telling it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: What
    value: float | str
    name: str = Field("", max_length=LONGEST)
    time: str = Field("", pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$")
    days: tuple[int, ...] = ()
    since: datetime | None = None
    nonce: str = Field(default_factory=partial(secrets.token_hex, 16), repr=False)

    @model_validator(mode="after")
    def _makes_sense(self) -> "Fact":
        kind = load_catalogue().kinds[self.what]
        if kind.low is not None and kind.high is not None:
            if isinstance(self.value, str) or not kind.low <= self.value <= kind.high:
                raise ValueError(f"{self.what} is a number from {kind.low:g} to {kind.high:g}")
        elif not isinstance(self.value, str) or not 0 < len(self.value.strip()) <= LONGEST:
            raise ValueError(f"{self.what} is text of 1 to {LONGEST} characters")
        if self.what == "place" and not self.name:
            raise ValueError("a place needs a name")
        is_trip = self.what == "trip"
        if is_trip != bool(self.time) or is_trip != bool(self.days):
            raise ValueError("a trip, and nothing else, has a time and days")
        if self.days != tuple(sorted({day for day in self.days if 1 <= day <= 7})):
            raise ValueError("days are numbers from 1 (Monday) to 7, in order")
        return self

    @property
    def identity(self) -> Identity:
        """What it is about: one temperature, one home, one trip to each destination."""
        is_listed = self.what in ("trip", "note")
        return self.what, (str(self.value) if is_listed else self.name).casefold()

    @property
    def commitment(self) -> str:
        """A digest that names this fact to those who have it, and tells others nothing."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def text(self, language: Language) -> str:
        """The fact as a clause: 您喜欢21度."""
        catalogue = load_catalogue()
        value = self.value if isinstance(self.value, str) else f"{self.value:g}"
        days = catalogue.days_words(self.days, language) if self.days else ""
        template = catalogue.kinds[self.what].words(language).fact
        return template.format(value=value, name=self.name, time=self.time, days=days)
