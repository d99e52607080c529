"""How tests ask."""

from typing import Any

from fujia.llm.model import Request

SCHEMA = {"type": "object"}


def ask(text: str = "a", **more: Any) -> Request:
    """A request with one message of the user."""
    return Request([{"role": "user", "content": text}], **more)


class Clock:
    """A clock that a test turns."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
