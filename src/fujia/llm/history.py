"""A conversation cut to what a model can take."""

from collections.abc import Sequence

from fujia.errors import ModelError
from fujia.llm.model import Message

MOST_CHARS = 24_000


def fit(messages: Sequence[Message], most_chars: int = MOST_CHARS) -> list[Message]:
    """The messages without the oldest exchanges, so that no more than ``most_chars`` are left.

    What the system says first and the last message stay; a conversation goes on with the words of
    a user, never with an answer or a tool's result whose question is gone. Raises ModelError
    where even what must stay is too long.
    """
    head = [message for message in messages if message["role"] == "system"]
    talk = [message for message in messages if message["role"] != "system"]
    room = most_chars - sum(_size(message) for message in head)
    starts = [index for index, message in enumerate(talk) if message["role"] == "user"] or [0]
    for start in starts:
        if sum(_size(message) for message in talk[start:]) <= room:
            return [*head, *talk[start:]]
    raise ModelError(f"what is asked is longer than {most_chars} characters", "too_long")


def _size(message: Message) -> int:
    return len(message["content"]) + len(str(message.get("tool_calls", "")))
