"""Self-corrections: 二十三不对二十二度, "the driver, no, the passenger window"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from fujia.understanding.freewords import FreeWords
from fujia.understanding.normalise import Normalised
from fujia.understanding.tagger import Token
from fujia.understanding.templates import Match, Templates

_TITLED = ("media.", "video.")
_NAMELESS = ("manual.", "chat.", "memory.")
"""Skills whose free words are whole sentences."""
_KINDS = ("verb", "zone", "number", "unit", "change", "end")
_VALUES = ("color", "airflow", "drive", "scent", "massage", "ambient", "wiper", "source", "route")
"""Kinds of words that name one of several: 吹脸，不对，吹脚."""
_LEADS = "打电话给|打给|导航去|导航到|换成|调成|给|跟|叫|去|到|放|听"
"""Words before a name; said again after a correction they begin the name anew."""


def corrected(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what was taken back.

    Whatever kind of word follows the correction replaces the last word of that kind before it.
    """
    result = list(tokens)
    while True:
        at = next((i for i in range(len(result)) if _takes_back(result, i)), None)
        if at is None:
            return result
        before, after = result[:at], result[at + 1 :]
        while after and after[0].has("break"):
            after = after[1:]
        while after and before and before[-1].has("break"):
            before = before[:-1]
        kept = len(before)
        for kind in _kinds_of(after):
            taken = next(
                (i for i in range(len(before) - 1, -1, -1) if kind in _kinds(before[i])), None
            )
            if taken is not None:
                del before[taken]
        if before and after and len(before) == kept and _is_deed_too(result[at]):
            # "Turn on the light, make it blue" takes nothing back.
            result[at] = _as_deed(result[at])
        else:
            result = [*before, *after]


def _takes_back(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word takes back what was said; a 不 does where it stands between two pauses."""
    if tokens[at].has("correct"):
        return True
    inside = 0 < at < len(tokens) - 1 and tokens[at - 1].has("break")
    if not inside or tokens[at].length > 2 or not tokens[at].has("act", "deny"):
        return False
    after = tokens[at + 1]
    return after.has("break") if tokens[at].length == 1 else after.number is not None


def _is_deed_too(token: Token) -> bool:
    """Whether it may also ask for something: "make it"."""
    return token.has("verb")


def _as_deed(token: Token) -> Token:
    senses = tuple(sense for sense in token.senses if sense.mark("correct") is None)
    return replace(token, senses=senses)


def _kinds_of(tokens: Sequence[Token]) -> list[str]:
    kinds: list[str] = []
    for token in tokens:
        if token.has("break") or token.has("and"):
            break
        if "number" in kinds and any(sense.concepts for sense in token.senses):
            break  # 二十六不对二十四风量二档: the fan is another command's
        for kind in _kinds(token):
            if kind not in kinds:
                kinds.append(kind)
    return kinds


def _kinds(token: Token) -> set[str]:
    kinds = {kind for kind in _KINDS if token.has(kind)}
    if any(sense.concepts for sense in token.senses):
        kinds.add("concept")
    return kinds | {kind for kind in _VALUES if token.has(kind)}


def unstuttered(said: Normalised, tokens: Sequence[Token]) -> list[Token]:
    """The tokens without a thing that is named twice in a row: 雨刮器雨刮器刮快一点."""
    return [
        token
        for token, after in pairwise([*tokens, None])
        if token is not None and not _is_begun(said.text, token, after)
    ]


def _is_begun(text: str, token: Token, after: Token | None) -> bool:
    word = text[token.start : token.end]
    named = len(word) > 1 and any(sense.concepts for sense in token.senses)
    return named and after is not None and text[after.start : after.end].startswith(word)


def renamed(
    said: Normalised, tokens: Sequence[Token], templates: Templates, known: FreeWords
) -> Normalised | None:
    """What was said, without the name that was taken back: 导航去浦东机场不对虹桥机场.

    None if no name was taken back.
    """
    words = sorted({*known.corrections, *known.loose_corrections}, key=len, reverse=True)
    edge = "[ ,]" if said.language == "en" else ",?"
    said_words = "|".join(map(re.escape, words))
    anew = re.search(rf"({_LEADS})[^,]{{1,8}},?(?:{said_words}),?(?=\1[^,])", said.text)
    if anew is not None:
        return _without(said, anew.start(), anew.end())
    for found in re.finditer(rf"{edge} ?({said_words})(?:{edge} ?)+(?=[^ ,])", said.text):
        named = _named_before(tokens, templates, said.text, found.start())
        if named is None:
            continue
        begin, match, slot = named
        skill = match.template.skill
        loose = found[1] not in known.corrections
        if loose and skill.startswith(_TITLED):
            continue
        rest = said.text[found.end() :].partition(",")[0]
        stop = found.end() + len(rest)
        again = templates.matches(said.text, found.end(), stop)
        if any(other.template.skill == skill for other in again):
            return _without(said, begin, found.end())
        if not any(found.end() <= token.start < stop and token.has("verb") for token in tokens):
            return _without(said, slot, found.end())
    return None


def _named_before(
    tokens: Sequence[Token], templates: Templates, text: str, end: int
) -> tuple[int, Match, int] | None:
    """Where a sentence with a name begins that ends at a character, and where its name begins."""
    for token in tokens:
        if token.start >= end:
            return None
        for match in templates.matches(text, token.start, end):
            slots = [start for start, stop in match.slots.values() if stop == end]
            if slots and not match.template.skill.startswith(_NAMELESS):
                return token.start, match, slots[0]
    return None


def _without(said: Normalised, start: int, end: int) -> Normalised:
    return replace(
        said,
        text=said.text[:start] + said.text[end:],
        spans=said.spans[:start] + said.spans[end:],
    )
