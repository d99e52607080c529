import json

import pytest

from fujia.cabin.agent.intent import Draft, Intent, read_draft


def test_a_plan_is_read_with_what_it_leaves_out_and_without_what_it_invents():
    draft = read_draft({"steps": [{"skill": "seat.heating", "args": {"level": 2}, "mood": "warm"}],
                        "question": None, "weather": "fine"})  # fmt: skip
    assert draft == Draft(steps=(Intent(skill="seat.heating", args={"level": 2}),))


NO_PLANS = (
    "null", "[]", '"steps"', '{"steps": "all"}', '{"steps": [{"args": {}}]}',
    '{"steps": [' + ",".join(['{"skill": "climate.ac", "args": {}}'] * 25) + "]}",
    '{"question": {"text": "", "skill": "climate.ac"}}',
)  # fmt: skip


@pytest.mark.parametrize("content", NO_PLANS)
def test_what_is_no_plan_is_none_of_it(content: str):
    assert read_draft(json.loads(content)) is None


def test_a_step_that_waits_for_something_is_not_done_as_it_stands():
    assert Intent(skill="climate.ac").is_plain
    assert not Intent(skill="climate.ac", later=("on",)).is_plain
    assert not Intent(skill="climate.ac", only_if="it is hot").is_plain


def test_what_was_not_said_may_be_null():
    step = {"skill": "seat.heating", "args": {"level": 2, "zone": None}, "only_if": None}
    draft = read_draft({"steps": [step], "question": None})
    assert draft is not None
    assert draft.steps == (Intent(skill="seat.heating", args={"level": 2}),)
