from typing import get_args

from fujia import Outcome
from fujia.serve.cockpit.marks import mark


def test_outcomes_that_mean_different_things_have_different_marks():
    marks = {outcome: mark(outcome) for outcome in get_args(Outcome)}
    assert marks.pop("question") == marks["needs_confirmation"]
    assert len(set(marks.values())) == len(marks)


def test_a_verdict_has_the_mark_of_its_outcome():
    assert mark("refuse") == mark("refused")
    assert mark("confirm") == mark("needs_confirmation")
