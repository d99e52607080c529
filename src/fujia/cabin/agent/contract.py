"""What an agent is asked, what it may use, and what it gives back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from fujia.cabin.skill import Scene
from fujia.cabin.turn import Action
from fujia.errors import Reason
from fujia.understanding.plan import Command

Ended = Literal["finished", "asked", "steps", "time", "model", "car"]
"""Why an agent stopped: it was through, it asked back, its steps or its time were used up, the
model gave no answer that can be used, or the car did not answer."""

StepKind = Literal["planned", "called", "offered", "blocked", "asked", "not asked", "said", "model"]


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said before in the conversation.

    ``outside``: it repeats text that neither the person nor Fujia wrote (a message, a web page).
    """

    by: Literal["person", "fujia"]
    text: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """A source of text from outside: messages, web pages, a calendar.

    What ``read`` returns is quoted to the model and never obeyed. It raises FujiaError where there
    is nothing to read.
    """

    name: str
    description: str
    parameters: Mapping[str, Any]
    """The JSON schema of its arguments."""
    read: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Situation:
    """What an agent knows besides the request."""

    history: tuple[Said, ...] = ()
    readers: tuple[Reader, ...] = ()
    lacking: frozenset[str] = frozenset()
    """What is switched off here: skills (``sunroof.tilt``) and arguments (``seat.heating.zone``).
    """
    turn: str = ""
    """The turn that pays for the model."""


class Hands(Protocol):
    """What an agent reaches the car with. Each call is short: nobody waits for a model in it."""

    def scene(self) -> Scene:
        """The car as it is now; raises CarUnreachable."""
        ...

    def do(self, commands: Sequence[Command]) -> tuple[Action, ...]:
        """Carry out commands as if they had been spoken, policy and read-back included."""
        ...

    def offer(self, command: Command, reason: str) -> tuple[Action, ...]:
        """Let a command wait for a yes, for a reason; one that policy refuses is refused."""
        ...

    def compose(self, actions: Sequence[Action]) -> tuple[tuple[Action, ...], str]:
        """The actions with their own words, and the reply for all of them."""
        ...

    def clean(self, text: str) -> str:
        """A text of the model without what the persona never says."""
        ...


@dataclass(frozen=True, slots=True)
class AgentStep:
    """One step of an agent, for the trace."""

    kind: StepKind
    ms: float
    """Milliseconds since it began."""
    detail: Any = None


@dataclass(frozen=True, slots=True)
class AgentResult:
    """What came of a request.

    ``reply`` is true whatever the model said: it comes from outcomes, and of the model's own words
    only what claims no deed.
    """

    actions: tuple[Action, ...]
    reply: str
    steps: tuple[AgentStep, ...] = ()
    ended: Ended = "finished"
    error: Reason | None = None
    """Why the model gave no answer, where it was that."""
    outside: tuple[str, ...] = ()
    """The sources of the text from outside that was read: the reply may repeat it."""
    missing: tuple[str, ...] = field(default=())
    """What was asked for and is not to be had here, in words."""


class Agent(Protocol):
    """Carries out requests of several steps."""

    def run(self, request: str, hands: Hands, situation: Situation | None = None) -> AgentResult:
        """Do what a person asks for, as far as it can be done; never raises for what a model,
        the car or a text from outside does.

        Whoever made the hands keeps what is left in them: what waits for a yes, what can be undone.
        """
        ...
