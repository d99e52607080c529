"""A fuse before a model: who fails again and again is left alone for a while."""

import threading
import time
from collections.abc import Callable

from fujia.errors import ModelError, Reason
from fujia.llm.model import ChatModel, Completion, Listen, Request

_REFUSALS = frozenset({"key", "balance", "unknown_model"})


class Breaker(ChatModel):
    """Opens after ``failures`` in a row, or at once when a server lets nobody in.

    While it is open nothing is asked. After ``rest_s`` seconds (``shut_s`` for a server that let
    nobody in) one request tries; its success closes the fuse.
    """

    def __init__(
        self,
        model: ChatModel,
        failures: int = 3,
        rest_s: float = 30.0,
        shut_s: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = model.model
        self._model, self._most = model, failures
        self._rest_s, self._shut_s, self._clock = rest_s, shut_s, clock
        self._failed = 0
        self._closed_at = 0.0
        self._trying = False
        self._why = ""
        self._reason: Reason = "resting"
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether a request would be turned away now."""
        with self._lock:
            return self._turns_away()

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Ask, or raise ModelError: ``resting``, or why the server lets nobody in."""
        with self._lock:
            if self._turns_away():
                raise ModelError(f"{self.model} is left alone: {self._why}", self._reason)
            # One that tries while the others wait; a closed fuse lets all through.
            self._trying = trying = bool(self._closed_at)
        try:
            completion = self._model.complete(request, listen)
        except ModelError as error:
            self._failure(error)
            raise
        finally:
            if trying:
                with self._lock:
                    self._trying = False
        with self._lock:
            self._failed, self._closed_at = 0, 0.0
        return completion

    def _turns_away(self) -> bool:
        return bool(self._closed_at) and (self._trying or self._clock() < self._closed_at)

    def _failure(self, error: ModelError) -> None:
        shut = error.reason in _REFUSALS
        with self._lock:
            if error.cause != "passing" and not shut:
                return
            self._failed += 1
            if shut or self._failed >= self._most:
                rest = max(self._shut_s if shut else self._rest_s, error.wait_s)
                self._closed_at = self._clock() + rest
                self._why = str(error)
                # A wrong key or an empty account is still that, and no trouble that passes.
                self._reason = error.reason if shut else "resting"
