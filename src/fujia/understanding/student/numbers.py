"""Numerals of an utterance, found without knowing any other word."""

import re
from dataclasses import dataclass

from fujia.understanding import numerals
from fujia.understanding.plan import Language

_HALF = re.compile(r"(?:度|点|个)?半(?!天|夜)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``text[start:end]``; of 百分之三十 and 三成 it is 30."""

    start: int
    end: int
    value: float


def find_numerals(text: str, language: Language) -> list[Numeral]:
    """All numerals, in order; 二十二度半 is one, with the value 22.5."""
    found: list[Numeral] = []
    position = 0
    while position < len(text):
        numeral = _at(text, position, language)
        if numeral is None:
            position += 1
            continue
        found.append(numeral)
        position = numeral.end
    return found


def _at(text: str, start: int, language: Language) -> Numeral | None:
    if language == "en" and start and text[start - 1].isalnum():
        return None
    spoken = numerals.number_at(text, start, language)
    if spoken is None:
        return None
    half = _HALF.match(text, spoken.end)
    if language == "zh" and half is not None and not spoken.percent:
        return Numeral(start, half.end(), spoken.value + 0.5)
    return Numeral(start, spoken.end, spoken.value)
