"""An answer put together from what a server sends: whole, or in pieces."""

from typing import Any

from fujia.errors import ModelError
from fujia.llm.model import Completion, Listen, Piece, Request, ToolCall, wire_name
from fujia.llm.reasoning import ThoughtSplitter


class Assembly:
    """Gathers the text, the thoughts, the tool calls and the count of tokens of one answer."""

    def __init__(self, model: str, most_reasoning: int, listen: Listen | None = None) -> None:
        self._model, self._most_reasoning, self._listen = model, most_reasoning, listen
        self._text: list[str] = []
        self._thoughts: list[str] = []
        self._thought = 0
        self._calls: dict[int, list[str]] = {}
        self._finish = ""
        self._usage: Any = None
        self._splitter = ThoughtSplitter()

    def add(self, part: Any) -> None:
        """Take in a ``message`` or a ``delta`` with what stands beside it."""
        self._usage = getattr(part, "usage", None) or self._usage
        if not part.choices:
            return
        choice = part.choices[0]
        said = getattr(choice, "delta", None) or getattr(choice, "message", None)
        self._finish = choice.finish_reason or self._finish
        if said is None:
            return
        # DeepSeek and its kin say reasoning_content, others reasoning.
        thought = getattr(said, "reasoning_content", None) or getattr(said, "reasoning", None)
        if isinstance(thought, str) and thought:
            self._take(Piece(thought, "reasoning"))
        for piece in self._splitter.feed(str(said.content or "")):
            self._take(piece)
        for position, call in enumerate(said.tool_calls or ()):
            self._add_call(getattr(call, "index", None), position, call)

    def _add_call(self, index: int | None, position: int, call: Any) -> None:
        known = self._calls.setdefault(position if index is None else index, ["", "", ""])
        known[0] = known[0] or str(call.id or "")
        known[1] += str(call.function.name or "")
        known[2] += str(call.function.arguments or "")

    def _take(self, piece: Piece) -> None:
        if piece.kind == "reasoning":
            self._thought += len(piece.text)
            if self._thought > self._most_reasoning:
                raise ModelError(f"{self._model} did not stop thinking", "endless", billed=True)
        (self._text if piece.kind == "answer" else self._thoughts).append(piece.text)
        if self._listen:
            self._listen(piece)

    def completion(self, request: Request) -> Completion:
        """The answer; raises ModelError where the server ended without one."""
        for piece in self._splitter.end():
            self._take(piece)
        if not self._finish:
            raise ModelError(f"{self._model} sent no completion", billed=True)
        text = "".join(self._text)
        prompt, completion, cached = self._tokens(request, text)
        names = {wire_name(tool.name): tool.name for tool in request.tools}
        calls = [
            ToolCall(names.get(name, name), args, id_) for id_, name, args in self._calls.values()
        ]
        return Completion(
            text, prompt, completion, cached,
            "".join(self._thoughts), tuple(calls), self._finish, self._model,
        )  # fmt: skip

    def _tokens(self, request: Request, text: str) -> tuple[int, int, int]:
        """Tokens of the prompt, of the answer, and those that the server knew already."""
        usage = self._usage
        if usage is None:  # not every server counts: no tokenizer makes more than there are bytes
            asked = sum(len(message["content"].encode()) for message in request.messages)
            return asked, len(text.encode()) + self._thought, 0
        cached = getattr(usage, "prompt_cache_hit_tokens", None)
        if cached is None:
            details = getattr(usage, "prompt_tokens_details", None)
            cached = getattr(details, "cached_tokens", None)
        return int(usage.prompt_tokens), int(usage.completion_tokens), int(cached or 0)
