"""A model that is asked again after what passes: a busy server, a lost connection."""

import random
import time
from collections.abc import Callable

from fujia.errors import ModelError
from fujia.llm.model import ChatModel, Completion, Listen, Piece, Request


class Patient(ChatModel):
    """Asks again, after growing pauses with jitter, while there is time.

    What was partly said is not asked again: the listener would hear it twice. Without ``slow_too``
    a model that took too long is not asked again either: another one may be quicker.
    """

    def __init__(
        self,
        model: ChatModel,
        attempts: int = 5,
        pause_s: float = 1.0,
        *,
        slow_too: bool = True,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = model.model
        self._model, self._sleep, self._clock = model, sleep, clock
        self._attempts, self._pause_s = attempts, pause_s
        self._slow_too = slow_too

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Ask until an answer comes, at most ``attempts`` times; raises the last ModelError."""
        once = Once(listen)
        for attempt in range(1, self._attempts):
            try:
                return self._model.complete(request, once.listen)
            except ModelError as error:
                # Jitter keeps several threads from coming back all at once.
                pause = self._pause_s * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
                pause = max(pause, error.wait_s)
                late = request.until is not None and self._clock() + pause >= request.until
                slow = error.reason == "timeout" and not self._slow_too
                if error.cause != "passing" or slow or once.heard or late:
                    raise
                self._sleep(pause)
        return self._model.complete(request, once.listen)


class Once:
    """Passes pieces on, and remembers whether a part of an answer was among them."""

    def __init__(self, listen: Listen | None) -> None:
        self.heard = False
        self._listen = listen
        self.listen: Listen | None = self._pass if listen else None
        """To be given to the model in place of the listener."""

    def _pass(self, piece: Piece) -> None:
        self.heard = self.heard or piece.kind == "answer"
        assert self._listen is not None
        self._listen(piece)
