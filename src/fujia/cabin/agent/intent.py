"""What a person wants, as the model reads it from their own words: the plan of an agent.

It is made before anything from outside is read, and it is the only licence to write.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fujia.cabin.command_schema import alike
from fujia.llm.jsontext import without_nulls
from fujia.understanding.plan import Argument, Command


class Intent(BaseModel):
    """One step that a person asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    skill: str
    args: dict[str, Argument] = Field(default_factory=dict[str, Argument])
    later: tuple[str, ...] = ()
    """Arguments whose value a result will tell."""
    only_if: str = ""
    """The condition that a result will tell; empty where there is none."""
    unsure: bool = False
    """Whether the model is unsure that this is meant."""

    @property
    def is_plain(self) -> bool:
        """Whether it can be done as it stands."""
        return not self.later and not self.only_if

    @property
    def command(self) -> Command:
        """The command, as far as it is known."""
        return Command(skill=self.skill, args=self.args)


class Question(BaseModel):
    """What the model wants to ask, and the write that depends on it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(min_length=1, max_length=300)
    skill: str
    argument: str = ""
    args: dict[str, Argument] = Field(default_factory=dict[str, Argument])
    """What is known already."""


class Draft(BaseModel):
    """The model's plan for one request."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    steps: tuple[Intent, ...] = Field(default=(), max_length=24)
    missing: tuple[str, ...] = Field(default=(), max_length=8)
    """What is asked for and no tool does, in the words of the request."""
    question: Question | None = None
    think: bool = False
    """Whether the answer has to be worked out from the results."""
    say: str = ""
    """The answer, where nothing has to be done or looked up."""


_STEP: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "skill": {"type": "string"},
        "args": {"type": "object"},
        "later": {"type": "array", "items": {"type": "string"}},
        "only_if": {"type": "string"},
        "unsure": {"type": "boolean"},
    },
    "required": ["skill", "args"],
}
_QUESTION: Mapping[str, Any] = {
    "type": ["object", "null"],
    "properties": {
        "text": {"type": "string"},
        "skill": {"type": "string"},
        "argument": {"type": "string"},
        "args": {"type": "object"},
    },
    "required": ["text", "skill"],
}
DRAFT_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "steps": {"type": "array", "maxItems": 24, "items": _STEP},
        "missing": {"type": "array", "maxItems": 8, "items": {"type": "string"}},
        "question": _QUESTION,
        "think": {"type": "boolean"},
        "say": {"type": "string"},
    },
    "required": ["steps"],
}
"""The JSON schema of a plan, for the model."""


def draft_grammar(parameters: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The same for a server that holds a model to it: each tool with its own arguments.

    None of them is required: a result may tell it later.
    """
    steps = [_step(arguments, tools) for arguments, tools in alike(parameters)]
    plan = {"type": "array", "maxItems": 24, "items": {"anyOf": steps}}
    return {**DRAFT_SCHEMA, "properties": {**DRAFT_SCHEMA["properties"], "steps": plan}}


def _step(arguments: Mapping[str, Any], tools: Sequence[str]) -> dict[str, Any]:
    names: list[str] = list(arguments["properties"])
    required: list[str] = []
    later: Mapping[str, Any] = {"enum": names} if names else {"type": "string"}
    own: dict[str, Any] = {
        "skill": {"enum": tools},
        "args": {**arguments, "required": required},
        "later": {"type": "array", "items": later},
    }
    properties: dict[str, Any] = {**_STEP["properties"], **own}
    return {**_STEP, "properties": properties, "additionalProperties": False}


def read_draft(content: Any) -> Draft | None:
    """The plan in what a model answered; None where it is none."""
    if not isinstance(content, Mapping):
        return None
    try:
        return Draft.model_validate(without_nulls(content))
    except ValidationError:
        return None
