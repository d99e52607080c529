"""Conditions in speech: 要是在下雨就关天窗, "if it rains close the sunroof"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from fujia.understanding.plan import Condition
from fujia.understanding.tagger import Token

_FACTS = frozenset(get_args(Condition.model_fields["fact"].annotation))
_NUMERIC = ("speed", "outside_temperature", "inside_temperature", "charge")


@dataclass(frozen=True, slots=True)
class Found:
    """A condition in speech, and the tokens that depend on it."""

    condition: Condition | None
    """None if it is one that nobody understands; then nothing may be done."""
    rest: list[Token]
    start: int
    end: int
    """Where the word stands that makes it a condition, in the clean text."""


def find_condition(tokens: Sequence[Token]) -> Found | None:
    """The condition of an utterance; None if it has none."""
    opening = _first(tokens, "if")
    closing = _first(tokens, "then", opening or 0)
    if opening is None and closing is None:
        return _compared(tokens)
    if opening is None:
        assert closing is not None
        condition = condition_in(tokens[:closing])
        if condition is None and not tokens[closing].has("then", "when"):
            return _compared(tokens)
        return _found(tokens, closing, condition, _without_then(tokens[closing:]))
    if opening > 0 and (closing is None or closing < opening):
        late = condition_in(tokens[opening:])
        return _found(tokens, opening, late, list(tokens[:opening]))
    if closing is None:
        closing = end_of_condition(tokens, opening)
    if closing is None:
        return _found(tokens, opening, None, [])
    if opening > 0 and not any(token.has("verb") for token in tokens[closing:]):
        late = condition_in(tokens[opening:])  # 打开车窗，如果下雨的话
        return _found(tokens, opening, late, list(tokens[:opening]))
    condition = condition_in(tokens[opening:closing])
    return _found(tokens, opening, condition, _without_then(tokens[closing:]))


def _found(
    tokens: Sequence[Token], word: int, condition: Condition | None, rest: list[Token]
) -> Found:
    return Found(condition, rest, tokens[word].start, tokens[word].end)


def _without_then(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if not token.has("then")]


def _compared(tokens: Sequence[Token]) -> Found | None:
    """A comparison that opens or ends the utterance: 一百码以上关窗."""
    at = _first(tokens, "compare")
    if at is None:
        return None
    end = _end_of_comparison(tokens, 0)
    if at < end < len(tokens) and any(token.number is not None for token in tokens[:end]):
        return _found(tokens, at, condition_in(tokens[:end]), list(tokens[end:]))
    if at > 0 and _is_switched(tokens[:at]) and _end_of_comparison(tokens, at) == len(tokens):
        return _found(tokens, at, condition_in(tokens[at:]), list(tokens[:at]))
    return None


def _is_switched(tokens: Sequence[Token]) -> bool:
    """Whether something is turned on or off, in contrast to "set it below 20 degrees"."""
    switched = any(token.has("verb", "on") or token.has("verb", "off") for token in tokens)
    return switched and not any(token.has("flag", "to") for token in tokens)


def _end_of_comparison(tokens: Sequence[Token], start: int) -> int:
    end = start
    while end < len(tokens) and (
        any(map(tokens[end].has, ("fact", "compare", "number", "unit", "le", "filler", "break")))
        or _is_temperature(tokens[end])
    ):
        end += 1
    return end


def _is_temperature(token: Token) -> bool:
    return any(sense.concepts == ("temperature",) and not sense.marks for sense in token.senses)


def _first(tokens: Sequence[Token], kind: str, start: int = 0) -> int | None:
    return next((i for i in range(max(start, 0), len(tokens)) if tokens[i].has(kind)), None)


def end_of_condition(tokens: Sequence[Token], opening: int) -> int | None:
    """Where a condition ends that no "then" closes: at the pause, or before the first deed."""
    pause, fact = _first(tokens, "break", opening), _end_of_fact(tokens, opening)
    if fact is not None and any(token.has("verb") for token in tokens[fact:pause]):
        return fact
    return fact if pause is None else pause


def _end_of_fact(tokens: Sequence[Token], opening: int) -> int | None:
    fact = _first(tokens, "fact", opening)
    if fact is None:
        return None
    end = fact + 1
    while end < len(tokens) and any(
        tokens[end].has(kind) for kind in ("compare", "number", "unit", "le", "filler")
    ):
        end += 1
    return end


def condition_in(tokens: Sequence[Token]) -> Condition | None:
    """The condition that some words state; None if they state none that a plan can hold."""
    fact: Any = next(iter(_marks(tokens, "fact")), None) or _fact_of_unit(tokens)
    if fact not in _FACTS:
        return None
    number = next((token.number for token in tokens if token.number is not None), None)
    compare = _marks(tokens, "compare")
    if fact in _NUMERIC:
        if number is None or not compare:
            return None
        comparison: Any = "above" if compare[0] == "above" else "below"
        return Condition(fact=fact, comparison=comparison, value=number)
    negated = any(token.has("flag", "not") or token.has("flag", "over") for token in tokens)
    return Condition(fact=fact, comparison="is_not" if negated else "is")


def _fact_of_unit(tokens: Sequence[Token]) -> str | None:
    """What is compared where only the unit says it: 一百码以上, 低于二十度."""
    if not _marks(tokens, "compare"):
        return None
    units = _marks(tokens, "unit")
    if "kmh" in units:
        return "speed"
    # The air that one feels is the air inside.
    return "inside_temperature" if "degree" in units else None


def _marks(tokens: Sequence[Token], kind: str) -> list[str]:
    return [
        value
        for token in tokens
        for sense in token.senses
        for name, value in sense.marks
        if name == kind
    ]
