"""What a teacher is told about the skills, and what its answers may look like.

All of it is made from the registry of skills and the lexicon, so that a skill that somebody adds
is known to the teacher at once.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from fujia.cabin.command_schema import command_form
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Act, Language
from fujia.understanding.rules import Rule, load_rules
from fujia.understanding.templates import load_templates
from fujia.understanding.words import load_words

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_AMOUNT_PATTERN = "max|min|mid"


@cache
def canonical(skill: str, argument: str) -> frozenset[str]:
    """The values of a text argument that stand for several words: red, nap, WAVE.

    Anything else in it is free text, copied from what was said. For ``vehicle.status`` a thing
    is the name of the skill that sets it.
    """
    if (skill, argument) == ("vehicle.status", "thing"):
        return frozenset(SKILLS)
    rules = load_rules().by_skill.get(skill, [])
    found = {value for rule in rules for value in _fixed(rule, argument)}
    kinds = {kind for rule in rules for kind, name in rule.value.items() if name == argument}
    for language in _LANGUAGES:
        templates = load_templates(language).all
        found |= {
            str(t.args[argument]) for t in templates if t.skill == skill and argument in t.args
        }
        for senses in load_words(language).senses.values():
            found |= {value for sense in senses for kind, value in sense.marks if kind in kinds}
    return frozenset(found - {""})


@cache
def free_arguments(skill: str) -> frozenset[str]:
    """The arguments of a skill that may hold the speaker's own words."""
    properties = _properties(skill)
    return frozenset(name for name, schema in properties.items() if _is_free(schema))


@cache
def describe() -> str:
    """Every skill on a line of its own, with its arguments; ``!`` marks those it must have."""
    return "\n".join(_line(name) for name in sorted(SKILLS))


@cache
def answer_schema() -> Mapping[str, Any]:
    """The JSON schema of a teacher's answer: a plan, and what it doubts."""
    commands = [
        command_form(name, SKILLS[name].arguments.model_json_schema()) for name in sorted(SKILLS)
    ]
    return {
        "type": "object",
        "properties": {
            "act": {"enum": list(get_args(Act))},
            "commands": {"type": "array", "items": {"anyOf": commands}},
            "doubt": {"type": ["string", "null"]},
        },
        "required": ["commands"],
        "additionalProperties": False,
    }


def _fixed(rule: Rule, argument: str) -> Iterator[str]:
    for given in (rule.on, rule.off, rule.negated, rule.bit, rule.fixed):
        value = (given or {}).get(argument)
        if isinstance(value, str):
            yield value


def _properties(skill: str) -> Mapping[str, Any]:
    return SKILLS[skill].arguments.model_json_schema().get("properties", {})


def _leaves(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "anyOf" not in schema:
        yield schema
    for option in schema.get("anyOf", ()):
        yield from _leaves(option)


def _is_free(schema: Mapping[str, Any]) -> bool:
    return any(
        leaf.get("type") == "string" and "enum" not in leaf and "pattern" not in leaf
        for leaf in _leaves(schema)
    )


def _line(name: str) -> str:
    required = SKILLS[name].arguments.model_json_schema().get("required", ())
    arguments = [
        f"{argument}{'!' if argument in required else ''}: {_kind(name, argument, schema)}"
        for argument, schema in _properties(name).items()
    ]
    return f"{name}({', '.join(arguments)}) {SKILLS[name].en} {SKILLS[name].zh}"


def _kind(skill: str, argument: str, schema: Mapping[str, Any]) -> str:
    """What an argument takes, in one word or as a list of values."""
    if argument == "zone" or (skill, argument) == ("vehicle.status", "thing"):
        return "zone" if argument == "zone" else "skill"
    leaves = [leaf for leaf in _leaves(schema) if leaf.get("type") != "null"]
    if any(_AMOUNT_PATTERN in leaf.get("pattern", "") for leaf in leaves):
        values = [str(value) for leaf in leaves for value in leaf.get("enum", ())]
        return "|".join([*values, "amount"])
    values = [str(value) for leaf in leaves for value in leaf.get("enum", ())]
    if _is_free(schema):
        return "|".join([*sorted(canonical(skill, argument)), "words"])
    if any("pattern" in leaf for leaf in leaves):
        return "HH:MM"
    return "|".join(values) or str(leaves[0].get("type", "any"))
