"""What was said, as the car read it, and what became of it."""

import secrets
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from fujia.cabin.errand import Errand
from fujia.cabin.turn import Action, Route
from fujia.understanding.plan import Command, Language, Plan


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said, as the car read it, and what is needed to answer it."""

    said: str
    plan: Plan
    errand: Errand
    lock: AbstractContextManager[Any]
    """Held while the car is used, let go while a model thinks."""
    understand: Callable[[str], Plan]
    """How the car reads a part of it."""
    dropped: Callable[[], bool] = lambda: False
    """Whether everything that waited was taken back since it was said."""
    done: tuple[Action, ...] = ()
    """What was carried out of the same utterance before."""
    begun: float = field(default_factory=time.monotonic)
    turn: str = field(default_factory=lambda: secrets.token_hex(8))
    """The name under which models are paid for it."""

    @property
    def language(self) -> Language:
        """The speaker's language."""
        return self.errand.language

    @property
    def first(self) -> Command:
        """The command that stands for what was not understood."""
        unknown = Command(skill="unknown.function", args={"text": self.said})
        return self.plan.commands[0] if self.plan.commands else unknown


@dataclass(frozen=True, slots=True)
class Fused:
    """What became of a wish, or of a part of it."""

    actions: tuple[Action, ...]
    reply: str
    route: Route = "llm"

    def then(self, other: "Fused", language: Language) -> "Fused":
        """Both, one after the other; the route is that of the second."""
        reply = join(self.reply, other.reply, language)
        return Fused((*self.actions, *other.actions), reply, other.route)


def spoken(words: str, route: Route = "llm") -> Fused:
    """Words alone."""
    return Fused((Action("chat.reply", {}, "answered", reply=words),), words, route)


def join(one: str, other: str, language: Language) -> str:
    """Two texts as one."""
    space = " " if language == "en" and one and other and not one.endswith(" ") else ""
    return f"{one}{space}{other}"
