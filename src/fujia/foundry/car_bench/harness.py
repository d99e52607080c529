"""Fujia's guards in CAR-bench's own harness, for whoever has it installed.

The harness plays the car and the person; it asks an agent for one message at a time. The agent here
is a model of yours with the guards of ours that work on messages: only tools and arguments that
are there now, no change that needs a yes without one, and no claim without a successful call. The
policy of our cars judges signals, and there are none there: it stays out.

::

    agent = GuardedAgent(model)               # any fujia.llm ChatModel, such as OpenAIModel
    state = agent.get_init_state(policy, first_words)
    message, state = agent.generate_next_message(state, tools_info)
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from fujia.cabin.agent.claims import claims, without_claims
from fujia.errors import InputError
from fujia.llm.model import ChatModel, Completion, Message, Request, Tool, ToolCall

_NEEDS_YES = "REQUIRES_CONFIRMATION"
_YES = re.compile(
    r"\b(yes|yeah|yep|sure|ok(ay)?|please do|go ahead|do it|confirm(ed)?)\b", re.IGNORECASE
)
_CHANGES = ("set_", "open_close_", "navigation_", "call_", "send_")
_NOTHING = "Sorry, I could not do that."
_REPAIRS = 2
_Dict = dict[str, Any]


class GuardedAgent:
    """The agent under test, with the two methods that the harness calls.

    ``state_type`` makes the harness's state out of its messages; without it, that of the installed
    harness is used.

    Raises:
        InputError: neither is there.
    """

    def __init__(self, model: ChatModel, state_type: Callable[..., Any] | None = None) -> None:
        self.model = model
        self._state_type = state_type or _installed_state()

    def get_init_state(self, system_prompt: str, initial_observation: str) -> Any:
        """The state before the first message."""
        first = {"role": "user", "content": initial_observation}
        return self._state_type(messages=[{"role": "system", "content": system_prompt}, first])

    def generate_next_message(
        self, state: Any, tools_info: Sequence[Mapping[str, Any]]
    ) -> tuple[_Dict, Any]:
        """The next message, calls or words, and the state with it; raises ModelError."""
        messages = [_plain(one) for one in cast("Sequence[Mapping[str, Any]]", state.messages)]
        request = Request(messages, tools=[_tool(one) for one in tools_info], temperature=0.0)
        completion = self.model.complete(request)
        for _ in range(_REPAIRS):
            problem = _problem(completion, request)
            if problem is None:
                break
            words: Message = {"role": "user", "content": f"(system) {problem}"}
            request = replace(request, messages=[*request.messages, words])
            completion = self.model.complete(request)
        message = _message(_guarded(completion, request, messages))
        return message, _with_message(state, message, self._state_type)


def _guarded(completion: Completion, request: Request, messages: Sequence[Message]) -> Completion:
    """What may go out: known calls that need no yes or have one, and words that claim nothing."""
    known = [one for one in completion.calls if _call_problem(one, request) is None]
    if known:
        return replace(completion, text="", calls=tuple(known))
    needs = [one for one in completion.calls if _awaits_yes(one, request)]
    if needs:
        return replace(completion, text=_question(needs), calls=())
    text = completion.text
    if not _has_changed(messages):
        text = without_claims(text, looked=True) or _NOTHING
    return replace(completion, text=text, calls=())


def _problem(completion: Completion, request: Request) -> str | None:
    """What the model should put right, in words."""
    for call in completion.calls:
        problem = _call_problem(call, request)
        if problem and not _awaits_yes(call, request):
            return problem
    if not completion.calls and claims(completion.text, looked=True):
        changed = _has_changed(request.messages)
        return None if changed else "No change was made since the person spoke; do not claim one."
    return None


def _call_problem(call: ToolCall, request: Request) -> str | None:
    tool = next((one for one in request.tools if one.name == call.name), None)
    if tool is None:
        return f"There is no tool {call.name}; say so, and do not work around it."
    try:
        args = call.args()
    except ValueError:
        return f"The arguments of {call.name} are no JSON."
    strange = next((one for one in args if one not in tool.parameters.get("properties", {})), None)
    if strange:
        return f"{call.name} takes no {strange} here; say so, and do not work around it."
    if _awaits_yes(call, request):
        return f"{call.name} needs a yes first."
    return None


def _awaits_yes(call: ToolCall, request: Request) -> bool:
    """Whether a call needs a yes that the person's last words do not give."""
    tool = next((one for one in request.tools if one.name == call.name), None)
    if tool is None or not tool.description.startswith(_NEEDS_YES):
        return False
    said = [one for one in request.messages if one["role"] in ("user", "assistant")]
    people = [n for n, one in enumerate(said) if one["role"] == "user" and not _is_note(one)]
    last = people[-1] if people else 0
    was_asked = any(
        one["role"] == "assistant" and "?" in one["content"]
        for one in said[max(0, last - 1) : last]
    )
    return not (was_asked and _YES.search(said[last]["content"]))


def _is_note(message: Message) -> bool:
    return message["content"].startswith("(system) ")


def _question(calls: Sequence[ToolCall]) -> str:
    shown = "; ".join(
        f"{call.name.replace('_', ' ')} ({', '.join(f'{k} {v}' for k, v in call.args().items())})"
        for call in calls
    )
    return f"Shall I do this: {shown}?"


def _has_changed(messages: Sequence[Message]) -> bool:
    """Whether a change was carried out without an error since the person spoke last."""
    names: dict[str, str] = {}
    changed = False
    for message in messages:
        if message["role"] == "user" and not _is_note(message):
            names.clear()
            changed = False
        for call in message.get("tool_calls", ()) or ():
            names[str(call.get("id", ""))] = str(call["function"]["name"])
        if message["role"] == "tool":
            name = names.get(message.get("tool_call_id", ""), "")
            failed = "error" in message["content"][:200].lower()
            changed = changed or (name.startswith(_CHANGES) and not failed)
    return changed


def _plain(message: Mapping[str, Any]) -> Message:
    kept: _Dict = {"role": message["role"], "content": str(message.get("content") or "")}
    kept |= {name: message[name] for name in ("tool_calls", "tool_call_id") if message.get(name)}
    return cast("Message", kept)


def _tool(info: Mapping[str, Any]) -> Tool:
    function: Mapping[str, Any] = info["function"]
    parameters: Mapping[str, Any] = function.get("parameters") or {}
    return Tool(str(function["name"]), str(function.get("description", "")), parameters)


def _message(completion: Completion) -> _Dict:
    message: _Dict = {"role": "assistant", "content": completion.text or None}
    if completion.calls:
        message["tool_calls"] = [
            {"id": call.id or f"call-{number}", "type": "function",
             "function": {"name": call.name, "arguments": json.dumps(call.args())}}
            for number, call in enumerate(completion.calls)
        ]  # fmt: skip
    return message


def _with_message(state: Any, message: _Dict, state_type: Callable[..., Any]) -> Any:
    """The state with one message more; what else it counts stays."""
    known = cast("_Dict", vars(state))
    fields = {name: value for name, value in known.items() if not name.startswith("_")}
    return state_type(**{**fields, "messages": [*state.messages, message]})


def _installed_state() -> Callable[..., Any]:
    try:
        from car_bench.types import AgentState  # pyright: ignore
    except ImportError:
        raise InputError(
            "CAR-bench's harness is not installed; install it, or give state_type"
        ) from None
    return cast("Callable[..., Any]", AgentState)
