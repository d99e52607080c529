"""For models that know no schemas or no tools: both are said in words.

Small and older models answer in JSON when they are told how; many of them garble the tool calls
that the protocol has for it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from fujia.llm.jsontext import read_json
from fujia.llm.model import (
    ChatModel,
    Completion,
    Listen,
    Message,
    Request,
    Schema,
    Tool,
    ToolCall,
    own_name,
)

_SCHEMA = "Answer with one JSON object and nothing else. It must follow this JSON schema:\n{schema}"
_TOOLS = """You can call these tools:
{tools}
Put the calls that you need into "calls", in order; leave it empty when you need none. Put what you
want to say into "reply". Never say that something was done before a tool's result says so."""


class SchemaInWords(ChatModel):
    """Tells a model the schema that its answer must follow."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model.model
        self._model = model

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Answer as the model does; see ``ChatModel.complete``."""
        if request.schema is None:
            return self._model.complete(request, listen)
        words = _SCHEMA.format(schema=json.dumps(request.schema, ensure_ascii=False, default=dict))
        return self._model.complete(_with_words(request, words), listen)


class ToolsInWords(ChatModel):
    """Lets a model that has no tools ask for them in JSON; only whole answers are heard."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model.model
        self._model = model

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Answer as the model does; see ``ChatModel.complete``."""
        plain = replace(request, messages=[_plain(message) for message in request.messages])
        if not request.tools:
            return self._model.complete(plain, listen)
        lines = [_line(tool) for tool in request.tools]
        asked = _with_words(plain, _TOOLS.format(tools="\n".join(lines)))
        asked = replace(
            asked, tools=(), schema=_schema(request.tools), grammar=_grammar(request.tools)
        )
        return _with_calls(self._model.complete(asked))


def _line(tool: Tool) -> str:
    parameters = json.dumps(tool.parameters, ensure_ascii=False, default=dict)
    return f"- {tool.name}: {tool.description} Arguments: {parameters}"


def _schema(tools: Sequence[Tool]) -> Schema:
    return _answer(_call_form({"enum": [tool.name for tool in tools]}, {"type": "object"}))


def _grammar(tools: Sequence[Tool]) -> Schema:
    """Each tool with its own arguments; what their schemas refer to moves to the root."""
    forms: list[Schema] = []
    definitions: dict[str, Any] = {}
    for tool in tools:
        arguments = dict(tool.grammar or tool.parameters)
        definitions |= arguments.pop("$defs", {})
        forms.append(_call_form({"const": tool.name}, arguments))
    return {**_answer({"anyOf": forms}), "$defs": definitions}


def _call_form(name: Schema, arguments: Schema) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"name": name, "arguments": arguments},
        "required": ["name", "arguments"],
    }


def _answer(call: Schema) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"reply": {"type": "string"}, "calls": {"type": "array", "items": call}},
        "required": ["reply", "calls"],
    }


def _mappings(calls: Any) -> list[dict[str, Any]]:
    return [call for call in cast("list[Any]", calls) if isinstance(call, dict)]


def _arguments(call: Mapping[str, Any]) -> str:
    return json.dumps(call.get("arguments") or {}, ensure_ascii=False)


def _with_calls(completion: Completion) -> Completion:
    """The completion with its calls as calls; text that is no such JSON stays what it is."""
    content: Any = read_json(completion.text)
    if not isinstance(content, dict) or not isinstance(content.get("calls"), list):  # pyright: ignore[reportUnknownMemberType]
        return completion
    answer = cast("dict[str, Any]", content)
    calls = [
        ToolCall(str(call.get("name") or ""), _arguments(call), f"call-{number}")
        for number, call in enumerate(_mappings(answer["calls"]))
    ]
    return replace(completion, text=str(answer.get("reply") or ""), calls=tuple(calls))


def _plain(message: Message) -> Message:
    """A message without what a model that has no tools cannot read."""
    if message["role"] == "tool":
        return {"role": "user", "content": f"Result of the tool: {message['content']}"}
    if "tool_calls" in message:
        calls = [_call(call["function"]) for call in message["tool_calls"]]
        content = json.dumps({"reply": message["content"], "calls": calls}, ensure_ascii=False)
        return {"role": message["role"], "content": content}
    return message


def _call(function: Mapping[str, Any]) -> dict[str, Any]:
    """A call of the protocol as such a model writes one: our name, arguments as an object."""
    arguments: Any = read_json(function["arguments"])
    return {
        "name": own_name(function["name"]),
        "arguments": arguments if isinstance(arguments, dict) else {},
    }


def _with_words(request: Request, words: str) -> Request:
    """The request with more words of the system, behind those that it has."""
    messages = list(request.messages)
    first = messages[0] if messages and messages[0]["role"] == "system" else None
    if first is not None:
        words = f"{first['content']}\n\n{words}"
        del messages[0]
    return replace(request, messages=[{"role": "system", "content": words}, *messages])
