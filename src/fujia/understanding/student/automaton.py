"""The steps that plans are written in, and which may come next.

A plan of allowed steps is valid by construction: ``Automaton`` names the steps that may follow and
nothing else is ever taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fujia.understanding.normalise import Normalised
from fujia.understanding.student.numbers import Numeral, find_numerals
from fujia.understanding.student.schema import (
    CLOCK,
    END,
    LAST,
    MOST_COMMANDS,
    NUMERAL,
    SPAN,
    Schema,
)
from fujia.understanding.times import Later, find_clocks
from fujia.understanding.understander import Context

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """A symbol (its number in the schema) or a pointer (an input position)."""

    symbol: int | None = None
    pointer: int | None = None


@dataclass
class Utterance:
    """An utterance as the student sees it: its tokens' spans in the clean text."""

    said: Normalised
    spans: Sequence[Span | None]

    @cached_property
    def numerals(self) -> list[Numeral]:
        """The numbers in it."""
        return find_numerals(self.said.text, self.said.language)

    @cached_property
    def clocks(self) -> list[Later]:
        """The times of day in it that a timer can take."""
        return find_clocks(self.said)

    def position_at(self, character: int) -> int | None:
        """The input position whose token begins at or covers a character."""
        return next(
            (i for i, span in enumerate(self.spans) if span and span[0] <= character < span[1]),
            None,
        )

    def numeral_at(self, position: int) -> Numeral | None:
        """The numeral that begins at an input position."""
        span = self.spans[position]
        return next((n for n in self.numerals if span and span[0] <= n.start < span[1]), None)

    def clock_at(self, position: int) -> Later | None:
        """The time of day that begins at an input position."""
        span = self.spans[position]
        return next((c for c in self.clocks if span and span[0] <= c.start < span[1]), None)


class Automaton:
    """Which steps may come next; fed one step after another."""

    def __init__(self, schema: Schema, utterance: Utterance, context: Context) -> None:
        self.schema = schema
        self.steps: list[Step] = []
        self._text = [i for i, span in enumerate(utterance.spans) if span]
        self._numerals = [i for i in self._text if utterance.numeral_at(i)]
        self._clocks = [i for i in self._text if utterance.clock_at(i)] if utterance.clocks else []
        self._has_last = bool(context.last)
        self._skill: str | None = None
        self._argument: str | None = None
        self._pointers = 0
        self._may_condition = False
        self._commands = 0
        self.done = False

    def symbols(self) -> list[int]:
        """The symbols that may come next; empty when a pointer is due."""
        if self._pointers or self.done:
            return []
        if not self.steps:
            return list(self.schema.openings)
        end = self.schema.ids[END]
        if self._skill is None:
            first = self.steps[0].symbol
            if first is None or self.schema.symbols[first] != "act:do":
                return [end]
            allowed = list(self.schema.beginnings)
            conditions = self.schema.conditions if self._may_condition else ()
            return allowed + [
                symbol for symbol in conditions if self._possible(self.schema.symbols[symbol])
            ]
        allowed = [
            symbol
            for symbol in self.schema.arguments_after(self._skill, self._argument)
            if self._possible(self.schema.symbols[symbol])
        ]
        if self._commands < MOST_COMMANDS:
            allowed += self.schema.beginnings
        return [*allowed, end]

    def _possible(self, symbol: str) -> bool:
        if NUMERAL in symbol:
            return bool(self._numerals)
        if symbol.endswith(CLOCK):
            return bool(self._clocks)
        if symbol.endswith(SPAN):
            return bool(self._text)
        return self._has_last or not symbol.endswith(f"={LAST}")

    def pointers(self) -> list[int]:
        """The input positions that may come next; empty when a symbol is due."""
        if self._pointers == 0 or self.done:
            return []
        symbol = self._last_symbol()
        if NUMERAL in symbol:
            return self._numerals
        if symbol.endswith(CLOCK):
            return self._clocks
        begin = self.steps[-1].pointer
        return self._text if begin is None else [p for p in self._text if p >= begin]

    def _last_symbol(self) -> str:
        number = next(step.symbol for step in reversed(self.steps) if step.symbol is not None)
        return self.schema.symbols[number]

    def take(self, step: Step) -> None:
        """Append a step, which must be among those allowed."""
        self.steps.append(step)
        if step.symbol is None:
            self._pointers -= 1
            return
        symbol = self.schema.symbols[step.symbol]
        self._may_condition = symbol == "act:do"
        if symbol == END:
            self.done = True
        elif symbol.startswith("skill:"):
            self._skill, self._argument = symbol[6:], None
            self._commands += 1
        elif "=" in symbol:
            self._argument = symbol.partition("=")[0]
        self._pointers = 2 if symbol.endswith(SPAN) else int(NUMERAL in symbol or CLOCK in symbol)
