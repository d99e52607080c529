"""Drafts: whole utterances with their context and plan, before speech makes them untidy.

Free words stand in a draft as single characters (``MARK``) in the text and in the arguments alike,
so that whatever happens to the text later happens to the plan as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fujia.understanding.plan import Act, Argument, Command

MARK = 0xE000
"""The first of the characters that stand for free words."""


@dataclass
class Draft:
    """An utterance in the making."""

    text: str
    commands: list[Command] = field(default_factory=list[Command])
    values: list[str] = field(default_factory=list[str])
    """Free words; the character ``MARK + i`` stands for ``values[i]``."""
    families: list[str] = field(default_factory=list[str])
    source: str = "frames"
    act: Act = "do"
    last: tuple[Command, ...] = ()
    waiting: bool = False

    def keep(self, value: str) -> str:
        """The character that stands for a value."""
        self.values.append(value)
        return chr(MARK + len(self.values) - 1)


def is_mark(character: str) -> bool:
    """Whether a character stands for free words."""
    return MARK <= ord(character) < MARK + 0x1000


def fill(text: str, values: Sequence[str]) -> str:
    """The text with its free words."""
    return "".join(values[ord(c) - MARK] if is_mark(c) else c for c in text)


def filled(command: Command, values: Sequence[str]) -> Command:
    """The command with its free words."""
    args: dict[str, Argument] = {
        name: fill(value, values) if isinstance(value, str) else value
        for name, value in command.args.items()
    }
    return command.model_copy(update={"args": args})
