"""Suggestions over simulated weeks: how many were helpful, and were any at a bad moment?

The rules of rating are ``data/suggestion_rating.yaml``; they were written before there was anything
that suggests. Run ``python -m tests.bench.suggestions [people] [weeks] [first seed]``; with numbers
nothing is written. Two seconds or so for a person's week. What suggests was tuned on the seeds
from 0; the figures are of others.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from rich.table import Table

from fujia.cabin.memory import Memory
from fujia.cabin.policy import Proposal, judge
from fujia.cabin.skill import Answer, AskBack, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.cabin.suggestions import Suggester, Suggestion
from fujia.errors import InputError
from fujia.understanding.plan import Command
from fujia.vehicle import load_profile
from tests.bench.record import facts, show, write
from tests.bench.weeks import MONDAY, Life

PEOPLE, WEEKS = 40, 4
FIRST = 1000
"""The seed of the first person; those below 1000 are for trying things out."""
OUT = Path("bench/results/f4_suggestions.json")
COMMAND = "python -m tests.bench.suggestions"
RATING_FILE = Path(__file__).parent / "data" / "suggestion_rating.yaml"
RATING = yaml.safe_load(RATING_FILE.read_text(encoding="utf-8"))
RATING_REASONS = tuple(reason for known in RATING["ratings"].values() for reason in known["any"])
MANOEUVRES = ("junction", "lane change", "roundabout", "park")
_PROFILE = load_profile("i5")


@dataclass
class Tally:
    """What was counted over the weeks."""

    ratings: Counter[str] = field(default_factory=Counter[str])
    reasons: Counter[str] = field(default_factory=Counter[str])
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    needs: Counter[str] = field(default_factory=Counter[str])
    met: Counter[str] = field(default_factory=Counter[str])
    drives: int = 0
    hours: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The figures; shares are of all that was suggested, and of all needs."""
        made = sum(self.ratings.values())
        rules: dict[str, dict[str, int]] = {}
        for (rule, rating), count in sorted(self.by_rule.items()):
            rules.setdefault(rule, {})[rating] = count
        return {
            "drives": self.drives,
            "hours": round(self.hours, 1),
            "suggested": made,
            **{rating: self.ratings[rating] for rating in ("helpful", "ignored", "annoying")},
            "precision": round(self.ratings["helpful"] / made, 3) if made else None,
            "needs": dict(self.needs),
            "met": dict(self.met),
            "reasons": {**dict.fromkeys(RATING_REASONS, 0), **self.reasons},
            "rules": rules,
        }


class Replay:
    """One life with a suggester beside it."""

    def __init__(self, life: Life, tally: Tally) -> None:
        self.life, self.tally = life, tally
        self.memory = Memory("王", clock=self._clock)
        self.memory.update(lambda record: record.with_facts(life.facts()))
        self.suggester = Suggester(lambda: self.memory, self._clock)
        self._last = MONDAY - timedelta(days=1)
        self._declined: dict[str, datetime] = {}

    def run(self) -> None:
        """Live through all drives, and rate what is suggested."""
        for drive in self.life.drives():
            self.tally.drives += 1
            seen: set[str] = set()
            helped: set[str] = set()
            for _ in self.life.seconds(drive):
                self.tally.hours += 1 / 3600
                if self.life.clock % 10 == 0:
                    seen |= {need for need in RATING["needs"] if self.life.holds(need)}
                suggestion = self.suggester.consider(self.life.state, self._possible)
                if suggestion is not None:
                    helped |= self._rate(suggestion)
            self.tally.needs.update(seen | helped)
            self.tally.met.update(helped)

    def _rate(self, suggestion: Suggestion) -> set[str]:
        meant = [
            need
            for need, known in RATING["needs"].items()
            if any(command.skill in known["skills"] for command in suggestion.commands)
        ]
        there = {need for need in meant if self.life.holds(need)}
        rating, reason = self._rating(suggestion, meant, there)
        self.tally.ratings[rating] += 1
        self.tally.reasons[reason] += 1
        self.tally.by_rule[suggestion.rule, rating] += 1
        self._last = suggestion.at
        self._answer(suggestion, rating, there)
        return there if rating == "helpful" else set()

    def _rating(self, suggestion: Suggestion, meant: list[str], there: set[str]) -> tuple[str, str]:
        """The first rating whose reason holds, in the order of the file."""
        life = self.life
        declined = self._declined.get(suggestion.rule)
        holds = {
            "manoeuvring": life.phase in MANOEUVRES,
            "too_soon": (suggestion.at - self._last).total_seconds() < 600,
            "unwanted": self.memory.is_silenced(suggestion.rule),
            "repeated": declined is not None and suggestion.at - declined < timedelta(hours=12),
            "in_a_call": life.state["Vehicle.Cabin.Infotainment.Phone.CallState"] != "IDLE",
            "no_need": not there,  # stricter than the rules: what begins soon does not count
            "taken_care_of": any(
                0 <= life.clock - life.acting.get(need, -1e9) < 15 for need in meant
            ),
            "passes_by_itself": not any(life.holds(need, 60.0) for need in there),
            "otherwise": True,
        }
        for rating, known in RATING["ratings"].items():
            for reason in known["any"]:
                if holds[reason]:
                    return rating, reason
        raise AssertionError("the last rating holds always")

    def _answer(self, suggestion: Suggestion, rating: str, there: set[str]) -> None:
        """What the person says to it; a yes is carried out by the world."""
        chance = self.life.chance.random()
        if rating == "helpful" and chance < 0.8:
            self.suggester.answered(suggestion.rule, yes=True)
            for need in there:
                self.life.do(need)
        elif rating == "annoying" and chance < 0.15:
            self.memory.silence(suggestion.rule)
        elif chance < 0.6:
            self._declined[suggestion.rule] = suggestion.at
            self.suggester.answered(suggestion.rule, yes=False)

    def _possible(self, command: Command) -> bool:
        scene = Scene(_PROFILE, self.life.state, "driver", "zh", self.memory)
        try:
            result = find_skill(command.skill)(scene, command.args)
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            return False
        if isinstance(result, Answer):
            return True
        changes = any(scene.state.get(one.read_path) != one.expected for one in result.writes)
        proposal = Proposal(result.writes, scene.state, _PROFILE, "driver")
        return changes and judge(proposal).kind != "refuse"

    def _clock(self) -> datetime:
        return self.life.now


def measure(people: int = PEOPLE, weeks: int = WEEKS, first: int = FIRST) -> dict[str, Any]:
    """Replay so many people's weeks; the same ones every time."""
    tally = Tally()
    for seed in range(first, first + people):
        Replay(Life(seed, weeks), tally).run()
    return {"people": people, "weeks": weeks, **tally.as_json(), "targets": RATING["targets"]}


def tables(figures: dict[str, Any]) -> list[Table]:
    """The figures as tables."""
    title = f"Suggestions: {figures['people']} people, {figures['weeks']} weeks each"
    table = Table("drives", "suggested", "helpful", "ignored", "annoying", "precision", title=title)
    names = ("drives", "suggested", "helpful", "ignored", "annoying", "precision")
    table.add_row(*(str(figures[name]) for name in names))
    bad = Table("in a manoeuvre", "too soon", "unwanted", "needs met", title="Bad moments")
    reasons = figures["reasons"]
    met, needs = (sum(figures[name].values()) for name in ("met", "needs"))
    counts = [str(reasons.get(name, 0)) for name in ("manoeuvring", "too_soon", "unwanted")]
    bad.add_row(*counts, f"{met} of {needs}")
    rules = Table("suggestion", "helpful", "ignored", "annoying", title="By suggestion")
    for rule, ratings in figures["rules"].items():
        shown = (str(ratings.get(name, 0)) for name in ("helpful", "ignored", "annoying"))
        rules.add_row(rule, *shown)
    return [table, bad, rules]


def main(arguments: Sequence[str] | None = None) -> None:
    """Replay, print the tables, and write the results of a whole replay."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, metavar="number", help="see above")
    parser.add_argument("--out", type=Path, default=OUT, help="where the results go")
    options = parser.parse_args(arguments)
    begun = facts(COMMAND, {RATING_FILE.name: RATING_FILE})
    figures = {**begun, **measure(*options.numbers)}
    show(tables(figures))
    if not options.numbers:
        write(figures, options.out)


if __name__ == "__main__":
    main()
