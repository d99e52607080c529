"""Plans as sequences of steps, and back.

Encoding needs the text, since numbers, times and free words are pointed at, not spelled; a plan
whose values are not in the text cannot be encoded.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Argument, Command, Condition, Plan
from fujia.understanding.student.automaton import Step, Utterance
from fujia.understanding.student.schema import CLOCK, END, LAST, NUMERAL, SPAN, Schema
from fujia.understanding.understander import Context


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
    if f"{name}={CLOCK}" in allowed:
        return _clock_steps(f"{name}={CLOCK}", value, utterance, schema)
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


def _clock_steps(
    symbol: str, clock: Argument, utterance: Utterance, schema: Schema
) -> list[Step] | None:
    steps = _symbols([symbol], schema)
    places = [
        position
        for each in utterance.clocks
        if each.clock == clock and (position := utterance.position_at(each.start)) is not None
    ]
    return [*steps, Step(pointer=places[0])] if steps and places else None


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
    if len(pointers) < (2 if form == SPAN else NUMERAL in form or form == CLOCK):
        return None
    if form == CLOCK:
        named = utterance.clock_at(pointers[0])
        return named.clock if named else None
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
