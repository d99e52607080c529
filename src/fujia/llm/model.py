"""The seam to language models: a request goes in, a completion comes out."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

Schema = Mapping[str, Any]
"""A JSON schema."""
Language = Literal["zh", "en"]
Need = Literal["position", "contacts"]
"""Private things that some requests cannot do without."""

MOST_TOKENS = 1024
"""Tokens that one answer may have unless a request says otherwise."""


class Message(TypedDict):
    """One message of a conversation, as it goes over the wire."""

    role: str
    """``system``, ``user``, ``assistant`` or ``tool``."""
    content: str
    tool_calls: NotRequired[list[dict[str, Any]]]
    tool_call_id: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that a model may ask for; ``parameters`` is the schema of its arguments."""

    name: str
    description: str
    parameters: Schema
    grammar: Schema | None = None
    """Stricter arguments for a server that holds a model to them; see ``Request.grammar``."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that a model asks for; ``arguments`` is JSON text, as it came."""

    name: str
    arguments: str = "{}"
    id: str = ""

    def args(self) -> dict[str, Any]:
        """The arguments; a gateway hands out only calls whose arguments can be read."""
        return json.loads(self.arguments or "{}")


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked, and what it may take."""

    messages: Sequence[Message]
    schema: Schema | None = None
    """The answer is JSON that follows it."""
    sample: int = 0
    """Tells apart several answers to the same question."""
    tools: Sequence[Tool] = ()
    temperature: float = 0.5
    max_tokens: int = MOST_TOKENS
    turn: str = ""
    """The turn that pays for it."""
    needs: frozenset[Need] = frozenset()
    language: Language | None = None
    """The language that the answer must be in, where it matters."""
    time_s: float | None = None
    """Seconds that it may take, retries and other models included."""
    grammar: Schema | None = None
    """A stricter schema for servers that hold a model to it while it writes; too long for words."""
    until: float | None = None
    """The same as a time of ``time.monotonic``; set by the gateway."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer. ``cached_tokens`` of the ``prompt_tokens`` cost less, where a server says so."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    reasoning: str = ""
    """What a model thought on the way; never spoken."""
    calls: tuple[ToolCall, ...] = ()
    finish: str = "stop"
    model: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer while it is being written."""

    text: str
    kind: Literal["answer", "reasoning"] = "answer"


Listen = Callable[[Piece], None]
"""Hears the pieces as they come, in the thread that receives them; what it raises ends the call."""


class ChatModel(ABC):
    """A language model, or a wrapper around one. Called from several threads at once."""

    model: str
    """The name that prices, logs and the cache know it by."""

    @property
    def is_local(self) -> bool:
        """Whether it is known that nothing but this machine is asked."""
        return False

    @abstractmethod
    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Answer a request; raises ModelError, which says whether it may cost something."""


def wire_name(name: str) -> str:
    """The name of a tool as the protocol allows it: no dots."""
    return name.replace(".", "__")


def own_name(name: str) -> str:
    """The name of a tool as it is called here, from that of the protocol."""
    return name.replace("__", ".")
