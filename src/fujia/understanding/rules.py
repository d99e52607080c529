"""Rules: which concepts, values and amounts together ask for which skill.

``data/rules.yaml`` is the same for every language; the words are in ``data/<locale>/words``.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Argument
from fujia.understanding.words import DATA

_ANSWERING = (
    "manual.ask", "chat.reply", "place.search", "weather.query", "travel.plan",
    "memory.recall",
)  # fmt: skip


class Rule(BaseModel):
    """One way to ask for a skill."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    skill: str = ""
    needs: tuple[str, ...] = ()
    """Concepts that must have been said."""
    also: tuple[str, ...] = ()
    """Concepts that may have been said as well."""
    value: Mapping[str, str] = {}
    """Kinds of marks that fill an argument, ``color: color``."""
    amount: str | None = None
    """The argument that takes how much."""
    units: tuple[str, ...] = ()
    """Units of a number that fit; the first is the skill's own. ``bare`` is a number alone."""
    on: Mapping[str, Argument] | None = {}
    """Arguments when it is switched on or just named; null where that makes no sense."""
    off: Mapping[str, Argument] | None = None
    """Arguments when it is switched off; null where that makes no sense."""
    negated: Mapping[str, Argument] | None = None
    """Arguments for "don't ..." where that is more than leaving it: don't blow at me."""
    bit: Mapping[str, Argument] | None = None
    """Arguments for "open it a bit"."""
    rises: str = "up"
    """What lifting it means: ``up``, ``on`` or ``off``."""

    @property
    def rises_off(self) -> bool:
        """Whether it closes part of the way, as a window does."""
        return self.rises == "off"

    zone: str | None = None
    """The argument that takes the zone; null where a zone makes no sense."""
    zones: Mapping[str, str] = {}
    """Zones that are called differently in this argument."""
    unheard: tuple[str, ...] = ()
    """Zones that go without saying, where there is no argument for one."""
    fixed: Mapping[str, Argument] = {}
    """Arguments that are always there."""
    flag: str | None = None
    """A flag that must have been said, such as ``size`` for "bigger" in contrast to "higher"."""
    sign: str | None = None
    """``+`` or ``-`` where the words themselves give the direction: a seat moved forward."""
    cools: bool = False
    """Whether more of it is less of the amount: more cooling, a lower temperature."""
    alone: bool = False
    """Whether naming it is asking for it, so that it takes no verb from its neighbour."""
    wish: bool = False
    """A complaint or a wish; it gives way to a plain command in the same breath."""
    explained_by: tuple[str, ...] = ()
    """Skills of other wishes that tell what this complaint comes from: fog, not the dark."""
    met_by: tuple[str, ...] = ()
    """Beginnings of skills that meet this wish, so that it is only their reason when it comes after
    them: 打开座椅加热，有点冷."""
    weight: float = 0.0
    """Added to the score: negative for a reading that others should beat."""
    kin: Mapping[str, str] = {}
    """Skills it stands for after a command that begins so: "the ambient light, brightness 80"."""
    text: str | None = None
    """The argument that takes the words themselves."""
    must: str | None = None
    """``amount``, ``number``, ``value``, ``verb`` or ``max`` if the rule holds only when one was
    said."""
    read: bool = False
    """Whether the skill only answers, so that a question may lead to it."""


class RuleFile(BaseModel):
    """All rules, by skill."""

    model_config = ConfigDict(extra="forbid")

    rules: dict[str, list[Rule]]


class Rules:
    """The rules, indexed by what they need."""

    def __init__(self, file: RuleFile) -> None:
        self.by_skill: dict[str, list[Rule]] = {
            name: [rule.model_copy(update={"skill": name}) for rule in rules]
            for name, rules in file.rules.items()
        }
        self.by_concept: dict[str, list[Rule]] = {}
        self.by_value: dict[str, list[Rule]] = {}
        self.by_unit: dict[str, list[Rule]] = {}
        for rule in (rule for rules in self.by_skill.values() for rule in rules):
            if rule.needs:
                self.by_concept.setdefault(rule.needs[0], []).append(rule)
                continue
            for kind in rule.value:
                self.by_value.setdefault(kind, []).append(rule)
            if not rule.value:
                for unit in rule.units:
                    self.by_unit.setdefault(unit, []).append(rule)

    def answers(self, skill: str) -> bool:
        """Whether the skill only answers and changes nothing."""
        return skill in _ANSWERING or any(rule.read for rule in self.by_skill.get(skill, ()))


@cache
def load_rules(file: Path = DATA / "rules.yaml") -> Rules:
    """The packaged rules; raises DataError for a broken file."""
    return Rules(load_yaml(file, RuleFile))
