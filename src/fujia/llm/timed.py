"""A model that cannot keep anybody waiting: its answer comes in time, or an error does."""

import contextvars
import queue
import threading
import time
from typing import Any

from fujia.errors import ModelError
from fujia.llm.model import ChatModel, Completion, Listen, Piece, Request


class _Abandoned(Exception):
    """Nobody waits for the answer any more."""


class Timed(ChatModel):
    """Asks in a thread of its own, so that neither a slow name server nor a drip of words waits.

    ``stall_s`` is how long a model may say nothing at all; a request's ``until`` holds for the
    whole. What is left behind ends at its next piece or at the client's own timeout.
    """

    def __init__(self, model: ChatModel, stall_s: float = 20.0) -> None:
        self.model = model.model
        self._model, self._stall_s = model, stall_s

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """The answer; raises ModelError with the reason ``timeout``, or what the model raised."""
        heard: queue.SimpleQueue[Piece | Completion | BaseException] = queue.SimpleQueue()
        gone = threading.Event()

        def pass_on(piece: Piece) -> None:
            if gone.is_set():
                raise _Abandoned
            heard.put(piece)

        def ask() -> None:
            try:
                heard.put(self._model.complete(request, pass_on))
            except BaseException as error:
                heard.put(error)

        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(ask,), daemon=True, name="fujia-llm").start()
        try:
            return self._gather(request, listen, heard)
        finally:
            gone.set()

    def _gather(
        self, request: Request, listen: Listen | None, heard: "queue.SimpleQueue[Any]"
    ) -> Completion:
        while True:
            left = self._stall_s
            if request.until is not None:
                left = min(left, request.until - time.monotonic())
            try:
                found = heard.get(timeout=max(left, 0.0))
            except queue.Empty:
                raise ModelError(f"{self.model} took too long", "timeout", billed=True) from None
            if isinstance(found, Completion):
                return found
            if isinstance(found, BaseException):
                raise found
            if listen:
                listen(found)
            if request.until is not None and time.monotonic() >= request.until:
                raise ModelError(f"{self.model} took too long", "timeout", billed=True)
