import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.cabin.memory.spoken import EVERY_DAY, read_days, read_number, read_time


@pytest.mark.parametrize(
    ("spoken", "time"),
    [
        ("八点", "08:00"), ("早上八点半", "08:30"), ("七点五十", "07:50"), ("晚上六点", "18:00"),
        ("早上八点一刻", "08:15"), ("十八点", "18:00"), ("7:50", "07:50"), ("8", "08:00"),
        ("8 am", "08:00"), ("7:30 pm", "19:30"), ("half past seven", "07:30"), ("eight", "08:00"),
        ("傍晚", None), ("25点", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_times_of_day(spoken: str, time: str | None) -> None:
    assert read_time(spoken) == time


@pytest.mark.parametrize(
    ("spoken", "number"),
    [("21", 21), ("二十一", 21), ("21.5", 21.5), ("twenty one", 21), ("三档", 3), (22, 22),
     ("冷", None), ("", None)],
)  # fmt: skip
def test_numbers(spoken: float | str, number: float | None) -> None:
    assert read_number(spoken) == number


@pytest.mark.parametrize(
    ("spoken", "days"),
    [(None, EVERY_DAY), ("每天", EVERY_DAY), ("On Weekdays", (1, 2, 3, 4, 5)), ("周末", (6, 7)),
     ("每周三", (3,)), ("偶尔", None)],
)  # fmt: skip
def test_days(spoken: str | None, days: tuple[int, ...] | None) -> None:
    assert read_days(spoken) == days


@given(st.text(max_size=30))
def test_nothing_that_is_said_breaks_it(text: str) -> None:
    time = read_time(text)
    assert time is None or (len(time) == 5 and time < "24:00")
    read_number(text)
    read_days(text)
