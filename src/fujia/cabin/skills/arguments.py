"""The types of skill arguments: what is checked, and what a language model is told about them."""

from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from fujia.understanding.plan import Amount
from fujia.vehicle.zone import Zone

_AMOUNT_SCHEMA: dict[str, Any] = {
    "description": "a value (22), a change ('+2', '-', '+10%'), a share ('50%') or max, min, mid",
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^([+-]?(\d+(\.\d+)?)?%?|max|min|mid)$"},
    ],
}


def _amount(given: object) -> Amount:
    if isinstance(given, Amount):
        return given
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        raise ValueError(f"{given!r} is not an amount")
    return Amount.parse(given)


Much = Annotated[Amount, PlainValidator(_amount), WithJsonSchema(_AMOUNT_SCHEMA)]
"""An amount; arrives in the skill as ``fujia.understanding.plan.Amount``."""

Where = Annotated[Zone | None, Field(description="the seat or group of seats, only if it was said")]
On = Annotated[bool, Field(description="true for on, false for off")]
Open = Annotated[bool, Field(description="true to open, false to close")]
Spoken = Annotated[str, Field(min_length=1, max_length=200, description="as it was said")]
Maybe = Annotated[
    str | None, Field(min_length=1, max_length=200, description="as it was said; leave out if not")
]
Clock = Annotated[str | None, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="HH:MM")]

LOW, HIGH, FIRST = Amount.parse(0), Amount.parse("max"), Amount.parse(1)
"""Amounts that skills use themselves: nothing, the most, level one."""
