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
    if language == "en":
        if start and text[start - 1].isalnum():
            return None
        match = numerals.ENGLISH.match(text, start)
        if match is None:
            return None
        digits = match["digits"]
        value = float(digits) if digits else numerals.english_number(match["words"])
        end = start + len(match.group().rstrip(" -"))
        return None if value is None else Numeral(start, end, value)
    match = numerals.CHINESE.match(text, start)
    if match is None:
        return None
    if match["tenths"]:
        tenths = numerals.chinese_number(match["tenths"])
        return None if tenths is None else Numeral(start, match.end(), tenths * 10)
    said = match["percent"] or match["digits"] or match["han"]
    value = float(said) if said[0].isdigit() else numerals.chinese_number(said)
    if value is None:
        return None
    half = _HALF.match(text, match.end())
    if half is not None and not match["percent"]:
        return Numeral(start, half.end(), value + 0.5)
    return Numeral(start, match.end(), value)
