"""Several models in a row: the next is asked where one gives no answer."""

import time
from collections.abc import Callable, Sequence

from fujia.errors import ModelError
from fujia.llm.model import ChatModel, Completion, Listen, Request
from fujia.llm.patient import Once


class Fallback(ChatModel):
    """Asks each model in turn until one answers, while there is time.

    Once a part of an answer was heard there is no other: the listener would hear two.
    """

    def __init__(
        self, models: Sequence[ChatModel], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.model = " or ".join(model.model for model in models)
        self._models, self._clock = tuple(models), clock

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """The first answer; raises the ModelError of the first model where none answers."""
        once = Once(listen)
        first: ModelError | None = None
        for model in self._models:
            try:
                return model.complete(request, once.listen)
            except ModelError as error:
                first = first or error
                late = request.until is not None and self._clock() >= request.until
                if once.heard or late:
                    raise
        raise first or ModelError("no language model is configured", "not_configured")
