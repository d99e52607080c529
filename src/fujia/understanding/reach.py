"""How far a condition reaches: 如果下雨就关窗，现在打开空调 opens the climate at once.

What stands before a condition hangs on none, every condition has deeds of its own, and a "now"
ends its reach.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fujia.understanding.conditions import condition_in, end_of_condition
from fujia.understanding.normalise import Normalised
from fujia.understanding.tagger import Token
from fujia.understanding.times import is_joint, load_times

_DEEDS = ("verb", "change", "end", "number")
"""What says that something is to be done, or how much."""


def scopes(said: Normalised, tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The parts that are read apart, in order; one where no condition ends or begins."""
    if not any(map(_is_conditional, tokens)):
        return [tokens]
    ends = [0, *sorted({*_begun(said, tokens), *_released(said, tokens)}), len(tokens)]
    return [tokens[start:end] for start, end in pairwise(ends) if start < end]


def _is_conditional(token: Token) -> bool:
    return token.has("if") or token.has("then") or token.has("compare")


def _begun(said: Normalised, tokens: Sequence[Token]) -> Iterator[int]:
    """Where a condition begins behind a deed, or ends behind one."""
    start = 0
    for at, token in enumerate(tokens):
        if at < start or not _acts(tokens[start:at]):
            continue
        if token.has("if"):
            cut = _cut_at_if(said, tokens, at)
        else:
            cut = at if token.has("fact") and _is_then(tokens, at) else None
        if cut is not None:
            start = max(cut, at + 1)
            yield cut


def _cut_at_if(said: Normalised, tokens: Sequence[Token], at: int) -> int | None:
    end = _end(tokens, at)
    if end is None or not _acts(tokens[end:]):
        return None
    joined = tokens[at - 1].has("break") or tokens[at - 1].has("and")
    if said.language == "en" and not joined and is_joint(said, tokens, end):
        return end  # "close the window if it rains, and turn on the radio"
    strict = any(token.has("then") for token in tokens[at : end + 1])
    return at if joined or strict or condition_in(tokens[at:end]) else None


def _is_then(tokens: Sequence[Token], fact: int) -> bool:
    """Whether a fact leads to a deed without an "if": 打开空调，下雨就关窗."""
    then = next((at for at in range(fact, len(tokens)) if tokens[at].has("then")), None)
    if then is None or any(token.has("break") or token.has("verb") for token in tokens[fact:then]):
        return False
    pauses = (at for at in range(fact, -1, -1) if tokens[at].has("break"))
    opened = any(token.has("if") for token in tokens[next(pauses, 0) : fact])
    return not opened and condition_in(tokens[fact:then]) is not None and _acts(tokens[then:])


def _end(tokens: Sequence[Token], start: int) -> int | None:
    """Where a condition ends that begins there."""
    pause = next((at for at in range(start, len(tokens)) if tokens[at].has("break")), len(tokens))
    then = next((at for at in range(start, pause) if tokens[at].has("then")), None)
    return end_of_condition(tokens, start) if then is None else then


def _released(said: Normalised, tokens: Sequence[Token]) -> Iterator[int]:
    """Where a "now" ends the reach of the condition before it."""
    apart = re.compile(load_times(said.language).apart)
    first = next(at for at, token in enumerate(tokens) if _is_conditional(token))
    end = _end(tokens, first)
    for at in range(len(tokens) if end is None else end + 1, len(tokens)):
        if not _acts(tokens[end:at]) or not _asks(tokens[at:]):
            continue
        words = said.text[tokens[at].start : tokens[at].end]
        if said.language == "zh" and apart.fullmatch(words):
            yield at
        elif said.language == "en" and is_joint(said, tokens, at):
            after = (one for one in range(at + 1, len(tokens)) if is_joint(said, tokens, one))
            stop = next(after, len(tokens))
            if stop > at + 1 and apart.search(said.text, tokens[at].end, tokens[stop - 1].end):
                yield at


def _acts(tokens: Sequence[Token]) -> bool:
    return any(any(map(token.has, _DEEDS)) or token.has("flag", "to") for token in tokens)


def _asks(tokens: Sequence[Token]) -> bool:
    return _acts(tokens) or any(token.has("media") for token in tokens)
