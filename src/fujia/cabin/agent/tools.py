"""The tool list: what this car has now, as a language model is told it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, cast

from pydantic import ValidationError

from fujia.cabin.agent.contract import Reader
from fujia.cabin.skill import AskBack, Refused, Scene, Skill, Unavailable
from fujia.cabin.skills import SKILLS
from fujia.errors import InputError
from fujia.llm.model import Tool
from fujia.understanding.plan import Argument, Command
from fujia.vehicle.profile import Profile
from fujia.vehicle.zone import Seat

_NOT_TOOLS = frozenset({"unknown.function", "chat.reply", "suggestion.stop", "memory.apply"})
"""Skills that a model has no use for: it says itself what is missing, and what is remembered it is
told."""
_MOST_PROBES = 24


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a command cannot be had here: the tool, or one argument of it."""

    skill: str
    argument: str = ""


@dataclass(frozen=True)
class Toolbox:
    """The skills of this car with the arguments that they take here, and the sources outside."""

    parameters: Mapping[str, Mapping[str, Any]]
    """The JSON schema of the arguments of each skill and each source."""
    readers: Mapping[str, Reader] = field(default_factory=dict[str, Reader])
    lacking: frozenset[str] = frozenset()

    def missing(self, command: Command) -> Missing | None:
        """What a command needs and is not here; None where all of it is."""
        known = self.parameters.get(command.skill)
        if known is None:
            return Missing(command.skill)
        properties = known.get("properties", {})
        strange = next((name for name in command.args if name not in properties), None)
        return Missing(command.skill, strange) if strange else None

    def problem(self, command: Command) -> str | None:
        """What is wrong with the values of a command, in words for the model."""
        if command.skill in self.readers:
            return None
        try:
            SKILLS[command.skill].arguments.model_validate(dict(command.args))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            return f"{place}: {first['msg']}"
        return None

    def is_write(self, name: str) -> bool:
        """Whether it is a skill that changes something."""
        return name in SKILLS and SKILLS[name].kind == "write"

    def lines(self) -> list[str]:
        """One short line for each tool: ``seat.heating(level?: amount, zone?: driver|all) ...``."""
        return [
            f"{name}({', '.join(_signature(schema))}) {self.describe(name)}"
            for name, schema in sorted(self.parameters.items())
        ]

    def tools(self, names: Sequence[str]) -> list[Tool]:
        """The named tools in full, for a model that calls them."""
        return [
            Tool(name, self.describe(name), _object(self.parameters[name]))
            for name in dict.fromkeys(names)
            if name in self.parameters
        ]

    def describe(self, name: str) -> str:
        """What a tool does."""
        if name in self.readers:
            return f"{self.readers[name].description} (text from outside)"
        return SKILLS[name].en


def toolbox(
    scene: Scene, readers: Sequence[Reader] = (), lacking: frozenset[str] = frozenset()
) -> Toolbox:
    """The capability check: every skill is tried on the scene; none of them acts.

    ``lacking`` names what is switched off: skills, and arguments as ``skill.argument``.
    """
    parameters: dict[str, Mapping[str, Any]] = {}
    for name, schema in _equipment(scene).items():
        if name in lacking:
            continue
        kept = {
            argument: value
            for argument, value in schema["properties"].items()
            if f"{name}.{argument}" not in lacking
        }
        required = [argument for argument in schema["required"] if argument in kept]
        parameters[name] = {"properties": kept, "required": required}
    outside = {reader.name: reader for reader in readers if reader.name not in lacking}
    for reader in outside.values():
        parameters[reader.name] = reader.parameters
    return Toolbox(parameters, outside, lacking)


_tried: dict[tuple[int, Seat, bool], tuple[Profile, Mapping[str, Mapping[str, Any]]]] = {}
_MOST_TRIED = 16
"""Cars whose equipment is remembered: trying all skills takes a tenth of a second."""


def _equipment(scene: Scene) -> Mapping[str, Mapping[str, Any]]:
    """The skills that a car has, with the schema of what they take there."""
    key = (id(scene.profile), scene.seat, scene.memory is None)
    known = _tried.get(key)
    if known is not None and known[0] is scene.profile:
        return known[1]
    found: dict[str, Mapping[str, Any]] = {}
    for skill in SKILLS.values():
        properties = None if skill.name in _NOT_TOOLS else _here(skill, scene)
        if properties is not None:
            required = [name for name, value in properties.items() if "default" not in value]
            found[skill.name] = {"properties": properties, "required": required}
    if len(_tried) >= _MOST_TRIED:
        _tried.clear()
    _tried[key] = (scene.profile, found)
    return found


def _here(skill: Skill, scene: Scene) -> dict[str, Any] | None:
    """The arguments that a skill takes on this car; None where the car lacks it."""
    properties = cast("dict[str, Any]", skill.schema()["parameters"].get("properties", {}))
    if skill.kind == "read":
        return properties
    required = [name for name, value in properties.items() if "default" not in value]
    if not _has(skill, scene, required, properties):
        return None
    zone = properties.get("zone")
    if zone is None:
        return properties
    zones = [
        value for value in _values(zone) if _has(skill, scene, required, properties, zone=value)
    ]
    if not zones:
        return properties
    return {**properties, "zone": {"type": "string", "enum": zones, "default": None}}


def _has(
    skill: Skill,
    scene: Scene,
    required: Sequence[str],
    properties: Mapping[str, Any],
    **fixed: Argument,
) -> bool:
    """Whether the car has a skill with at least one value of what it cannot go without."""
    choices = [[(name, value) for value in _values(properties[name])] for name in required]
    for number, chosen in enumerate(product(*choices)):
        if number >= _MOST_PROBES:
            break
        if _is_there(skill, scene, {**dict(chosen), **fixed}):
            return True
    # A name that anybody may choose (a scent, a colour) cannot be guessed: the turn will tell.
    return any(_is_free(properties[name]) for name in required)


def _is_there(skill: Skill, scene: Scene, args: Mapping[str, Argument]) -> bool:
    try:
        skill(scene, args)
    except Unavailable:
        return False
    except (AskBack, Refused, InputError, ValueError):
        return True
    return True


def _forms(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema without its ``anyOf``: the forms that a value may have."""
    inner = cast("list[Mapping[str, Any]] | None", schema.get("anyOf"))
    if inner is None:
        yield schema
        return
    for one in inner:
        yield from _forms(one)


def _values(schema: Mapping[str, Any]) -> list[Argument]:
    """Some values that a schema allows: all of few, one of many."""
    values: list[Argument] = []
    for form in _forms(schema):
        if "enum" in form:
            values += form["enum"]
        elif form.get("type") == "boolean":
            values += [True, False]
        elif form.get("type") in ("number", "integer"):
            values.append(1)
        elif form.get("type") == "string" and "pattern" not in form:
            values.append("x")
    return values or [1]


def _is_free(schema: Mapping[str, Any]) -> bool:
    return any(
        form.get("type") == "string" and not form.keys() & {"enum", "pattern"}
        for form in _forms(schema)
    )


def _signature(schema: Mapping[str, Any]) -> Iterator[str]:
    required = schema.get("required", ())
    for name, value in cast("Mapping[str, Any]", schema.get("properties", {})).items():
        yield f"{name}{'' if name in required else '?'}: {_kind(value)}"


def _kind(schema: Mapping[str, Any]) -> str:
    forms = list(_forms(schema))
    enums = [str(value) for form in forms for value in form.get("enum", ())]
    if any("max|min|mid" in str(form.get("pattern", "")) for form in forms):
        return "|".join([*enums, "amount"])
    if enums:
        return "|".join(enums)
    if any("pattern" in form for form in forms):
        return "HH:MM"
    kinds = [str(form.get("type", "value")) for form in forms if form.get("type") != "null"]
    return {"string": "text", "boolean": "yes/no"}.get(kinds[0], kinds[0]) if kinds else "value"


def _object(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "type": "object", "additionalProperties": False}
