"""What a skill is: one short typed function with a description, registered by name.

From it come the help text, the docs, the JSON schema that a language model gets, and what a
command may carry. A skill reads the scene and says which writes it wants; it never touches the
car. Policy judges the writes, the assistant carries them out and reads them back.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from fujia.cabin.memory.memory import Memory
from fujia.cabin.turn import Route, Source
from fujia.errors import InputError, UnknownSkill
from fujia.understanding.plan import Argument, Command, Language
from fujia.vehicle.car import Write
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import Seat


@dataclass(frozen=True)
class Scene:
    """Everything that a skill may look at."""

    profile: Profile
    state: Mapping[str, Value]
    seat: Seat
    language: Language
    memory: Memory | None = None
    """What is remembered of the speaker; None where nobody is remembered."""
    suggested: str = ""
    """The suggestion that was made last, if that is not long ago."""


class Change(Protocol):
    """What a skill changes outside the car's signals: what is remembered."""

    def carry_out(self) -> bool:
        """Do it and read it back: whether it is so now; raises FujiaError."""
        ...


@dataclass(frozen=True)
class Effect:
    """What a WRITE skill wants: writes, and its arguments as they were resolved."""

    writes: tuple[Write, ...]
    args: dict[str, Argument] = field(default_factory=dict[str, Argument])
    change: Change | None = None
    asks: str = ""
    """Why a person must say yes first, in the language of the scene; empty if they need not."""
    about: str = ""
    """What the reply calls it where its arguments do not say: 您喜欢21度."""
    skill: str = ""
    """The skill that it stands for, where that is another than the one that was called."""


@dataclass(frozen=True)
class Answer:
    """What a READ skill replies, in the language of the scene."""

    text: str
    args: dict[str, Argument] = field(default_factory=dict[str, Argument])
    offer: Command | None = None
    """What the text offers to do; it is done on a yes."""
    sources: tuple[Source, ...] = ()
    """Where in the manual it stands."""
    route: Route = "device"
    """Who found the words."""
    known: bool = True
    """Whether it answers the question; otherwise it says that there is no answer."""


class Unavailable(Exception):
    """This car does not have it. ``missing`` names the thing, in the language of the scene."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


class AskBack(Exception):
    """The skill cannot go on without an answer; the text is the question."""


class Refused(Exception):
    """The car has it, but not now; the text is the reason, in the language of the scene."""


class OutOfRange(Refused):
    """A value was asked for that the signal does not go to; nothing is changed.

    ``low`` and ``high`` are the limits and ``asked`` is what was wanted, all in ``unit``:
    the unit of the signal, or ``"level"``.
    """

    def __init__(self, low: float, high: float, unit: str, asked: float, reason: str = "") -> None:
        super().__init__(reason or f"{asked:g} is not within {low:g} to {high:g} {unit}".rstrip())
        self.low, self.high, self.unit, self.asked = low, high, unit, asked


SkillFunction = Callable[..., Effect | Answer]
Function = TypeVar("Function", bound=SkillFunction)


@dataclass(frozen=True)
class Skill:
    """One thing that Fujia can do."""

    name: str
    kind: Literal["write", "read"]
    zh: str
    en: str
    function: SkillFunction

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The arguments as a pydantic model, made from the function's signature."""
        fields: dict[str, Any] = {}
        for name, parameter in list(inspect.signature(self.function).parameters.items())[1:]:
            required = parameter.default is inspect.Parameter.empty
            fields[name] = (parameter.annotation, ... if required else parameter.default)
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    def schema(self) -> dict[str, Any]:
        """Name, description and JSON schema of the arguments, as a language model gets them."""
        return {
            "name": self.name,
            "description": f"{self.en} {self.zh}",
            "parameters": self.arguments.model_json_schema(),
        }

    def __call__(self, scene: Scene, args: Mapping[str, Argument]) -> Effect | Answer:
        """Check the arguments and run.

        Raises:
            InputError: arguments that the skill does not take.
            Unavailable, AskBack, Refused: see there.
        """
        try:
            checked = self.arguments.model_validate(dict(args))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{self.name}: {place}: {first['msg']}") from None
        given = {name: getattr(checked, name) for name in checked.model_fields_set}
        return self.function(scene, **given)


SKILLS: dict[str, Skill] = {}


def skill(
    name: str, *, zh: str, en: str, kind: Literal["write", "read"] = "write"
) -> Callable[[Function], Function]:
    """Register a function as the skill ``name``; its first parameter is the scene."""

    def register(function: Function) -> Function:
        SKILLS[name] = Skill(name, kind, zh, en, function)
        return function

    return register


def find_skill(name: str) -> Skill:
    """The skill of that name; raises UnknownSkill."""
    try:
        return SKILLS[name]
    except KeyError:
        raise UnknownSkill(f"there is no skill {name!r}; see 'fujia skills'") from None
