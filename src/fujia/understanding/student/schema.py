"""What a plan may consist of, as a finite set of symbols, and which may follow which.

A plan is written as a sequence of steps. A step is a symbol (``act:do``, ``skill:seat.heating``,
``zone=driver``, ``level=#``) or a pointer to a token of the utterance. Symbols ending in ``#`` are
followed by one pointer to a numeral, symbols ending in ``…`` by two pointers, to the first and
the last token of the words to copy; ``time=@`` by one to a time of day. ``=last`` takes the value
that the last command had.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.errors import InputError
from fujia.understanding.plan import PLAN_SCHEMA_VERSION

END = "end"
NUMERAL = "#"
SPAN = "…"
CLOCK = "@"
LAST = "last"
MOST_COMMANDS = 8
AMOUNTS = ("#", "+#", "-#", "#%", "+#%", "-#%", "max", "min", "mid", "+", "-")


class Schema(BaseModel):
    """The symbols of a model, in the order of its outputs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    symbols: tuple[str, ...]
    skills: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Skill to its arguments in order, each with the symbols that may fill it."""

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Symbol to its number."""
        return {symbol: number for number, symbol in enumerate(self.symbols)}

    @cached_property
    def openings(self) -> tuple[int, ...]:
        """What may begin a plan."""
        return tuple(i for i, symbol in enumerate(self.symbols) if symbol.startswith("act:"))

    @cached_property
    def beginnings(self) -> tuple[int, ...]:
        """What may begin a command: a skill."""
        return tuple(i for i, symbol in enumerate(self.symbols) if symbol.startswith("skill:"))

    @cached_property
    def conditions(self) -> tuple[int, ...]:
        """What may state a condition."""
        return tuple(i for i, symbol in enumerate(self.symbols) if symbol.startswith("if:"))

    @cached_property
    def _after(self) -> Mapping[str, Mapping[str | None, tuple[int, ...]]]:
        table: dict[str, dict[str | None, tuple[int, ...]]] = {}
        for skill, arguments in self.skills.items():
            names = list(arguments)
            table[skill] = {
                said: tuple(
                    self.ids[symbol]
                    for name in names[0 if said is None else names.index(said) + 1 :]
                    for symbol in arguments[name]
                )
                for said in (None, *names)
            }
        return table

    def arguments_after(self, skill: str, argument: str | None) -> tuple[int, ...]:
        """The argument symbols that may follow ``argument`` (None: the skill itself)."""
        return self._after[skill][argument]


def read_schema(file: Path) -> Schema:
    """Read a model's schema.

    Raises:
        InputError: unreadable, or newer than this version of Fujia understands.
    """
    try:
        schema = Schema.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(f"{file}: not a schema of a student model ({error})") from None
    ours, theirs = (_number(text) for text in (PLAN_SCHEMA_VERSION, schema.version))
    if theirs > ours:
        raise InputError(
            f"{file}: the model writes plans of schema {schema.version}, this version of fujia "
            f"understands {PLAN_SCHEMA_VERSION}; update fujia"
        )
    return schema


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
