"""Numbers in words, as they are said."""

import random

from fujia.understanding.plan import Language

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spell(number: int | float, language: Language, chance: random.Random) -> str:
    """A number from 0 to 999 in words; a half as people say it."""
    if language == "zh":
        return _spell_chinese(number, chance)
    if not float(number).is_integer():
        return str(number)
    whole = int(number)
    if whole >= 100:
        rest = f" {spell(whole % 100, language, chance)}" if whole % 100 else ""
        return f"{_ONES[whole // 100]} hundred{rest}"
    if whole < 20:
        return _ONES[whole]
    return _TENS[whole // 10] + (f" {_ONES[whole % 10]}" if whole % 10 else "")


def _spell_chinese(number: int | float, chance: random.Random) -> str:
    import cn2an  # pyright: ignore[reportMissingTypeStubs]

    if number == 2 and chance.random() < 0.6:
        return "两"
    return str(cn2an.an2cn(str(number)))
