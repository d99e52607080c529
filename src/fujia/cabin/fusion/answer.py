"""What a model answers with: commands and words; how it may look, and what is read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fujia.cabin.agent.tools import Toolbox
from fujia.cabin.command_schema import command_forms, definitions
from fujia.cabin.fusion.said import Held, Words, hold
from fujia.errors import ModelError
from fujia.llm.jsontext import read_json, without_nulls
from fujia.understanding.plan import Command, Condition
from fujia.vehicle.zone import Seat

_MOST_COMMANDS = 12


class Answer(BaseModel):
    """An answer as a model wrote it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    commands: tuple[Command, ...] = Field(default=(), max_length=_MOST_COMMANDS)
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, held against what was said."""

    held: tuple[Held, ...]
    reply: str = ""

    @property
    def problem(self) -> str:
        """What was said and stands under an argument that there is not, in words for the model."""
        return "; ".join(
            f"{one.command.skill} has no argument {name!r}"
            for one in self.held
            for name in one.unplaced
        )


def read_plan(text: str, said: str, seat: Seat) -> Planned:
    """The plan in what a model wrote; raises ModelError where it is none."""
    answer = read_answer(read_json(text))
    return Planned(hold_all(answer.commands, said, seat), answer.reply)


def read_answer(content: Any) -> Answer:
    """The answer in JSON content; raises ModelError where it is none."""
    try:
        return Answer.model_validate(without_nulls(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"no plan: {place}: {first['msg']}", "malformed") from None


def hold_all(commands: Sequence[Command], said: str, seat: Seat) -> tuple[Held, ...]:
    """The commands as far as they were said; raises ModelError if one of them is none.

    Half a plan could be the opposite of the whole one, so there is no half of it.
    """
    words = Words(said)
    held: list[Held] = []
    for command in commands:
        found = hold(command, words, seat)
        if isinstance(found, str):
            raise ModelError(found, "malformed")
        held.append(found)
    return tuple(held)


def answer_schema(tools: Toolbox, *, reply: bool = True) -> Mapping[str, Any]:
    """The JSON schema of an answer, short enough to be told in words."""
    condition = {"anyOf": [Condition.model_json_schema(), {"type": "null"}]}
    command = {
        "type": "object",
        "properties": {
            "skill": {"enum": sorted(tools.parameters)},
            "args": {"type": "object"},
            "condition": condition,
        },
        "required": ["skill", "args"],
        "additionalProperties": False,
    }
    return _answer(command, reply=reply)


def answer_grammar(tools: Toolbox, *, reply: bool = True) -> Mapping[str, Any]:
    """The same for a server that holds a model to it: each skill with its own arguments."""
    forms = {"anyOf": command_forms(tools.parameters)}
    return {**_answer(forms, reply=reply), "$defs": definitions()}


def _answer(command: Mapping[str, Any], *, reply: bool) -> dict[str, Any]:
    commands = {"type": "array", "items": command, "maxItems": _MOST_COMMANDS}
    properties: dict[str, Any] = {"commands": commands}
    if reply:
        properties["reply"] = {"type": "string"}
    return {
        "type": "object",
        "properties": properties,
        "required": ["commands"],
        "additionalProperties": False,
    }
