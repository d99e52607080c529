"""Any server that speaks the OpenAI protocol: DeepSeek, vLLM, llama.cpp, Ollama, other vendors."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from fujia.errors import InputError, MissingExtra, ModelError, Reason
from fujia.llm.assembly import Assembly
from fujia.llm.grammar import as_grammar
from fujia.llm.model import ChatModel, Completion, Listen, Request, wire_name

Mode = Literal["json_object", "json_schema", "none"]
"""What a server understands: any JSON object, one that follows a schema, or neither."""

DEEPSEEK = "https://api.deepseek.com"
KEY_VARIABLE = "DEEPSEEK_API_KEY"
MOST_REASONING = 24_000
"""Characters of thought after which a model counts as one that does not stop."""

_REASONS: Mapping[int, Reason] = {
    401: "key", 403: "key", 402: "balance", 404: "unknown_model", 413: "too_long",
    408: "busy", 409: "busy", 425: "busy", 429: "busy",
}  # fmt: skip


@dataclass
class OpenAIModel(ChatModel):
    """Asks once: whoever repeats must know the budget.

    The key is taken from the environment and never shown; a server that needs none is given a
    word in its place.

    Raises:
        MissingExtra: the client library is not installed.
        InputError: there is no key, or it would travel unencrypted.
    """

    model: str = "deepseek-chat"
    base_url: str = DEEPSEEK
    mode: Mode = "json_object"
    timeout_s: float = 60.0
    key_variable: str | None = KEY_VARIABLE
    """The variable that holds the key; None where the server needs none."""
    most_reasoning: int = MOST_REASONING
    sent: Callable[[str, Mapping[str, Any]], None] | None = None
    """Told the server and the body before each request: exactly what leaves."""
    http_client: Any = field(default=None, repr=False)
    """An ``httpx2.Client`` of your own: for proxies, and for tests."""

    def __post_init__(self) -> None:
        """Make the client."""
        try:
            import openai
        except ImportError:
            raise MissingExtra("llm") from None
        self._openai: Any = openai
        client: Any = openai.OpenAI(
            api_key=self._key(),
            base_url=self.base_url,
            timeout=self.timeout_s,
            max_retries=0,
            http_client=self.http_client,
        )
        # The library loads the half of itself here: better now than in the time of an answer.
        self._completions: Any = client.chat.completions

    def _key(self) -> str:
        if self.key_variable is None:
            return "none"
        key = os.environ.get(self.key_variable, "").strip()
        if not key:
            raise InputError(f"{self.key_variable} is not set; it holds the key of {self.base_url}")
        if not key.isascii() or not key.isprintable() or " " in key:
            raise InputError(f"{self.key_variable} holds no key: only letters, digits and signs")
        url = urlsplit(self.base_url)
        if url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise InputError(f"{self.base_url} would carry the key unencrypted; use https")
        return key

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Ask the server; see ``ChatModel.complete``."""
        streams = listen is not None or request.until is not None
        body = self._body(request, streams=streams)
        if self.sent:
            self._write_down(body)
        assembly = Assembly(self.model, self.most_reasoning, listen)
        try:
            answer = self._completions.create(**body, timeout=self._time_left(request))
            if streams:
                with answer:
                    for part in answer:
                        assembly.add(part)
                        self._time_left(request)
            else:
                assembly.add(answer)
            return assembly.completion(request)
        except self._openai.APIStatusError as error:
            raise self._refusal(error) from None
        except self._openai.APITimeoutError:
            raise ModelError(f"{self.base_url} timed out", "timeout", billed=True) from None
        except self._openai.APIConnectionError:
            raise ModelError(f"{self.base_url} cannot be reached", "unreachable") from None
        except (self._openai.OpenAIError, AttributeError, IndexError, TypeError, ValueError):
            raise ModelError(f"{self.base_url} sent no completion", billed=True) from None
        except Exception as error:
            # A line that breaks in the middle of an answer is an error of the HTTP library.
            if type(error).__module__.split(".")[0] not in ("httpx", "httpx2", "httpcore2"):
                raise
            slow = "Timeout" in type(error).__name__
            reason: Reason = "timeout" if slow else "unreachable"
            raise ModelError(f"{self.base_url} broke off", reason, billed=True) from None

    def _write_down(self, body: Mapping[str, Any]) -> None:
        assert self.sent
        try:
            self.sent(self.base_url, body)
        except OSError as error:
            words = f"what is sent cannot be written down ({error.strerror}), so nothing is sent"
            raise ModelError(words, "not_configured") from None

    def _body(self, request: Request, *, streams: bool) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [dict(message) for message in request.messages],
            "temperature": request.temperature,
            "max_tokens": request.max_tokens,
        }
        if request.schema is not None and self.mode == "json_object":
            body["response_format"] = {"type": "json_object"}
        elif request.schema is not None and self.mode == "json_schema":
            schema = {"name": "answer", "schema": as_grammar(request.grammar or request.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        if request.tools:
            body["tools"] = [
                {"type": "function", "function": {
                    "name": wire_name(tool.name), "description": tool.description,
                    "parameters": dict(tool.parameters)}}
                for tool in request.tools
            ]  # fmt: skip
        if streams:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return body

    def _time_left(self, request: Request) -> float:
        """Seconds that one read may take; raises ModelError when there is no time left."""
        if request.until is None:
            return self.timeout_s
        left = request.until - time.monotonic()
        if left <= 0:
            raise ModelError(f"{self.base_url} took too long", "timeout", billed=True)
        return min(self.timeout_s, left)

    def _refusal(self, error: Any) -> ModelError:
        # The text of the server may repeat a part of the key: only the status is kept.
        status = int(error.status_code)
        reason: Reason = _REASONS.get(status, "server" if status >= 500 else "rejected")
        if status == 400 and "context" in str(error).lower():
            reason = "too_long"
        wait = str(error.response.headers.get("retry-after", ""))
        wait_s = float(wait) if wait.replace(".", "", 1).isdecimal() else 0.0
        return ModelError(f"{self.base_url} answered {status}", reason, wait_s=wait_s)
