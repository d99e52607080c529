"""From spoken words to what a fact holds: numbers, times of day, days of the week."""

import re

from fujia.cabin.memory.catalogue import load_catalogue
from fujia.understanding.normalise import detect_language, normalise
from fujia.understanding.numerals import number_at
from fujia.understanding.times import find_later

_BARE_HOUR = re.compile(r"^(?:at )?(\d{1,2})$")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_QUARTERS = {"一刻": "十五分", "三刻": "四十五分"}
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def read_number(spoken: float | str) -> float | None:
    """The number that is said first: 二十一 is 21; None if there is none."""
    if isinstance(spoken, (int, float)):
        return float(spoken)
    text = spoken.strip().lower()
    for start in range(len(text)):
        found = number_at(text, start, detect_language(text))
        if found is not None:
            return found.value
    return None


def read_time(spoken: str) -> str | None:
    """A time of day as ``HH:MM``: 早上八点半 is 08:30; None if it is none."""
    text = spoken.strip().lower()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return f"{int(clock[1]):02d}:{clock[2]}"
    if _BARE_HOUR.match(text):
        text = _BARE_HOUR.sub(r"at \1:00", text)
    for quarter, minutes in _QUARTERS.items():
        text = text.replace(quarter, minutes)
    # 八点 alone may mean "a bit", and 五十 any number; what is asked for here is a time.
    for said in (f"{text}分", text, f"{text}整", f"at {text}", f"at {text} o'clock"):
        later = find_later(normalise(said, {}, {}))
        if later is not None and later.clock is not None and later.end - later.start >= len(text):
            return later.clock
    return None


def read_days(spoken: str | None) -> tuple[int, ...] | None:
    """Days of the week, 1 for Monday; every day where none were named, None if it is none."""
    if not spoken:
        return EVERY_DAY
    return load_catalogue().days_called(spoken)
