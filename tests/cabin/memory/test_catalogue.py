import pytest

from fujia.cabin.memory.catalogue import load_catalogue
from fujia.cabin.skills import SKILLS


def test_whatever_brings_a_preference_about_is_a_skill_with_that_argument():
    for what, kind in load_catalogue().kinds.items():
        assert bool(kind.skill) == bool(kind.argument), what
        if kind.skill:
            assert kind.argument in SKILLS[kind.skill].arguments.model_fields, what


@pytest.mark.parametrize(
    ("said", "what"), [("家", "home"), ("My House", "home"), ("公司", "work"), ("健身房", None)]
)
def test_people_call_home_and_work_by_many_names(said: str, what: str | None):
    assert load_catalogue().place(said) == what


def test_days_are_known_by_their_names_and_named_again():
    days = load_catalogue()
    assert days.days_called("工作日") == (1, 2, 3, 4, 5)
    assert days.days_called("On Weekends") == (6, 7)
    assert days.days_called("哪天都行") is None
    assert days.days_words((6, 7), "zh") == "周末"
    assert days.days_words((1, 3), "en") == "on Mondays, on Wednesdays"
