"""The record of one turn: what was said, what happened, what was replied."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from fujia.expert.section import Section
from fujia.understanding.plan import Argument, Language
from fujia.vehicle.zone import Seat

Outcome = Literal[
    "done", "needs_confirmation", "refused", "unavailable", "failed", "answered", "question"
]
Route = Literal["device", "llm", "none"]
StepName = Literal[
    "normalise", "understand", "route", "ask", "compare", "resolve", "judge", "act", "read back",
    "reply",
]  # fmt: skip

_WORST_FIRST: tuple[Outcome, ...] = (
    "failed", "refused", "unavailable", "needs_confirmation", "question", "done", "answered",
)  # fmt: skip


def worst(outcomes: Collection[Outcome]) -> Outcome:
    """The outcome that stands for all; ``answered`` where there are none."""
    for outcome in _WORST_FIRST:
        if outcome in outcomes:
            return outcome
    return "answered"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a manual of the vehicle that an answer was taken from."""

    vehicle: str
    manual: str
    section: Section
    page: int | None
    """From 1; None in a manual without pages."""
    quotes: tuple[str, ...]
    """What was taken from there, letter by letter."""


@dataclass(frozen=True, slots=True)
class Action:
    """One command and what became of it."""

    skill: str
    args: dict[str, Argument]
    outcome: Outcome
    reason: str | None = None
    companion: bool = False
    rule: str | None = None
    """The policy rule that decided, for the trace."""
    reply: str | None = None
    """What this action adds to the spoken reply."""
    about: str = ""
    """What the reply calls it, where the arguments do not say."""
    is_restored: bool = False
    """Whether things are as they were before, and the arguments do not say how that was."""
    sources: tuple[Source, ...] = ()
    """Where in the manual the reply stands, for pages that can show it."""
    route: Route = "device"
    """Who found the words of the reply."""

    def as_json(self) -> dict[str, Any]:
        """The action as the ``say`` and ``batch`` contracts show it."""
        shown: dict[str, Any] = {
            "skill": self.skill, "args": self.args, "outcome": self.outcome, "reason": self.reason,
        }  # fmt: skip
        return shown | {"companion": True} if self.companion else shown


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the turn, for ``--trace``."""

    name: StepName
    ms: float
    detail: Any = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance in, outcomes and a reply out."""

    said: str
    seat: Seat
    language: Language
    actions: tuple[Action, ...]
    reply: str
    route: Route
    ms: float
    trace: tuple[Step, ...] = field(default=(), repr=False)

    @property
    def outcome(self) -> Outcome:
        """The worst outcome among the actions; ``answered`` where there are none."""
        happened: set[Outcome] = {action.outcome for action in self.actions}
        return worst(happened)

    def as_json(self) -> dict[str, Any]:
        """The turn as the ``say`` and ``batch`` contracts show it."""
        return {
            "said": self.said,
            "actions": [action.as_json() for action in self.actions],
            "outcome": self.outcome,
            "reply": self.reply,
            "route": self.route,
            "ms": round(self.ms, 2),
        }
