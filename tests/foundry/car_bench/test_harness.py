"""The guards against a small fake of the harness: a state, tools, and a car that is a dict."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from fujia.errors import InputError
from fujia.foundry.car_bench.harness import GuardedAgent
from fujia.llm.model import Completion, ToolCall
from fujia.llm.scripted import Scripted, ScriptedModel


@dataclass
class State:
    messages: list[dict[str, Any]]
    turn_counter: int = 0
    costs: list[float] = field(default_factory=list[float])


def info(name: str, *parameters: str, description: str = "") -> dict[str, Any]:
    properties = {one: {"type": "string"} for one in parameters}
    function = {
        "name": name, "description": description,
        "parameters": {"type": "object", "properties": properties},
    }  # fmt: skip
    return {"type": "function", "function": function}


TOOLS = [
    info("set_fan_speed", "level"),
    info("open_close_trunk_door", "action", description="REQUIRES_CONFIRMATION: opens it"),
]


def call(name: str, **args: Any) -> Completion:
    return Completion("", calls=(ToolCall(name, json.dumps(args), "c1"),))


def agent(*answers: Scripted) -> GuardedAgent:
    given = iter(answers)
    last = [answers[-1]]
    return GuardedAgent(ScriptedModel(lambda _asked, _sample: next(given, last[0])), State)


def says(made: GuardedAgent, *turns: dict[str, Any]) -> dict[str, Any]:
    state = made.get_init_state("policy", "Hello")
    state.messages += turns
    message, after = made.generate_next_message(state, TOOLS)
    assert after.messages == [*state.messages, message]
    return message


def test_a_call_that_is_there_goes_through():
    message = says(agent(call("set_fan_speed", level=2)))
    assert message["tool_calls"][0]["function"] == {
        "name": "set_fan_speed", "arguments": '{"level": 2}',
    }  # fmt: skip


def test_what_else_the_state_counts_stays():
    made = agent("Hi!")
    state = State([{"role": "user", "content": "Hello"}], turn_counter=4)
    _, after = made.generate_next_message(state, TOOLS)
    assert after.turn_counter == 4


@pytest.mark.parametrize(
    "wrong", [call("set_seat_heating", level=2), call("set_fan_speed", zone="all")]
)
def test_a_tool_or_argument_that_was_taken_away_is_not_called(wrong: Completion):
    message = says(agent(wrong, "I cannot set that in this car."))
    assert message == {"role": "assistant", "content": "I cannot set that in this car."}
    stubborn = says(agent(wrong))
    assert "tool_calls" not in stubborn and stubborn["content"]


def test_a_change_that_needs_a_yes_is_asked_about_first():
    opening = call("open_close_trunk_door", action="OPEN")
    asked = says(agent(opening))
    assert asked["content"] == "Shall I do this: open close trunk door (action OPEN)?"
    agreed = says(agent(opening), asked, {"role": "user", "content": "Yes, go ahead"})
    assert agreed["tool_calls"]
    refused = says(agent(opening), asked, {"role": "user", "content": "No!"})
    assert "tool_calls" not in refused


def test_a_claim_needs_a_successful_call():
    claim = "I have set the fan to two. Anything else?"
    assert says(agent(claim))["content"] == "Anything else?"
    assert says(agent("Done!"))["content"] == "Sorry, I could not do that."
    made = {"role": "assistant", "content": None,
            "tool_calls": [{"id": "c1", "function": {"name": "set_fan_speed"}}]}  # fmt: skip
    worked = {"role": "tool", "tool_call_id": "c1", "content": '{"status": "SUCCESS"}'}
    assert says(agent(claim), made, worked)["content"] == claim
    failed = {**worked, "content": '{"error": "no"}'}
    assert says(agent(claim), made, failed)["content"] == "Anything else?"


def test_without_the_harness_it_says_what_is_missing():
    with pytest.raises(InputError, match="harness is not installed"):
        GuardedAgent(ScriptedModel({}))
