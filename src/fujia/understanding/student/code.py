"""Plans as sequences of steps, and back.

Encoding needs the text, since numbers and free words are pointed at, not spelled; a plan whose
values are not in the text cannot be encoded. Decoding gives a plan by construction, because
``Automaton`` names the steps that may follow and nothing else is ever taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fujia.understanding.normalise import Normalised, normalise
from fujia.understanding.plan import Argument, Command, Condition, Plan
from fujia.understanding.student.numbers import Numeral, find_numerals
from fujia.understanding.student.schema import END, LAST, MOST_COMMANDS, NUMERAL, SPAN, Schema
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


class Automaton:
    """Which steps may come next; fed one step after another."""

    def __init__(self, schema: Schema, utterance: Utterance, context: Context) -> None:
        self.schema = schema
        self.steps: list[Step] = []
        self._text = [i for i, span in enumerate(utterance.spans) if span]
        self._numerals = [i for i in self._text if utterance.numeral_at(i)]
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
        self._pointers = 2 if symbol.endswith(SPAN) else int(NUMERAL in symbol)


def encode(plan: Plan, utterance: Utterance, context: Context, schema: Schema) -> list[Step] | None:
    """The steps of a plan, or None if a value of it is not in the utterance or the schema."""
    symbols = [f"act:{plan.act}"]
    steps = _symbols(symbols, schema)
    condition = plan.commands[0].condition if plan.commands else None
    if steps is not None and condition is not None:
        steps = _with_condition(steps, condition, utterance, schema)
    at = 0
    last = context.last[0] if context.last else None
    for command in plan.commands:
        more = None if steps is None else _command_steps(command, utterance, last, schema, at)
        if steps is None or more is None:
            return None
        steps += more
        pointed = [step.pointer for step in more if step.pointer is not None]
        at = max([at, *pointed])
    end = _symbols([END], schema)
    return None if steps is None or end is None else steps + end


def _symbols(symbols: Sequence[str], schema: Schema) -> list[Step] | None:
    if not all(symbol in schema.ids for symbol in symbols):
        return None
    return [Step(symbol=schema.ids[symbol]) for symbol in symbols]


def _with_condition(
    steps: list[Step], condition: Condition, utterance: Utterance, schema: Schema
) -> list[Step] | None:
    symbol = f"if:{condition.fact}:{condition.comparison}"
    if condition.value is None:
        more = _symbols([symbol], schema)
    else:
        more = _number_steps(f"{symbol}:{NUMERAL}", condition.value, utterance, schema, 0)
    return None if more is None else steps + more


def _command_steps(
    command: Command, utterance: Utterance, last: Command | None, schema: Schema, at: int
) -> list[Step] | None:
    if command.skill not in schema.skills:
        return None
    steps = _symbols([f"skill:{command.skill}"], schema) or []
    for name in schema.skills[command.skill]:
        if name not in command.args:
            continue
        value = command.args[name]
        more = _value_steps(command.skill, name, value, utterance, schema, at)
        if more is None and last is not None and last.args.get(name) == value:
            more = _symbols([f"{name}={LAST}"], schema)
        if more is None:
            return None
        steps += more
    known = all(name in schema.skills[command.skill] for name in command.args)
    return steps if known else None


def _value_steps(
    skill: str, name: str, value: Argument, utterance: Utterance, schema: Schema, at: int
) -> list[Step] | None:
    allowed = schema.skills[skill][name]
    amount = _amount_form(value)
    if amount is not None:
        form, number = amount
        if f"{name}={form}" in allowed:
            steps = _number_steps(f"{name}={form}", number, utterance, schema, at)
            if steps is not None:
                return steps
    plain = f"{name}={_plain(value)}"
    if plain in allowed:
        return _symbols([plain], schema)
    if f"{name}={SPAN}" in allowed and isinstance(value, str):
        return _span_steps(f"{name}={SPAN}", value, utterance, schema, at)
    return None


def _plain(value: Argument) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _amount_form(value: Argument) -> tuple[str, float] | None:
    """``("+#", 2.0)`` for "+2"; None for what holds no number."""
    if isinstance(value, (bool, list)):
        return None
    if isinstance(value, (int, float)):
        return NUMERAL, float(value)
    digits = value.strip("+-%")
    try:
        return value.replace(digits, NUMERAL) if digits else "", float(digits)
    except ValueError:
        return None


def _number_steps(
    symbol: str, number: float, utterance: Utterance, schema: Schema, at: int
) -> list[Step] | None:
    steps = _symbols([symbol], schema)
    places = [
        position
        for numeral in utterance.numerals
        if abs(numeral.value - number) < 1e-6
        and (position := utterance.position_at(numeral.start)) is not None
    ]
    if steps is None or not places:
        return None
    return [*steps, Step(pointer=next((p for p in places if p > at), places[0]))]


def _span_steps(
    symbol: str, words: str, utterance: Utterance, schema: Schema, at: int
) -> list[Step] | None:
    steps = _symbols([symbol], schema)
    clean = normalise(words).text
    places = list(_occurrences(clean, utterance))
    if steps is None or not places:
        return None
    begin, end = next(((b, e) for b, e in places if b > at), places[0])
    return [*steps, Step(pointer=begin), Step(pointer=end)]


def _occurrences(words: str, utterance: Utterance) -> Iterator[tuple[int, int]]:
    start = utterance.said.text.find(words) if words else -1
    while start >= 0:
        begin, end = utterance.position_at(start), utterance.position_at(start + len(words) - 1)
        if begin is not None and end is not None:
            yield begin, end
        start = utterance.said.text.find(words, start + 1)


def decode(steps: Sequence[Step], utterance: Utterance, context: Context, schema: Schema) -> Plan:
    """The plan of a complete sequence of allowed steps."""
    act: Any = "do"
    condition: Condition | None = None
    commands: list[tuple[str, dict[str, Argument]]] = []
    last = context.last[0].args if context.last else {}
    for index, step in enumerate(steps):
        if step.symbol is None:
            continue
        symbol = schema.symbols[step.symbol]
        pointers = [s.pointer for s in steps[index + 1 : index + 3] if s.pointer is not None]
        if symbol.startswith("act:"):
            act = symbol[4:]
        elif symbol.startswith("if:"):
            condition = _condition(symbol, pointers, utterance)
        elif symbol.startswith("skill:"):
            commands.append((symbol[6:], {}))
        elif "=" in symbol:
            name, _, form = symbol.partition("=")
            value = last.get(name) if form == LAST else _value(form, pointers, utterance)
            if value is not None:
                commands[-1][1][name] = value
    made = tuple(Command(skill=s, args=a, condition=condition) for s, a in commands)
    return Plan(language=utterance.said.language, act=act, commands=made)


def _value(form: str, pointers: Sequence[int], utterance: Utterance) -> Argument | None:
    """None for what is not whole, as in a plan that was cut off."""
    if len(pointers) < (2 if form == SPAN else NUMERAL in form):
        return None
    if form == SPAN:
        first, last = utterance.spans[pointers[0]], utterance.spans[pointers[1]]
        return utterance.said.said(first[0], last[1]) if first and last else None
    if NUMERAL in form:
        numeral = utterance.numeral_at(pointers[0])
        if numeral is None:
            return None
        number = _tidy(numeral.value)
        return number if form == NUMERAL else form.replace(NUMERAL, str(number))
    if form in ("true", "false"):
        return form == "true"
    try:
        return _tidy(float(form)) if form[0].isdigit() else form
    except ValueError:
        return form


def _tidy(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def _condition(symbol: str, pointers: Sequence[int], utterance: Utterance) -> Condition:
    _, fact, comparison, *_ = symbol.split(":")
    numeral = utterance.numeral_at(pointers[0]) if pointers else None
    kind: Any = fact
    how: Any = comparison
    return Condition(fact=kind, comparison=how, value=numeral.value if numeral else None)
