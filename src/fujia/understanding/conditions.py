"""Conditions in speech: 要是在下雨就关天窗, "if it rains close the sunroof"."""

from collections.abc import Sequence
from typing import Any

from fujia.understanding.plan import Condition
from fujia.understanding.tagger import Token

_NUMERIC = ("speed", "outside_temperature", "inside_temperature", "charge")


def find_condition(
    tokens: Sequence[Token],
) -> tuple[Condition | None, list[Token]] | None:
    """The condition and the tokens that depend on it.

    None if there is no condition; a pair with None if there is one that nobody understands.
    """
    opening = _first(tokens, "if")
    closing = _first(tokens, "then", opening or 0)
    if opening is None and closing is None:
        return None
    if opening is None:
        opening = -1
    if opening > 0 and (closing is None or closing < opening):
        late = _condition(tokens[opening + 1 :])
        return None if late is None else (late, list(tokens[:opening]))
    if closing is None:
        closing = _first(tokens, "break", opening) or _end_of_fact(tokens, opening)
    if closing is None:
        return None, []
    rest = [token for token in tokens[closing:] if not token.has("then")]
    if opening < 0 and _condition(tokens[:closing]) is None:
        return None
    return _condition(tokens[opening + 1 : closing]), rest


def _first(tokens: Sequence[Token], kind: str, start: int = 0) -> int | None:
    return next((i for i in range(max(start, 0), len(tokens)) if tokens[i].has(kind)), None)


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


def _condition(tokens: Sequence[Token]) -> Condition | None:
    facts = _marks(tokens, "fact")
    if not facts:
        return None
    fact: Any = facts[0]
    number = next((token.number for token in tokens if token.number is not None), None)
    compare = _marks(tokens, "compare")
    if fact in _NUMERIC:
        if number is None or not compare:
            return None
        comparison: Any = "above" if compare[0] == "above" else "below"
        return Condition(fact=fact, comparison=comparison, value=number)
    negated = any(token.has("flag", "not") for token in tokens)
    return Condition(fact=fact, comparison="is_not" if negated else "is")


def _marks(tokens: Sequence[Token], kind: str) -> list[str]:
    return [
        value
        for token in tokens
        for sense in token.senses
        for name, value in sense.marks
        if name == kind
    ]
