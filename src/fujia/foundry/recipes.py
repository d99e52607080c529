"""How spoken sentences are put together from commands (``data/recipes-<language>.yaml``)."""

from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.foundry.values import DATA
from fujia.understanding.frames import FrameFile, Range
from fujia.understanding.plan import Act, Condition, Language
from fujia.understanding.templates import Say


class ConditionRecipe(BaseModel):
    """A fact about the car, and how a condition on it is said."""

    model_config = ConfigDict(extra="forbid")

    fact: str
    comparison: str = "is"
    low: int | None = None
    high: int | None = None
    step: int = 1
    say: list[str] = Field(min_length=1)
    """``{amount}`` stands for a number in words or digits, ``{digits}`` for digits alone."""

    def condition(self, value: int | None) -> Condition:
        """The condition, with its number if it takes one."""
        return Condition.model_validate(
            {"fact": self.fact, "comparison": self.comparison, "value": value}
        )


class Recipe(FrameFile):
    """Frames for commands, and everything that sentences have around them."""

    often: dict[str, float] = Field(default_factory=dict[str, float])
    """How much more often than others a skill is asked for; by skill or by its first word."""
    steps: dict[str, Range]
    """By how much something changes, per unit."""
    shared: dict[str, list[str]]
    """Two commands with one verb (``on``, ``off``), one amount (``set``), or "the same"."""
    loose: list[str]
    """What stands between clauses where nobody heard a pause."""
    fillers: list[str]
    corrections: list[str]
    """What stands between a word and the one that takes its place."""
    follow: dict[str, list[str]]
    """What speaks of the last turn: ``up``, ``down``, ``max``, ``min``, ``set``, ``off``, ``on``,
    ``same``."""
    state: list[str]
    """Questions whether something is on, open or locked."""
    acts: dict[Act, list[str]]
    conditions: list[ConditionRecipe]
    conditional: list[str]
    free: dict[str, list[str | Say]]
    """Sentences with free words. ``{title:song}``: the argument ``title`` takes a ``song``; an
    argument that begins with ``_`` is said and not passed on."""


@cache
def load_recipe(language: Language) -> Recipe:
    """The recipe of a language; raises DataError for a broken file."""
    return load_yaml(DATA / f"recipes-{language}.yaml", Recipe)
