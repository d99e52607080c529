"""The seam to understanding: utterance and context in, plan out."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from fujia.understanding.plan import Command, Language, Plan
from fujia.vehicle.zone import DriverPosition, Seat


@dataclass(frozen=True, slots=True)
class Context:
    """What an understander may know besides the words."""

    seat: Seat = "driver"
    driver_position: DriverPosition = "LEFT"
    last: tuple[Command, ...] = ()
    """The commands of the last turn, with their arguments as they were resolved."""
    waiting: bool = False
    """Whether something waits for a yes or a no."""
    language: Language | None = None
    """The language of the conversation so far."""


class Understander(ABC):
    """Turns an utterance into a plan. Never raises on any text; what it does not understand
    becomes ``chat.reply`` or ``unknown.function``."""

    @abstractmethod
    def understand(self, text: str, context: Context) -> Plan:
        """The plan that ``text`` asks for in ``context``."""


class ScriptedUnderstander(Understander):
    """The fake: knows exactly the utterances it was given."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self.plans = dict(plans)

    def understand(self, text: str, context: Context) -> Plan:
        """The scripted plan, or small talk for any other text."""
        return self.plans.get(text, Plan(commands=(Command(skill="chat.reply"),)))
