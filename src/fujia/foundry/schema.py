"""The student's schema, made from the skills and the rules, so that it never lags behind them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import PLAN_SCHEMA_VERSION, Act, Argument, Condition, Language
from fujia.understanding.rules import Rule, load_rules
from fujia.understanding.student.schema import AMOUNTS, CLOCK, END, LAST, SPAN, Schema
from fujia.understanding.templates import load_templates
from fujia.understanding.words import load_words

_SHARES = ("0", "10", "25", "33", "50", "67", "75", "100")
"""Amounts that are said without a numeral: closed, a crack, half, a third."""
Values = dict[tuple[str, str], set[str]]
"""Skill and argument to values."""
_LANGUAGES: tuple[Language, ...] = get_args(Language)
_NOON = "12:00"
_NUMERIC_FACTS = ("speed", "outside_temperature", "inside_temperature", "charge")


def build_schema() -> Schema:
    """All skills with their arguments and what may fill them."""
    spoken, implied = _spoken_values(), _implied_values()
    skills = {
        name: {
            argument: tuple(dict.fromkeys(_forms(name, argument, shape, spoken, implied)))
            for argument, shape in skill.schema()["parameters"].get("properties", {}).items()
        }
        for name, skill in SKILLS.items()
    }
    symbols = [END, *(f"act:{act}" for act in get_args(Act)), *_conditions()]
    symbols += [f"skill:{name}" for name in skills]
    symbols += sorted(
        {form for arguments in skills.values() for f in arguments.values() for form in f}
    )
    return Schema(version=PLAN_SCHEMA_VERSION, symbols=tuple(symbols), skills=skills)


def _conditions() -> Iterator[str]:
    for fact in get_args(Condition.model_fields["fact"].annotation):
        if fact in _NUMERIC_FACTS:
            yield from (f"if:{fact}:{how}:#" for how in ("above", "below"))
        else:
            yield from (f"if:{fact}:{how}" for how in ("is", "is_not"))


def _forms(
    skill: str, argument: str, shape: Mapping[str, Any], spoken: Values, implied: Values
) -> Iterator[str]:
    shapes = [
        option
        for part in [shape, *shape.get("anyOf", [])]
        for option in [part, *part.get("anyOf", [])]
    ]
    closed = sorted(spoken.get((skill, argument), set()))
    enumerated = [str(value) for part in shapes for value in part.get("enum", [])]
    kinds = {part.get("type") for part in shapes}
    unsaid = sorted(implied.get((skill, argument), set()))
    yield from (f"{argument}={value}" for value in [*enumerated, *closed, *unsaid])
    if "boolean" in kinds:
        yield from (f"{argument}=true", f"{argument}=false")
    if "number" in kinds or "integer" in kinds:
        yield from (f"{argument}={form}" for form in (*AMOUNTS, *_SHARES))
    elif any(re.fullmatch(part["pattern"], _NOON) for part in shapes if "pattern" in part):
        yield f"{argument}={CLOCK}"
    elif "string" in kinds and not enumerated and not closed:
        yield f"{argument}={SPAN}"
    yield f"{argument}={LAST}"


def _spoken_values() -> Values:
    """Values that words stand for, by skill and argument: colour names, pages, scenes."""
    marks: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for senses in load_words(language).senses.values():
            for kind, value in (mark for sense in senses for mark in sense.marks):
                marks.setdefault(kind, set()).add(value)
    found: Values = {("vehicle.status", "thing"): set(SKILLS)}
    for rule in _rules():
        for kind, argument in rule.value.items():
            found.setdefault((rule.skill, argument), set()).update(marks.get(kind, set()))
    return found


def _implied_values() -> Values:
    """Values that rules and sentences imply without a word for them: 没电了 looks for 充电站."""
    found: Values = {}
    for rule in _rules():
        for implied in (rule.on, rule.off, rule.bit, rule.negated, rule.fixed):
            _collect(found, rule.skill, implied or {})
    for language in _LANGUAGES:
        for template in load_templates(language).all:
            _collect(found, template.skill, template.args)
    return found


def _collect(found: Values, skill: str, args: Mapping[str, Argument]) -> None:
    for argument, value in args.items():
        if isinstance(value, str) and value.strip("+-"):
            found.setdefault((skill, argument), set()).add(value)


def _rules() -> Iterator[Rule]:
    for rules in load_rules().by_skill.values():
        yield from rules
