"""A language model that answers what it was told: for tests, demonstrations and replays."""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from fujia.llm.model import ChatModel, Completion, Listen, Piece, Request

Scripted = str | Completion | Exception
"""What the model does: answer, or fail."""
Script = Mapping[str, Sequence[Scripted]] | Callable[[str, int], Scripted]
"""Answers by the text of the last message, in order of the sample; or a function of both."""

_TOKEN = re.compile(r"[A-Za-z]+\s?|\s+|.", re.DOTALL)


class ScriptedModel(ChatModel):
    """Answers from a script; streams a token at a time, at ``tokens_per_s`` where that is given."""

    def __init__(
        self,
        answers: Script,
        model: str = "scripted",
        *,
        tokens_per_s: float | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model = model
        self.calls: list[str] = []
        """The last message of each request."""
        self.requests: list[Request] = []
        self._answer = answers if callable(answers) else partial(_listed, answers)
        self._pause_s = 1 / tokens_per_s if tokens_per_s else 0.0
        self._sleep = sleep
        self._lock = threading.Lock()

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """The scripted answer, one token for each character; raises what was scripted."""
        asked = request.messages[-1]["content"]
        with self._lock:
            self.calls.append(asked)
            self.requests.append(request)
        answer = self._answer(asked, request.sample)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, str):
            prompt = sum(len(message["content"]) for message in request.messages)
            answer = Completion(answer, prompt, len(answer))
        if listen:
            self._stream(answer, listen)
        return answer if answer.model else replace(answer, model=self.model)

    def _stream(self, answer: Completion, listen: Listen) -> None:
        if answer.reasoning:
            listen(Piece(answer.reasoning, "reasoning"))
        for token in _TOKEN.findall(answer.text):
            if self._pause_s:
                self._sleep(self._pause_s)
            listen(Piece(token))


def _listed(answers: Mapping[str, Sequence[Scripted]], asked: str, sample: int) -> Scripted:
    script = answers.get(asked, ("{}",))
    return script[min(sample, len(script) - 1)]
