"""Rules as data: which write, in which state, by whom, leads to which verdict."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from fujia.cabin.policy.facts import FACTS, MEASURES
from fujia.cabin.policy.verdict import Companion, Finding, Note, Proposal, VerdictKind
from fujia.datafile import load_yaml
from fujia.understanding.plan import Argument, Command
from fujia.vehicle.signal import Value

POLICY_FILE = Path(__file__).parent.parent / "data" / "policy.yaml"

When = str | dict[str, float]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trigger(_Strict):
    """Which change of value a rule is about; every given part must hold."""

    to: tuple[bool | int | float | str, ...] | None = None
    not_to: tuple[bool | int | float | str, ...] | None = None
    raises: bool = False
    changes: bool = False

    def fires(self, before: Value | None, after: Value) -> bool:
        """Whether a write from ``before`` to ``after`` is the change that is meant."""
        if self.to is not None and not _among(after, self.to):
            return False
        if self.not_to is not None and _among(after, self.not_to):
            return False
        if self.raises and not _is_above(after, before):
            return False
        return not (self.changes and after == before)


class CompanionData(_Strict):
    """A companion command; left out where the fact ``unless`` holds."""

    skill: str
    args: dict[str, Argument] = Field(default_factory=dict[str, Argument])
    when: Literal["before", "after"] = "after"
    unless: str | None = None
    only_if: str | None = None


class Rule(_Strict):
    """One rule of ``policy.yaml``. ``*`` in a path stands for any part, dots included."""

    id: str
    signals: tuple[str, ...]
    trigger: Trigger = Trigger()
    when: tuple[When, ...] = ()
    verdict: VerdictKind
    zh: str = ""
    en: str = ""
    companions: tuple[CompanionData, ...] = ()

    @field_validator("when")
    @classmethod
    def _known_facts(cls, when: tuple[When, ...]) -> tuple[When, ...]:
        for fact in when:
            names = [fact] if isinstance(fact, str) else list(fact)
            known = FACTS if isinstance(fact, str) else MEASURES
            unknown = [name for name in names if name not in known]
            if unknown:
                raise ValueError(f"there is no fact {unknown[0]!r}; facts: {', '.join(known)}")
        return when

    @cached_property
    def exact(self) -> frozenset[str]:
        """The paths without ``*``."""
        return frozenset(path for path in self.signals if "*" not in path)

    @cached_property
    def wild(self) -> tuple[tuple[str, str], ...]:
        """Start and end of the paths with one ``*``."""
        parts = (path.partition("*") for path in self.signals if "*" in path)
        return tuple((start, end) for start, _, end in parts)

    def touches(self, path: str) -> bool:
        """Whether the rule is about this signal."""
        return path in self.exact or any(
            path.startswith(start) and path.endswith(end) for start, end in self.wild
        )

    def holds(self, proposal: Proposal) -> bool:
        """Whether the facts that the rule asks for are the case."""
        for fact in self.when:
            if isinstance(fact, str):
                if not FACTS[fact](proposal.state, proposal.seat):
                    return False
            elif not all(MEASURES[name](proposal.state, limit) for name, limit in fact.items()):
                return False
        return True

    def finding(self, proposal: Proposal) -> Finding:
        """What the rule says when it applies."""
        companions = tuple(
            Companion(Command(skill=item.skill, args=item.args), item.when)
            for item in self.companions
            if not (item.unless and FACTS[item.unless](proposal.state, proposal.seat))
            and not (item.only_if and not FACTS[item.only_if](proposal.state, proposal.seat))
        )
        reason = Note(self.zh, self.en) if self.zh else None
        return Finding(self.id, self.verdict, reason, companions)


class RuleBook(_Strict):
    """The content of ``policy.yaml``."""

    rules: tuple[Rule, ...]


@lru_cache
def load_rules(file: Path = POLICY_FILE) -> tuple[Rule, ...]:
    """The rules of a file; raises DataError with file and line."""
    return load_yaml(file, RuleBook).rules


@lru_cache(maxsize=4096)
def rules_about(path: str, file: Path = POLICY_FILE) -> tuple[Rule, ...]:
    """The rules about one signal, in the order of the file."""
    return tuple(rule for rule in load_rules(file) if rule.touches(path))


def apply_rules(proposal: Proposal) -> Iterator[Finding]:
    """What the rules of ``policy.yaml`` say about a proposal."""
    for write in proposal.writes:
        before = proposal.state.get(write.path)
        for rule in rules_about(write.path):
            if rule.trigger.fires(before, write.value) and rule.holds(proposal):
                yield rule.finding(proposal)


def _among(value: Value, options: tuple[bool | int | float | str, ...]) -> bool:
    # True == 1 in Python, yet a switch and a number are different things.
    return any(value == option and type(value) is type(option) for option in options)


def _is_above(after: Value, before: Value | None) -> bool:
    if not isinstance(after, (int, float)):
        return False
    return after > (before if isinstance(before, (int, float)) else 0)
