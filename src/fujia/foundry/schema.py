"""The student's schema, made from the skills and the rules, so that it never lags behind them."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import PLAN_SCHEMA_VERSION, Act, Condition
from fujia.understanding.rules import Rule, load_rules
from fujia.understanding.student.schema import AMOUNTS, END, LAST, SPAN, Schema
from fujia.understanding.words import load_words

_SHARES = ("0", "10", "25", "33", "50", "67", "75", "100")
"""Amounts that are said without a numeral: closed, a crack, half, a third."""
_NUMERIC_FACTS = ("speed", "outside_temperature", "inside_temperature", "charge")


def build_schema() -> Schema:
    """All skills with their arguments and what may fill them."""
    spoken = _spoken_values()
    skills = {
        name: {
            argument: tuple(dict.fromkeys(_forms(name, argument, shape, spoken)))
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
    skill: str, argument: str, shape: Mapping[str, Any], spoken: Mapping[tuple[str, str], set[str]]
) -> Iterator[str]:
    shapes = [
        option
        for part in [shape, *shape.get("anyOf", [])]
        for option in [part, *part.get("anyOf", [])]
    ]
    closed = sorted(spoken.get((skill, argument), set()))
    enumerated = [str(value) for part in shapes for value in part.get("enum", [])]
    kinds = {part.get("type") for part in shapes}
    yield from (f"{argument}={value}" for value in [*enumerated, *closed])
    if "boolean" in kinds:
        yield from (f"{argument}=true", f"{argument}=false")
    if "number" in kinds or "integer" in kinds:
        yield from (f"{argument}={form}" for form in (*AMOUNTS, *_SHARES))
    elif "string" in kinds and not enumerated and not closed:
        yield f"{argument}={SPAN}"
    yield f"{argument}={LAST}"


def _spoken_values() -> dict[tuple[str, str], set[str]]:
    """Values that words stand for, by skill and argument: colour names, pages, scenes."""
    marks: dict[str, set[str]] = {}
    for language in ("zh", "en"):
        for senses in load_words(language).senses.values():
            for sense in senses:
                for kind, value in sense.marks:
                    marks.setdefault(kind, set()).add(value)
    found: dict[tuple[str, str], set[str]] = {}
    for rules in load_rules().by_skill.values():
        for rule in rules:
            for argument, values in _rule_values(rule, marks):
                found.setdefault((rule.skill, argument), set()).update(values)
    things = {name for name in SKILLS}
    found[("vehicle.status", "thing")] = things
    return found


def _rule_values(rule: Rule, marks: Mapping[str, set[str]]) -> Iterator[tuple[str, set[str]]]:
    for kind, argument in rule.value.items():
        yield argument, marks.get(kind, set())
    for implied in (rule.on, rule.off, rule.bit, rule.negated, rule.fixed):
        for argument, value in (implied or {}).items():
            if isinstance(value, str) and not value.strip("+-") == "":
                yield argument, {value}
