"""Hands on a car: an errand of the cabin, used a command at a time."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from fujia.cabin.conversation import Task
from fujia.cabin.errand import Errand
from fujia.cabin.replies import Replies
from fujia.cabin.skill import AskBack, Effect, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.cabin.turn import Action
from fujia.errors import InputError
from fujia.understanding.plan import Command


@dataclass
class ErrandHands:
    """An errand and the words for it.

    ``lock`` is held while the car is used and let go while the model thinks, so that a command
    that somebody else speaks meanwhile does not wait. What waits for a yes and what can be undone
    gathers in the errand, as in any turn.
    """

    errand: Errand
    replies: Replies
    lock: AbstractContextManager[Any] = field(default_factory=nullcontext)

    def scene(self) -> Scene:
        """The car as it is now; raises CarUnreachable."""
        errand = self.errand
        with self.lock:
            errand.state = errand.car.snapshot()
            memory = errand.memories.of(errand.seat) if errand.memories else None
            return Scene(
                errand.car.profile, errand.state, errand.seat, errand.language,
                memory, errand.suggested,
            )  # fmt: skip

    def do(self, commands: Sequence[Command]) -> tuple[Action, ...]:
        """Carry out commands as if they had been spoken."""
        with self.lock:
            return self.errand.run([Task(command) for command in commands])

    def offer(self, command: Command, reason: str) -> tuple[Action, ...]:
        """Let a command wait for a yes; what policy asks or refuses itself comes first."""
        scene = self.scene()
        effect: Effect | None = None
        try:
            result = find_skill(command.skill)(scene, command.args)
            effect = replace(result, asks=reason) if isinstance(result, Effect) else None
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            pass  # the errand says which of them, in words
        with self.lock:
            return self.errand.run([Task(command, effect)])

    def compose(self, actions: Sequence[Action]) -> tuple[tuple[Action, ...], str]:
        """The actions with their own words, and the reply for all of them."""
        return self.replies.compose(tuple(actions), self.errand)

    def clean(self, text: str) -> str:
        """A text of the model without what the persona never says."""
        return self.replies.persona.clean(text)
