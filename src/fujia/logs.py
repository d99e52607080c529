"""Structured logs: one JSON object a line, without what was said unless a user allows it."""

import json
import logging
import logging.handlers
import traceback
from datetime import UTC, datetime
from typing import Any

from fujia.cabin.turn import Turn
from fujia.settings import Settings, load_settings

_LOGGER = logging.getLogger("fujia")
_LOGGER.addHandler(logging.NullHandler())
_STUDENT = logging.getLogger("fujia.understanding.student")
"""Tells that the grammar understands alone; who sits there shall know it, not the log only."""
_BYTES_A_FILE = 1_000_000


_PRIVATE = frozenset({"said", "reply", "text"})
"""Fields that hold or may quote what was said."""


class JsonLines(logging.Formatter):
    """Writes a record, and the fields in its ``fields``, as one JSON object.

    It is the one gate for what was said: private fields pass only ``with_utterances``.
    """

    def __init__(self, *, with_utterances: bool = False) -> None:
        super().__init__()
        self._withheld = frozenset[str]() if with_utterances else _PRIVATE

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON with ``time`` (UTC), ``level`` and ``event``."""
        shown: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        fields: dict[str, Any] = getattr(record, "fields", {})
        shown |= {name: value for name, value in fields.items() if name not in self._withheld}
        return json.dumps(shown, ensure_ascii=False, default=str)


def configure(settings: Settings) -> None:
    """Log to ``settings.log_file``; where its folder cannot be made, to standard error."""
    logging.raiseExceptions = False  # a full disk must not print a traceback into a conversation
    handler: logging.Handler
    try:
        settings.log_file.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            settings.log_file, maxBytes=_BYTES_A_FILE, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(with_utterances=settings.log_utterances))
    for old in _LOGGER.handlers[:]:
        _LOGGER.removeHandler(old)
        old.close()
    _LOGGER.addHandler(handler)
    _STUDENT.handlers = [_on_screen()]
    _LOGGER.setLevel(settings.log_level.upper())
    _LOGGER.propagate = False


def _on_screen() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("fujia: %(message)s"))
    handler.setLevel(logging.WARNING)
    return handler


def start() -> Settings:
    """The settings in force, with the log set up to follow them; raises as ``load_settings``."""
    settings = load_settings().settings
    configure(settings)
    return settings


def log_event(event: str, level: int = logging.INFO, **fields: Any) -> None:
    """Log one event with its fields."""
    _LOGGER.log(level, event, extra={"fields": fields})


def log_turn(turn: Turn) -> None:
    """Log what became of one turn."""
    log_event(
        "turn",
        said=turn.said,
        reply=turn.reply,
        outcome=turn.outcome,
        skills=[f"{action.skill}: {action.outcome}" for action in turn.actions],
        rules=[action.rule for action in turn.actions if action.rule],
        route=turn.route,
        ms=round(turn.ms, 2),
    )


def log_defect(error: BaseException) -> None:
    """Log an error that nobody foresaw: its type and where it came from.

    Its text often quotes the input, so it counts as something that was said.
    """
    frames = traceback.extract_tb(error.__traceback__)
    log_event(
        "defect",
        logging.ERROR,
        error=type(error).__name__,
        text=str(error),
        stack=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )
