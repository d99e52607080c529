import json

import pytest

from fujia.cabin.agent.intent import Draft, Intent, draft_grammar, read_draft
from fujia.llm.checked import validate


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


def test_each_tool_has_its_own_arguments_in_the_grammar_of_a_plan():
    pytest.importorskip("jsonschema_rs", reason="the extra 'llm' is not installed")
    level = {"properties": {"level": {"type": "integer"}}, "required": ["level"]}
    grammar = draft_grammar({"seat.heating": level, "light.all": {"properties": {}}})

    def problem(step: dict[str, object]) -> str | None:
        return validate({"steps": [step]}, grammar)

    assert problem({"skill": "seat.heating", "args": {"level": 2}}) is None
    assert problem({"skill": "seat.heating", "args": {}, "later": ["level"]}) is None
    assert problem({"skill": "light.all", "args": {}}) is None
    assert problem({"skill": "light.all", "args": {"level": 2}})
    assert problem({"skill": "seat.heating", "args": {}, "later": ["station"]})
    assert problem({"skill": "rocket.start", "args": {}})
