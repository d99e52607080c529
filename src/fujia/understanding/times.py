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
    """A time of day, with the groups ``hour``, ``minute``, ``half``, ``late`` and ``day``."""
    delay: list[str]
    """A later time that is no time of day."""
    day: str
    """Days a timer can reach: today and tomorrow."""


@dataclass(frozen=True, slots=True)
class Later:
    """A later time that was named."""

    start: int
    end: int
    clock: str | None = None
    """``HH:MM``, or None if a timer cannot take it."""


@cache
def _patterns(language: Language) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]], str]:
    """The clock times, the delays and the near days of a language."""
    file = DATA / {"zh": "zh-CN", "en": "en"}[language] / "times.yaml"
    words = load_yaml(file, TimeWords)
    return (
        [re.compile(one) for one in words.clock],
        [re.compile(one) for one in words.delay],
        (words.day),
    )


def find_later(said: Normalised) -> Later | None:
    """The first later time in what was said, if there is one."""
    clocks, delays, near = _patterns(said.language)
    for pattern in clocks:
        found = pattern.search(said.text)
        if found:
            clock = _clock(found)
            day = found.groupdict().get("day")
            reached = clock is not None and (not day or re.fullmatch(near, day) is not None)
            return Later(found.start(), found.end(), clock if reached else None)
    for pattern in delays:
        found = pattern.search(said.text)
        if found:
            return Later(*found.span())
    return None


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
        if token.end <= later.start or token.start >= later.end:
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
