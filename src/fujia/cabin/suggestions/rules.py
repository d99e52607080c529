"""What is suggested, and when: ``data/suggestions.yaml``."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.cabin.suggestions.facts import FACTS, Moment
from fujia.datafile import load_yaml
from fujia.understanding.plan import Command, Language

RULES_FILE = Path(__file__).parents[1] / "data" / "suggestions.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SignalTest(_Strict):
    """A comparison of one signal; see the head of the file."""

    signal: str
    equals: bool | float | str | None = Field(None, alias="is")
    is_not: bool | float | str | None = None
    above: float | None = None
    below: float | None = None
    beyond: float | None = None

    @model_validator(mode="after")
    def _compares_once(self) -> "SignalTest":
        given = (self.equals, self.is_not, self.above, self.below, self.beyond)
        if sum(one is not None for one in given) != 1:
            raise ValueError("give one of is, is_not, above, below, beyond")
        return self

    def holds(self, moment: Moment) -> bool:
        """Whether the signal is known and as it must be."""
        value = moment.state.get(self.signal)
        if value is None:
            return False
        if self.equals is not None:
            return value == self.equals
        if self.is_not is not None:
            return value != self.is_not
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        if self.above is not None:
            return value > self.above
        if self.below is not None:
            return value < self.below
        return abs(value) > (self.beyond or 0.0)


Test = str | SignalTest


def holds(test: Test, moment: Moment) -> bool:
    """Whether a condition is fulfilled."""
    return FACTS[test](moment) if isinstance(test, str) else test.holds(moment)


def _check(tests: tuple[Test, ...]) -> None:
    unknown = [test for test in tests if isinstance(test, str) and test not in FACTS]
    if unknown:
        raise ValueError(f"there is no fact {unknown[0]!r}; facts: {', '.join(sorted(FACTS))}")


class Words(_Strict):
    """The two halves of a suggestion; its reason goes first."""

    reason: str = Field(min_length=1)
    offer: str = Field(min_length=1)


class Rule(_Strict):
    """One thing that may be suggested."""

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    when: tuple[Test, ...] = Field(min_length=1)
    begins: str = ""
    lasts_s: float = Field(ge=0)
    again_min: float = Field(ge=0)
    commands: tuple[Command, ...] = Field(min_length=1)
    needs: Literal["", "electric", "fuel"] = ""
    """What drives the car that this is for."""
    zh: Words
    en: Words

    @model_validator(mode="after")
    def _facts_exist(self) -> "Rule":
        _check(self.when)
        if self.begins and self.begins not in self.when:
            raise ValueError(f"begins: {self.begins!r} is not among the conditions")
        return self

    def words(self, language: Language) -> Words:
        """Its words in one language."""
        return self.zh if language == "zh" else self.en

    def holds(self, moment: Moment) -> bool:
        """Whether every condition is fulfilled."""
        return all(holds(test, moment) for test in self.when)


class RuleBook(_Strict):
    """The content of the file."""

    calm_s: float = Field(ge=0)
    busy: tuple[Test, ...]
    pause_min: float = Field(ge=10)
    declined_h: float = Field(ge=0)
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _is_consistent(self) -> "RuleBook":
        _check(self.busy)
        names = [rule.id for rule in self.rules]
        if len(set(names)) != len(names):
            raise ValueError("two rules have the same id")
        return self

    def is_busy(self, moment: Moment) -> bool:
        """Whether the driver has no ear for a suggestion now."""
        return any(holds(test, moment) for test in self.busy)


@cache
def load_rules(file: Path = RULES_FILE) -> RuleBook:
    """The packaged rules, or those of another file; raises DataError for a broken one."""
    return load_yaml(file, RuleBook)
