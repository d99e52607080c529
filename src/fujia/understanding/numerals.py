"""Spoken numbers: ``23.5``, 二十三度半, 百分之五十, "twenty three and a half"."""

import re
from functools import lru_cache
from typing import NamedTuple

from fujia.understanding.plan import Language

_HAN = "零〇一二两俩三四五六七八九十百千"  # 千 not in 千赫, 千米
CHINESE = re.compile(
    rf"百分之(?P<percent>[{_HAN}点半]+|\d+(?:\.\d+)?)"
    rf"|(?P<digits>\d+(?:\.\d+)?)"
    rf"|(?P<tenths>[一二三四五六七八九])成"
    rf"|(?P<han>(?:(?!千[赫米克瓦卡焦])[{_HAN}])+(?:点[零〇一二两三四五六七八九]+)?)"
)
_DIGITS = {character: float(value) for value, character in enumerate("零一二三四五六七八九十")} | {
    "两": 2.0, "俩": 2.0, "〇": 0.0, "百": 100.0, "千": 1000.0,
}  # fmt: skip
_ONES: dict[str, int] = dict(zip(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen".split(), range(20), strict=True,
))  # fmt: skip
_TENS: dict[str, int] = dict(zip(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10),
    strict=True,
))  # fmt: skip
_WORD = "|".join([*_TENS, *sorted(_ONES, key=len, reverse=True)])
ENGLISH = re.compile(
    rf"(?P<digits>\d+(?:\.\d+)?)(?![a-z\d])"
    rf"|(?P<words>\b(?:(?:{_WORD}|hundred)(?:[ -](?:and (?={_WORD}|hundred))?|\b))+"
    rf"(?:point (?:{_WORD}))?)"
)


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral, or None: 二十三 is 23, 一百二 is 120, 二三 is 23."""
    if len(text) == 1:
        return _DIGITS.get(text)
    import cn2an  # costs 0.15 s, and most sentences hold no longer numeral

    text = text.replace("〇", "零").replace("俩", "两")
    try:
        return float(cn2an.cn2an(text, "smart"))
    except (ValueError, LookupError):  # cn2an raises KeyError for 十十 and 二十三二十三
        return None


def english_number(text: str) -> float | None:
    """The value of an English number in words, or None."""
    whole, _, fraction = text.strip().replace("-", " ").partition(" point ")
    total = 0
    for word in whole.split():
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _TENS:
            total += _TENS[word]
        elif word in _ONES:
            total += _ONES[word]
        elif word != "and":
            return None
    if not fraction:
        return float(total)
    return total + _ONES[fraction.strip()] / 10 if fraction.strip() in _ONES else None


class Spoken(NamedTuple):
    """A number that ends at ``text[end]``."""

    end: int
    value: float
    percent: bool = False


def number_at(text: str, start: int, language: Language) -> Spoken | None:
    """The number that begins at ``text[start]``, or None."""
    return _english_at(text, start) if language == "en" else _chinese_at(text, start)


def _english_at(text: str, start: int) -> Spoken | None:
    match = ENGLISH.match(text, start)
    if match is None:
        return None
    digits = match["digits"]
    value = float(digits) if digits else english_number(match["words"])
    return None if value is None else Spoken(start + len(match.group().rstrip(" -")), value)


def _chinese_at(text: str, start: int) -> Spoken | None:
    match = CHINESE.match(text, start)
    if match is None:
        return None
    if match["tenths"]:
        tenths = chinese_number(match["tenths"])
        return None if tenths is None else Spoken(match.end(), tenths * 10, True)
    said = match["percent"] or match["digits"] or match["han"]
    value = float(said) if said[0].isdigit() else chinese_number(said)
    return None if value is None else Spoken(match.end(), value, bool(match["percent"]))
