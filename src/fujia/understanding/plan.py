"""What an utterance asks for: commands in order, with their conditions.

A plan is data: it can be stored, compared, and produced by a grammar, a trained model or a
language model alike. ``PLAN_SCHEMA_VERSION`` changes when its meaning does.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PLAN_SCHEMA_VERSION = "1.0"
Language = Literal["zh", "en"]
Argument = bool | int | float | str | list[str]
Act = Literal["do", "confirm", "deny", "undo", "cancel"]
"""``do`` the commands; ``confirm`` or ``deny`` what waits for a yes; ``undo`` the last turn;
``cancel`` everything that waits."""

_AMOUNT = re.compile(r"^(?P<sign>[+-])?(?P<number>\d+(?:\.\d+)?)?(?P<percent>%)?$")


class Condition(BaseModel):
    """A comparison of one fact about the car with a value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: Literal[
        "rain", "dark", "speed", "outside_temperature", "inside_temperature", "charge",
        "window_open", "moving", "parked", "charging",
    ]  # fmt: skip
    comparison: Literal["is", "is_not", "above", "below"] = "is"
    value: float | None = None


class Command(BaseModel):
    """One call of a skill. ``args`` holds only what was said; a zone stands there too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skill: str
    args: dict[str, Argument] = Field(default_factory=dict[str, Argument])
    condition: Condition | None = None


class Plan(BaseModel):
    """What one utterance asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Language = "zh"
    act: Act = "do"
    commands: tuple[Command, ...] = ()
    confidence: float = 1.0

    def asks_the_same(self, other: "Plan") -> bool:
        """Whether both ask for the same, however sure each is."""
        return (self.act, self.commands) == (other.act, other.commands)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, as commands carry it: in JSON a number or a short string.

    ======== ==========================================================
    ``22``   that value, in the skill's own unit (degrees, level, percent)
    ``"+2"`` two units more; ``"-0.5"`` half a unit less
    ``"+"``  a bit more, ``"-"`` a bit less: the skill knows how much a bit is
    ``"50%"`` that share of the range; ``"+10%"`` ten points more
    ``"max"``, ``"min"``, ``"mid"`` the ends and the middle of the range
    ======== ==========================================================
    """

    kind: Literal["value", "change", "end"]
    number: float | None = None
    percent: bool = False
    end: Literal["max", "min", "mid"] | None = None

    @classmethod
    def parse(cls, text: float | str) -> "Amount":
        """Read an amount; raises ValueError if it is none of the forms above."""
        if isinstance(text, (int, float)):
            return cls("value", float(text))
        if text in ("max", "min", "mid"):
            return cls("end", end=text)
        match = _AMOUNT.match(text)
        if match is None or not text:
            raise ValueError(f"{text!r} is not an amount such as 22, '+1', '-', '50%' or 'max'")
        number = float(match["number"]) if match["number"] else None
        if match["sign"] is None:
            if number is None:
                raise ValueError(f"{text!r} is not an amount")
            return cls("value", number, bool(match["percent"]))
        sign = 1.0 if match["sign"] == "+" else -1.0
        # A bare sign keeps its direction as an infinitely small change: number None, see ``sign``.
        return cls(
            "change",
            sign * number if number is not None else None,
            bool(match["percent"]),
            "max" if sign > 0 else "min",
        )

    @property
    def sign(self) -> int:
        """+1 or -1 for a change, 0 otherwise."""
        if self.kind != "change":
            return 0
        return 1 if self.end == "max" else -1
