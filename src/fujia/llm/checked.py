"""A model whose answers can be used: whole, in the language, by the schema, with real tools."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fujia.errors import MissingExtra, ModelError, Reason
from fujia.llm.jsontext import read_json
from fujia.llm.model import ChatModel, Completion, Language, Listen, Message, Request, Tool
from fujia.llm.patient import Once

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_AGAIN = "That answer cannot be used: {problem}. Answer again, and put that right."
_TOO_FEW = 6
"""Letters that tell no language: a unit, a name."""
_Problem = tuple[Reason, str]


class Checked(ChatModel):
    """Looks at each answer, and says once what is wrong with it before it gives up.

    JSON comes out clean, without fences and words around it.
    """

    def __init__(self, model: ChatModel, repairs: int = 1) -> None:
        self.model = model.model
        self._model, self._repairs = model, repairs

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """An answer that can be used; raises ModelError with the reason why there is none."""
        once, asked = Once(listen), request
        for left in range(self._repairs, -1, -1):
            completion = tidy(self._model.complete(asked, once.listen), request)
            problem = find_problem(completion, request)
            if problem is None:
                return completion
            reason, words = problem
            if not left or once.heard or reason == "refused":
                raise ModelError(f"{completion.model or self.model}: {words}", reason)
            asked = ask_again(request, completion, words)
        raise AssertionError("unreachable")


def tidy(completion: Completion, request: Request) -> Completion:
    """The completion with its JSON clean, where JSON was asked for and can be read."""
    content = read_json(completion.text) if request.schema is not None else None
    if content is None:
        return completion
    return replace(completion, text=json.dumps(content, ensure_ascii=False))


def find_problem(completion: Completion, request: Request) -> _Problem | None:
    """What is wrong with an answer: a reason, and words that a model may put right."""
    if completion.finish == "content_filter":
        return "refused", "the server's own filter stopped it"
    for call in completion.calls:
        problem = _call_problem(call.name, call.arguments, request.tools)
        if problem:
            return "malformed", problem
    if not completion.text.strip() and not completion.calls:
        return "empty", "it is empty"
    if request.schema is not None and not completion.calls:
        problem = _json_problem(completion, request.schema)
        return ("malformed", problem) if problem else None
    if completion.text and not in_language(completion.text, request.language):
        wanted = "Chinese" if request.language == "zh" else "English"
        return "language", f"it is not in {wanted}"
    return None


def _json_problem(completion: Completion, schema: Any) -> str | None:
    content = read_json(completion.text)
    if content is None:
        cut = completion.finish == "length"
        return "the JSON was cut off; be shorter" if cut else "it is not JSON"
    return validate(content, schema)


def _call_problem(name: str, arguments: str, tools: Sequence[Tool]) -> str | None:
    tool = next((tool for tool in tools if tool.name == name), None)
    if tool is None:
        known = ", ".join(tool.name for tool in tools) or "none"
        return f"there is no tool {name!r}; tools: {known}"
    try:
        content: Any = json.loads(arguments or "{}")
    except ValueError:
        return f"the arguments of {name} are not JSON"
    problem = validate(content, dict(tool.parameters) | {"type": "object"})
    return f"{name}: {problem}" if problem else None


def validate(content: Any, schema: Any) -> str | None:
    """The first thing in which JSON content does not follow its schema, in words.

    Raises:
        MissingExtra: the library that knows schemas is not installed.
    """
    try:
        import jsonschema_rs
    except ImportError:
        raise MissingExtra("llm") from None
    for error in jsonschema_rs.validator_for(schema).iter_errors(content):
        where = "/".join(str(part) for part in error.instance_path)
        return f"{where}: {error.message}" if where else str(error.message)
    return None


def tells_language(text: str) -> bool:
    """Whether a text is long enough to tell its language."""
    return 4 * len(_HAN.findall(text)) + len(_LATIN.findall(text)) >= _TOO_FEW


def in_language(text: str, language: Language | None) -> bool:
    """Whether a text may count as Chinese or English; names in the other one are no harm."""
    if language is None or not tells_language(text):
        return True
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    # One Chinese character says about as much as four letters.
    share = 4 * han / (4 * han + latin)
    return share >= 0.4 if language == "zh" else share <= 0.4


def ask_again(request: Request, completion: Completion, problem: str) -> Request:
    """The request with the answer that it had, and what is wrong with that, in words."""
    said: Message = {"role": "assistant", "content": completion.text or "(nothing)"}
    words: Message = {"role": "user", "content": _AGAIN.format(problem=problem)}
    return replace(request, messages=[*request.messages, said, words])
