"""What a command may look like in a model's answer: each skill with its own arguments.

The cabin holds the models that plan for it to this, and the foundry its teacher.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from fujia.understanding.plan import Condition

Schema = Mapping[str, Any]
"""A JSON schema."""


def command_form(skill: str, arguments: Schema) -> dict[str, Any]:
    """The schema of one command; ``arguments`` is that of what the skill takes."""
    return _form({"const": skill}, arguments, {"anyOf": [_condition(), {"type": "null"}]})


def command_forms(parameters: Mapping[str, Schema]) -> list[dict[str, Any]]:
    """The forms of all commands, one for the skills that take the same arguments.

    ``parameters`` is the schema of the arguments of each skill: their ``properties``, and which of
    them are ``required``. Conditions stand under ``#/$defs/condition``, see ``definitions``.
    """
    condition = {"$ref": "#/$defs/condition"}
    return [
        _form({"enum": skills}, arguments, condition, "args")
        for arguments, skills in alike(parameters)
    ]


def alike(parameters: Mapping[str, Schema]) -> list[tuple[dict[str, Any], list[str]]]:
    """The schemas of arguments, each with the skills that take just these; none takes more."""
    found: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for skill, schema in sorted(parameters.items()):
        given = {**schema, "type": "object", "additionalProperties": False}
        arguments = _bare(without_null(given))
        found.setdefault(json.dumps(arguments, sort_keys=True), (arguments, []))[1].append(skill)
    return list(found.values())


def definitions() -> dict[str, Any]:
    """What the forms of commands refer to."""
    return {"condition": without_null(_condition())}


def without_null(schema: Any) -> Any:
    """A schema in which what was not said is left out; there is no ``null`` for it."""
    if isinstance(schema, list):
        return [without_null(each) for each in cast("list[Any]", schema)]
    if not isinstance(schema, Mapping):
        return schema
    known = cast("Schema", schema)
    kept = {name: without_null(value) for name, value in known.items() if name != "anyOf"}
    if "anyOf" not in known:
        return kept
    forms = list(_leaves(without_null(known["anyOf"])))
    return {**kept, **forms[0]} if len(forms) == 1 else {**kept, "anyOf": forms}


def _form(skill: Schema, arguments: Schema, condition: Schema, *needed: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"skill": skill, "args": arguments, "condition": condition},
        "required": ["skill", *needed],
        "additionalProperties": False,
    }


@cache
def _condition() -> dict[str, Any]:
    return Condition.model_json_schema()


def _bare(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments without what is written for people, so that those that are alike look alike."""
    properties = cast("Mapping[str, Schema]", arguments.get("properties", {}))
    bare = {name: _wordless(schema) for name, schema in properties.items()}
    return {**_wordless(arguments), "properties": bare}


def _wordless(schema: Schema) -> dict[str, Any]:
    words = ("title", "description", "default")
    return {name: value for name, value in schema.items() if name not in words}


def _leaves(forms: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The forms of a value, those within forms too, and ``null`` left out."""
    for form in forms:
        if set(form) <= {"anyOf", "title", "description"} and "anyOf" in form:
            yield from _leaves(form["anyOf"])
        elif form != {"type": "null"}:
            yield form
