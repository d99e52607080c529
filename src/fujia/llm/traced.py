"""A model whose calls are OpenTelemetry spans, where its interface is installed.

Spans name the model, count tokens and say how a call ended; they never hold what was said.
"""

from typing import Any

from fujia.errors import ModelError
from fujia.llm.model import ChatModel, Completion, Listen, Request


def tracer() -> Any:
    """The tracer of OpenTelemetry, or None without it."""
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace.get_tracer("fujia.llm")


class Traced(ChatModel):
    """Wraps each call in a span that follows the conventions for generative models."""

    def __init__(self, model: ChatModel, server: str, tracer: Any) -> None:
        self.model = model.model
        self._model, self._server, self._tracer = model, server, tracer

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Answer as the model does; see ``ChatModel.complete``."""
        asked = {
            "gen_ai.operation.name": "chat",
            "gen_ai.request.model": self.model,
            "gen_ai.request.max_tokens": request.max_tokens,
            "gen_ai.request.temperature": request.temperature,
            "server.address": self._server,
        }
        with self._tracer.start_as_current_span(
            f"chat {self.model}", attributes=asked, record_exception=False
        ) as span:
            try:
                completion = self._model.complete(request, listen)
            except ModelError as error:
                span.set_attribute("error.type", error.reason)
                raise
            span.set_attribute("gen_ai.usage.input_tokens", completion.prompt_tokens)
            span.set_attribute("gen_ai.usage.output_tokens", completion.completion_tokens)
            span.set_attribute("gen_ai.response.finish_reasons", [completion.finish])
            return completion
