"""Numerals of an utterance, words for a share of something among them: half, 三分之一."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fujia.understanding import numerals
from fujia.understanding.plan import Language
from fujia.understanding.words import load_words

_HALF = re.compile(r"(?:度|点|个)?半(?!天|夜)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``text[start:end]``; of 百分之三十 and 三成 it is 30, of 一半 it is 50."""

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


@cache
def shares(language: Language) -> Mapping[str, float]:
    """The words that say a share and nothing else, with their percent: ``{"一半": 50.0}``."""
    found: dict[str, float] = {}
    for word, senses in load_words(language).senses.items():
        share = senses[0].mark("amount")
        if share is not None and len(senses) == 1:
            found[word] = float(share)
    return found


def _share(text: str, start: int, language: Language) -> Numeral | None:
    known = shares(language)
    longest = load_words(language).longest.get(text[start], 0)
    for end in range(min(len(text), start + longest), start, -1):
        ends = language == "zh" or not text[end : end + 1].isalnum()
        if ends and text[start:end] in known:
            return Numeral(start, end, known[text[start:end]])
    return None


def _at(text: str, start: int, language: Language) -> Numeral | None:
    if language == "en" and start and text[start - 1].isalnum():
        return None
    share = _share(text, start, language)
    if share is not None:
        return share
    spoken = numerals.number_at(text, start, language)
    if spoken is None:
        return None
    half = _HALF.match(text, spoken.end)
    if language == "zh" and half is not None and not spoken.percent:
        return Numeral(start, half.end(), spoken.value + 0.5)
    return Numeral(start, spoken.end, spoken.value)
