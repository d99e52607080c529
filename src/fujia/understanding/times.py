"""Time words: 五分钟后, 明早七点半, "in ten minutes", "at 7 pm".

What is asked for later must not be done now. A timer takes a clock time; nothing else waits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding import numerals
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Argument, Command, Language
from fujia.understanding.tagger import Token
from fujia.understanding.words import DATA

_TIMED = {
    "charging.control": "charging.timer",
    "charging.timer": "charging.timer",
    "climate.power": "climate.preconditioning",
    "climate.ac": "climate.preconditioning",
    "climate.preconditioning": "climate.preconditioning",
}
"""Skills that are switched on at a clock time, and the timer that does it."""
_SWITCHED_ON: tuple[dict[str, Argument], ...] = ({}, {"on": True}, {"action": "start"})


class TimeWords(BaseModel):
    """One locale's time words (``data/<locale>/times.yaml``), regular expressions all of them."""

    model_config = ConfigDict(extra="forbid")

    clock: list[str]
    """A time of day, with the groups ``hour``, ``minute``, ``half``, ``late`` and ``day``; and
    ``time`` where it holds more than the time."""
    delay: list[str]
    """A later time that is no time of day."""
    until: list[str]
    """An end, in the group ``time``: 充电到八点."""
    duration: list[str]
    """How long something shall last."""
    now: str
    """Words for at once."""
    apart: str
    """Words with which a clause begins (in English: is) that hangs on no condition before it."""
    day: str
    """Days a timer can reach: today and tomorrow."""


@dataclass(frozen=True, slots=True)
class Later:
    """A later time that was named."""

    start: int
    end: int
    clock: str | None = None
    """``HH:MM``, or None if a timer cannot take it."""
    ends: bool = False
    """Whether it says when something ends, or how long it lasts."""


@cache
def load_times(language: Language) -> TimeWords:
    """The time words of a language; raises DataError for a broken file."""
    return load_yaml(DATA / {"zh": "zh-CN", "en": "en"}[language] / "times.yaml", TimeWords)


def find_later(said: Normalised, tokens: Sequence[Token] | None = None) -> Later | None:
    """The first later time in what was said, or in some of its tokens; None if there is none."""
    words = load_times(said.language)
    start, end = (tokens[0].start, tokens[-1].end) if tokens else (0, len(said.text))
    part = (said.text, start, end)
    if found := _first(words.until, part):
        return Later(*found.span("time"), ends=True)
    if found := _first(words.clock, part):
        return Later(*_span(found), _reached(found, words))
    if found := _first(words.delay, part):
        return Later(*found.span())
    if found := _first(words.duration, part):
        return Later(*found.span(), ends=True)
    return None


def find_clocks(said: Normalised) -> list[Later]:
    """The times of day that a timer can take, in order."""
    words = load_times(said.language)
    named = [found for one in words.clock for found in re.finditer(one, said.text)]
    clocks: list[Later] = []
    end = 0
    for found in sorted(named, key=lambda each: (each.start(), -each.end())):
        if _span(found)[0] < end:
            continue
        begin, end = _span(found)
        if (clock := _reached(found, words)) is not None:
            clocks.append(Later(begin, end, clock))
    return clocks


def _span(found: re.Match[str]) -> tuple[int, int]:
    """Where the time stands; an expression may begin with what is to be done."""
    return found.span("time" if "time" in found.groupdict() else 0)


def _reached(found: re.Match[str], words: TimeWords) -> str | None:
    """The clock time, unless its day is one that no timer can reach."""
    day = found.groupdict().get("day")
    return _clock(found) if not day or re.fullmatch(words.day, day) is not None else None


def _first(patterns: Sequence[str], part: tuple[str, int, int]) -> re.Match[str] | None:
    """What the first pattern that fits has found in a part of a text."""
    return next((found for one in patterns if (found := re.compile(one).search(*part))), None)


def clause_of(said: Normalised, tokens: Sequence[Token], later: Later) -> tuple[int, int] | None:
    """The tokens that a time belongs to, where that is not all of them: 开空调，五分钟后关掉.

    A time that opens its clause holds for the rest of what is said, up to a "now"; an end, or a
    time behind what is to be done ("close it at nine and open the roof"), for its clause.
    """
    pauses = [at for at in range(len(tokens)) if is_joint(said, tokens, at)]
    start = max((at + 1 for at in pauses if tokens[at].end <= later.start), default=0)
    end = min((at for at in pauses if tokens[at].start >= later.end), default=len(tokens))
    start = _resumed(tokens, start, end, later)
    own = without_time(tokens[start:end], later)
    if not any(_asks_or_names(token) for token in own):
        return None
    opens = not later.ends and not any(token.end <= later.start for token in own)
    if opens:
        end = next((at for at in pauses if at >= end and _is_now(said, tokens, at)), len(tokens))
    return None if (start, end) == (0, len(tokens)) else (start, end)


def first_clause(said: Normalised, tokens: Sequence[Token], later: Later) -> tuple[int, int] | None:
    """The tokens up to the first pause behind a time that opens them; None if it opens none."""
    end = next(
        (
            at
            for at in range(len(tokens))
            if is_joint(said, tokens, at) and tokens[at].start >= later.end
        ),
        len(tokens),
    )
    own = without_time(tokens[:end], later)
    opens = not any(token.has("break") or token.end <= later.start for token in own)
    return (0, end) if own and opens and not later.ends and end < len(tokens) else None


def is_joint(said: Normalised, tokens: Sequence[Token], at: int) -> bool:
    """Whether a token joins two clauses: a pause, or in English an "and" with a verb behind."""
    if at >= len(tokens):
        return False
    if said.language != "en" or tokens[at].has("break"):
        return tokens[at].has("break")
    return tokens[at].has("and") and any(token.has("verb") for token in tokens[at + 1 : at + 3])


def _resumed(tokens: Sequence[Token], start: int, end: int, later: Later) -> int:
    """Where a time between two deeds begins the second: 开座椅加热十分钟后关掉."""
    at = next((at for at in range(start, end) if tokens[at].end > later.start), end)
    done = any(token.has("verb") for token in tokens[start:at])
    asked = any(token.has("verb") and token.start >= later.end for token in tokens[at:end])
    return at if done and asked and not later.ends else start


def _asks_or_names(token: Token) -> bool:
    named = not token.senses or any(sense.concepts for sense in token.senses)
    return named or any(map(token.has, ("verb", "change", "end", "amount")))


def _is_now(said: Normalised, tokens: Sequence[Token], pause: int) -> bool:
    return (
        re.match(load_times(said.language).now, said.text[tokens[pause].end :].lstrip()) is not None
    )


def _clock(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    hour, minute = _number(groups["hour"]), _number(groups.get("minute") or "0")
    if hour is None or minute is None:
        return None
    if groups.get("half"):
        minute = 30
    if groups.get("late") and hour < 12:
        hour += 12
    elif groups.get("early") and hour == 12:
        hour = 0
    return f"{hour % 24:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    spoken = numerals.chinese_number(text)
    value = numerals.english_number(text) if spoken is None else spoken
    return None if value is None else int(value)


def without_time(tokens: Sequence[Token], later: Later) -> list[Token]:
    """The tokens that say what, not when."""
    rest: list[Token] = []
    for token in tokens:
        reaches_in = later.ends and token.start < later.start and bool(token.senses)  # 充电到
        if token.end <= later.start or token.start >= later.end or reaches_in:
            rest.append(token)
        elif not token.senses:  # unknown words stand together as one token: "mom later"
            rest += [Token(token.start, later.start, ())] * (token.start < later.start)
            rest += [Token(later.end, token.end, ())] * (later.end < token.end)
    return rest


def timed(commands: Sequence[Command], later: Later) -> list[Command] | None:
    """The commands as timers; None if one of them cannot wait."""
    result: list[Command] = []
    for command in commands:
        skill = _TIMED.get(command.skill)
        waits = command.condition is None and dict(command.args) in _SWITCHED_ON
        if later.clock is None or skill is None or not waits:
            return None
        result.append(Command(skill=skill, args={"time": later.clock}))
    return result
