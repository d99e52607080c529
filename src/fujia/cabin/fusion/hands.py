"""Hands that let go as soon as somebody takes back what was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fujia.cabin.agent.hands import ErrandHands
from fujia.cabin.conversation import Task
from fujia.cabin.fusion.texts import load_texts
from fujia.cabin.turn import Action
from fujia.understanding.plan import Command


@dataclass
class WishHands(ErrandHands):
    """Does nothing any more once ``dropped`` is true; the check and the deed are one."""

    dropped: Callable[[], bool] = lambda: False

    def do(self, commands: Sequence[Command]) -> tuple[Action, ...]:
        """Carry out commands as if they had been spoken, unless they were taken back."""
        with self.lock:
            if self.dropped():
                return self._refused(commands)
            return self.errand.run([Task(command) for command in commands])

    def offer(self, command: Command, reason: str) -> tuple[Action, ...]:
        """Let a command wait for a yes, unless it was taken back."""
        return self._refused([command]) if self.dropped() else super().offer(command, reason)

    def _refused(self, commands: Sequence[Command]) -> tuple[Action, ...]:
        why = load_texts().taken_back.text(self.errand.language)
        return tuple(Action(one.skill, one.args, "refused", why) for one in commands)
