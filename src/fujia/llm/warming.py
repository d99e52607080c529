"""Letting a model on this machine read what every request begins with, before anybody waits for it.

A processor reads some fifty words a second, and the list of skills is long; a server that has read
it does not read it again. What costs something is never asked this way.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from fujia.errors import FujiaError
from fujia.llm.config import Config, ModelConfig
from fujia.llm.model import ChatModel, Request
from fujia.llm.prices import Price

READING_S = 900.0
"""Seconds that reading one beginning may take."""
_log = logging.getLogger(__name__)


def is_free(model: ModelConfig) -> bool:
    """Whether a model runs on this machine, and nothing is paid for it."""
    return model.is_local and model.known_price() == Price()


def patient(model: ModelConfig, config: Config) -> tuple[ModelConfig, Config]:
    """The same model with time to read: it is silent meanwhile."""
    time_s = dict.fromkeys(config.time_s or ("fast",), READING_S)
    return (
        model.model_copy(update={"stall_s": READING_S}),
        config.model_copy(update={"time_s": time_s, "attempts": 1}),
    )


def read_ahead(model: ChatModel, requests: Sequence[Request]) -> None:
    """Send requests one after another, for a single token each; the log says how long it took.

    Raises:
        ModelError: the model is not there, or takes even longer.
    """
    for request in requests:
        begun = time.monotonic()
        _tell("a model on this machine reads its prompt ahead", model.model)
        model.complete(replace(request, max_tokens=1, until=begun + READING_S))
        seconds = round(time.monotonic() - begun, 1)
        _tell("a model on this machine has read its prompt", model.model, s=seconds)


def told_why(model: str, error: FujiaError) -> None:
    """Write into the log why a model does not read ahead."""
    fields = {"model": model, "error": str(error)}
    _log.warning("a model on this machine does not read ahead", extra={"fields": fields})


def _tell(event: str, model: str, **more: float) -> None:
    _log.info(event, extra={"fields": {"model": model, **more}})
