"""One configured model with everything that stands around it."""

from pathlib import Path

from fujia.llm.breaker import Breaker
from fujia.llm.config import Config, ModelConfig
from fujia.llm.inwords import SchemaInWords, ToolsInWords
from fujia.llm.ledger import Ledger
from fujia.llm.metered import Metered
from fujia.llm.model import ChatModel
from fujia.llm.openai_model import OpenAIModel
from fujia.llm.patient import Patient
from fujia.llm.sent import SentLog
from fujia.llm.timed import Timed
from fujia.llm.traced import Traced, tracer

SENT_FILE, LEDGER_FILE = "llm-sent.jsonl", "llm-calls.sqlite"


def build_model(
    model: ModelConfig, config: Config, ledger: Ledger, sent: SentLog | None
) -> ChatModel:
    """The model with its wire, its words, its purse, its patience and its fuse.

    Raises:
        MissingExtra: the client library is not installed.
        InputError: its key is missing or cannot be one.
    """
    wire = OpenAIModel(
        model.model, model.base_url, model.structured,
        timeout_s=max(config.time_s.values(), default=60.0),
        key_variable=model.key_variable, most_reasoning=model.max_reasoning,
        sent=sent.write if sent else None,
    )  # fmt: skip
    return wrap(wire, model, config, ledger)


def wrap(wire: ChatModel, model: ModelConfig, config: Config, ledger: Ledger) -> ChatModel:
    """The same around any model: a scripted one, say."""
    spans = tracer()
    inner: ChatModel = Traced(wire, model.base_url, spans) if spans else wire
    inner = Metered(Timed(inner, model.stall_s), model.known_price(), ledger)
    inner = Breaker(Patient(inner, config.attempts, 0.5, slow_too=False))
    if model.structured != "json_schema":
        inner = SchemaInWords(inner)
    if not model.tools:
        inner = ToolsInWords(inner)
    return inner


def state_files(folder: Path | None) -> tuple[Path | None, Path | None]:
    """Where the book of calls and the book of what was sent lie."""
    if folder is None:
        return None, None
    return folder / LEDGER_FILE, folder / SENT_FILE
