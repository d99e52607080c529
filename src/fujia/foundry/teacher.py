"""The seam to the teacher: a large model that labels what people say.

A teacher answers one conversation with one JSON text and says what it cost in tokens. Retries,
the cache and the budget are wrapped around it: see ``fujia.foundry.purse``.
"""

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from fujia.errors import InputError, MissingExtra, TeacherError

Message = Mapping[str, str]
"""``role`` (system, user, assistant) and ``content``."""
Schema = Mapping[str, Any]
"""A JSON schema."""
Mode = Literal["json_object", "json_schema"]
"""What a server understands: any JSON object, or one that follows a schema."""

DEEPSEEK = "https://api.deepseek.com"
KEY_VARIABLE = "DEEPSEEK_API_KEY"
MOST_TOKENS = 1024
"""Tokens that one answer may have; twenty commands fit."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer. ``cached_tokens`` of the ``prompt_tokens`` cost less, where a server says so."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0


Scripted = str | Exception
"""What a fake teacher does: answer, or fail."""


class Teacher(ABC):
    """A model that answers in JSON. Called from several threads at once."""

    model: str
    """The name that prices and the cache know it by."""

    @abstractmethod
    def complete(self, messages: Sequence[Message], schema: Schema, sample: int = 0) -> Completion:
        """One answer; ``sample`` tells apart several answers to the same question.

        Raises:
            TeacherError: no answer came; ``billed`` says whether it may cost something.
        """


class ScriptedTeacher(Teacher):
    """The fake: answers what it was told for the last message, in order of the sample."""

    def __init__(
        self,
        answers: Mapping[str, Sequence[Scripted]] | Callable[[str, int], Scripted],
        model: str = "scripted",
    ) -> None:
        self.model = model
        self.calls: list[str] = []
        self._answer = answers if callable(answers) else partial(_listed, answers)
        self._lock = threading.Lock()

    def complete(self, messages: Sequence[Message], schema: Schema, sample: int = 0) -> Completion:
        """The scripted answer, one token for each character; raises what was scripted."""
        asked = messages[-1]["content"]
        with self._lock:
            self.calls.append(asked)
        answer = self._answer(asked, sample)
        if isinstance(answer, Exception):
            raise answer
        prompt = sum(len(message["content"]) for message in messages)
        return Completion(answer, prompt, len(answer))


def _listed(answers: Mapping[str, Sequence[Scripted]], asked: str, sample: int) -> Scripted:
    script = answers.get(asked, ("{}",))
    return script[min(sample, len(script) - 1)]


@dataclass
class OpenAITeacher(Teacher):
    """Any server that speaks the OpenAI protocol; DeepSeek unless told otherwise.

    Asks once: whoever repeats must know the budget, see ``fujia.foundry.purse``. The key is taken
    from the environment and never shown.

    Raises:
        MissingExtra: the client library is not installed.
        InputError: there is no key.
    """

    model: str = "deepseek-chat"
    base_url: str = DEEPSEEK
    mode: Mode = "json_object"
    temperature: float = 0.5
    timeout_s: float = 60.0
    key_variable: str = KEY_VARIABLE
    http_client: Any = field(default=None, repr=False)
    """An ``httpx.Client`` of your own: for proxies, and for tests."""

    def __post_init__(self) -> None:
        """Make the client."""
        try:
            import openai
        except ImportError:
            raise MissingExtra("foundry") from None
        key = os.environ.get(self.key_variable)
        if not key:
            raise InputError(f"{self.key_variable} is not set; it holds the key of {self.base_url}")
        self._openai: Any = openai
        self._client: Any = openai.OpenAI(
            api_key=key,
            base_url=self.base_url,
            timeout=self.timeout_s,
            max_retries=0,
            http_client=self.http_client,
        )

    def complete(self, messages: Sequence[Message], schema: Schema, sample: int = 0) -> Completion:
        """Ask the server; see ``Teacher.complete``."""
        try:
            answer = self._client.chat.completions.create(
                model=self.model,
                messages=[dict(message) for message in messages],
                response_format=self._format(schema),
                temperature=self.temperature,
                max_tokens=MOST_TOKENS,
            )
        except self._openai.APIStatusError as error:
            # The text of the server may repeat a part of the key: only the status is kept.
            status = int(error.status_code)
            raise TeacherError(f"{self.base_url} answered {status}", _cause(status)) from None
        except self._openai.APITimeoutError:
            raise TeacherError(f"{self.base_url} timed out", "passing", billed=True) from None
        except self._openai.APIConnectionError:
            raise TeacherError(f"{self.base_url} cannot be reached", "passing") from None
        except (self._openai.OpenAIError, ValueError):
            raise TeacherError(f"{self.base_url} sent no completion", billed=True) from None
        return _completion(answer, self.base_url)

    def _format(self, schema: Schema) -> dict[str, Any]:
        if self.mode == "json_object":
            return {"type": "json_object"}
        return {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}}


def _cause(status: int) -> Literal["passing", "question", "access"]:
    if status in (408, 409, 425, 429) or status >= 500:
        return "passing"
    # No or a wrong key, no money, no such model: no other question would fare better.
    return "access" if status in (401, 402, 403, 404) else "question"


def _completion(answer: Any, base_url: str) -> Completion:
    """What the client library read, as a completion; servers differ in what they report."""
    try:
        text = answer.choices[0].message.content or ""
        usage = answer.usage
        # DeepSeek has a field of its own; others follow OpenAI.
        cached = getattr(usage, "prompt_cache_hit_tokens", None)
        if cached is None:
            details = getattr(usage, "prompt_tokens_details", None)
            cached = getattr(details, "cached_tokens", None)
        return Completion(
            str(text), int(usage.prompt_tokens), int(usage.completion_tokens), int(cached or 0)
        )
    except (AttributeError, IndexError, TypeError, ValueError):
        raise TeacherError(f"{base_url} sent no completion", billed=True) from None
