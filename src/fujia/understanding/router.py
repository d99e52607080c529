"""Who answers a turn: the car alone, a language model, or both. Pure functions.

The car answers what it understands. A model is asked for what the car does not understand, for
requests of several steps and for conversation; where the car is in doubt about something that
would change the car, both plan and their plans are compared.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from fujia.datafile import load_yaml
from fujia.understanding.plan import Command, Language, Plan

ROUTER_FILE = Path(__file__).parent / "data" / "router.yaml"
Where = Literal["device", "llm", "both"]
Work = Literal["none", "plan", "talk", "lookup", "agent"]
"""What a model is asked for: a plan, conversation, what is not found on the car, or a request of
several steps."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who answers, why, and what a model is asked for. It stands in the trace of the turn."""

    route: Where
    reason: str
    work: Work = "none"
    absence: str = ""
    """Why no model is asked, where one would have been."""


class RouterRules(BaseModel):
    """The content of ``router.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sure: float = Field(ge=0, le=1)
    doubt: float = Field(ge=0, le=1)
    talk: tuple[str, ...]
    unknown: tuple[str, ...]
    lookup: tuple[str, ...]
    steps: Mapping[Language, tuple[str, ...]]
    cuts: Mapping[Language, str]
    binds: Mapping[Language, str]

    @field_validator("steps")
    @classmethod
    def _step_patterns(
        cls, steps: Mapping[Language, tuple[str, ...]]
    ) -> Mapping[Language, tuple[str, ...]]:
        for pattern in (pattern for patterns in steps.values() for pattern in patterns):
            _check(pattern)
        return steps

    @field_validator("cuts", "binds")
    @classmethod
    def _patterns(cls, patterns: Mapping[Language, str]) -> Mapping[Language, str]:
        for pattern in patterns.values():
            _check(pattern)
        return patterns

    @cached_property
    def several(self) -> Mapping[Language, re.Pattern[str]]:
        """What tells a request of several steps."""
        return {
            language: re.compile("|".join(patterns), re.IGNORECASE)
            for language, patterns in self.steps.items()
        }


def _check(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no pattern: {error}") from None


@cache
def load_rules(file: Path = ROUTER_FILE) -> RouterRules:
    """The rules of a file; raises DataError."""
    return load_yaml(file, RouterRules)


def route(
    plan: Plan,
    said: str,
    writes: Collection[str],
    absence: Callable[[], str | None],
    rules: RouterRules | None = None,
) -> Decision:
    """Who answers an utterance that the car read as ``plan``.

    ``writes`` names the skills that change something. ``absence`` says why no model can be asked
    now (none is set up, no consent, no network, no budget), or None; it is asked only where a
    model is wanted.
    """
    decision = wanted(plan, said, writes, rules or load_rules())
    if decision.route == "device":
        return decision
    missing = absence()
    if missing is None:
        return decision
    return Decision("device", decision.reason, "none", missing)


def wanted(plan: Plan, said: str, writes: Collection[str], rules: RouterRules) -> Decision:
    """Who should answer, if a model could be asked."""
    if plan.act != "do":
        return Decision("device", "an answer to what waits")
    skills = [command.skill for command in plan.commands]
    if rules.several[plan.language].search(said):
        return Decision("llm", "several steps", "agent")
    if all(skill in rules.talk for skill in skills):
        return Decision("llm", "conversation", "talk")
    if all(skill in rules.lookup for skill in skills) and len(skills) == 1:
        return Decision("llm", "a question, looked up here first", "lookup")
    if any(skill in (*rules.unknown, *rules.talk) for skill in skills):
        return Decision("llm", "not understood here", "plan")
    if plan.confidence >= rules.sure:
        return Decision("device", "understood")
    if plan.confidence < rules.doubt:
        return Decision("llm", "hardly understood", "plan")
    if any(skill in writes for skill in skills):
        return Decision("both", "in doubt about a change", "plan")
    return Decision("device", "in doubt, and nothing changes")


@dataclass(frozen=True, slots=True)
class Head:
    """The commands at the beginning of an utterance that are sure, and the rest of its words."""

    commands: tuple[Command, ...]
    rest: str


def sure_head(
    said: str,
    understand: Callable[[str], Plan],
    language: Language,
    rules: RouterRules | None = None,
) -> Head:
    """What may be carried out before the rest of an utterance is understood.

    That is leading clauses which are sure by themselves, as ``understand`` reads them; none where
    a later clause may be a condition or take them back.
    """
    rules = rules or load_rules()
    clauses = _clauses(said, re.compile(rules.cuts[language], re.IGNORECASE))
    commands: list[Command] = []
    taken = 0
    for start, end in clauses[:-1]:
        plan = understand(said[start:end])
        known = (*rules.talk, *rules.unknown)
        sure = plan.act == "do" and plan.confidence >= rules.sure and bool(plan.commands)
        if not sure or any(one.skill in known or one.condition for one in plan.commands):
            break
        commands.extend(plan.commands)
        taken += 1
    rest = said[clauses[taken][0] :] if taken else said
    if taken and re.search(rules.binds[language], rest, re.IGNORECASE):
        return Head((), said)
    return Head(tuple(commands), rest)


def _clauses(said: str, cuts: re.Pattern[str]) -> Sequence[tuple[int, int]]:
    """Start and end of every clause that holds a word; at least one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in (*cuts.finditer(said), None):
        end = match.start() if match else len(said)
        if said[start:end].strip():
            spans.append((start, end))
        start = match.end() if match else len(said)
    return spans or [(0, len(said))]
