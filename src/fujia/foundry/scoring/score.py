"""How far plans agree: counts, precision, recall and F1 of commands, and exact plans.

Two commands agree on *skill*; on *skill, zone and value* after ``canonical`` (the rules stand in
``compare.yaml``); and *strictly* where their arguments are equal as written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fujia.foundry.scoring.canonical import canonical, is_harmless, is_nothing, is_skill_only
from fujia.understanding.plan import Command
from fujia.understanding.understander import Context, Understander
from fujia.vehicle.zone import Seat

Wanted = tuple[Command, ...]
"""One wanted command: the first is the answer, the others are as right."""
Key = Callable[[Command], object]


@dataclass(frozen=True)
class Case:
    """One utterance with what it asks for."""

    id: str
    said: str
    wanted: tuple[Wanted, ...]
    labelled: tuple[Wanted, ...] = ()
    """The same from the labels as they are, without repairs; for the strict score."""
    frames: int = 0
    seat: Seat = "driver"


@dataclass(frozen=True)
class Match:
    """Commands found, predicted and wanted, and what follows from them."""

    found: int
    predicted: int
    wanted: int

    @property
    def precision(self) -> float:
        """Found of predicted; 1 where nothing was predicted."""
        return self.found / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Found of wanted; 1 where nothing was wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.predicted + self.wanted
        return 2 * self.found / total if total else 1.0

    def __add__(self, other: "Match") -> "Match":
        """Both together."""
        return Match(
            self.found + other.found,
            self.predicted + other.predicted,
            self.wanted + other.wanted,
        )

    def as_json(self) -> dict[str, Any]:
        """Counts and rates, rounded to four places."""
        return {
            "found": self.found, "predicted": self.predicted, "wanted": self.wanted,
            "precision": round(self.precision, 4), "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """One case with what was predicted, and how far both agree."""

    case: Case
    predicted: tuple[Command, ...]
    skill: Match
    full: Match
    strict: Match

    @property
    def is_count_right(self) -> bool:
        """As many commands as wanted."""
        return self.full.predicted == self.full.wanted

    @property
    def is_exact(self) -> bool:
        """Every command right and none too many; their order is not compared."""
        return self.full.found == self.full.predicted == self.full.wanted

    @property
    def is_uncovered(self) -> bool:
        """Something was wanted, and no skill of it was found."""
        return self.full.wanted > 0 and self.skill.found == 0

    @property
    def is_false_actuation(self) -> bool:
        """Nothing was wanted, and something would have been done."""
        return not self.case.wanted and not all(map(is_harmless, self.predicted))


@dataclass(frozen=True)
class Scores:
    """The figures of one group of cases."""

    utterances: int
    frame_count_accuracy: float
    skill: Match
    full: Match
    strict: Match
    exact_plans: float
    uncovered: int
    false_actuations: int

    def as_json(self) -> dict[str, Any]:
        """The scores as plain data."""
        return {
            "utterances": self.utterances,
            "frame_count_accuracy": round(self.frame_count_accuracy, 4),
            "skill": self.skill.as_json(),
            "skill_zone_value": self.full.as_json(),
            "strict": self.strict.as_json(),
            "exact_plans": round(self.exact_plans, 4),
            "uncovered": self.uncovered,
            "false_actuations": self.false_actuations,
        }


@dataclass(frozen=True)
class Report:
    """Scores by group, and every judged case."""

    groups: dict[str, Scores]
    judged: tuple[Judged, ...] = field(repr=False)


def match(predicted: Sequence[Command], wanted: Sequence[Wanted], key: Key) -> Match:
    """Pair each wanted command with one predicted that equals it, or an alternative, by ``key``."""
    left = [key(command) for command in predicted]
    found = 0
    for alternatives in wanted:
        hit = next((key(command) for command in alternatives if key(command) in left), None)
        if hit is not None:
            left.remove(hit)
            found += 1
    return Match(found, len(predicted), len(wanted))


def judge(case: Case, commands: Iterable[Command]) -> Judged:
    """Compare what was predicted for a case with what it wants."""
    said = tuple(command for command in commands if not is_nothing(command))
    predicted = _without_repeats([(command,) for command in said])
    wanted = _without_repeats(case.wanted)
    once = tuple(alternatives[0] for alternatives in predicted)
    labelled = [(alternatives[0],) for alternatives in case.labelled or case.wanted]
    return Judged(
        case=case,
        predicted=said,
        skill=match(once, wanted, lambda command: command.skill),
        full=match(once, wanted, canonical),
        strict=match(said, labelled, _as_written),
    )


def _without_repeats(wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Drop a command that says what the one before it said: the data label some twice."""
    kept: list[Wanted] = []
    for alternatives in wanted:
        first = alternatives[0]
        if not kept or is_skill_only(first) or canonical(kept[-1][0]) != canonical(first):
            kept.append(alternatives)
    return tuple(kept)


def _as_written(command: Command) -> object:
    if is_skill_only(command):
        return command.skill
    return command.skill, {
        name: float(value) if type(value) is int else value for name, value in command.args.items()
    }


def summarise(judged: Sequence[Judged]) -> Scores:
    """The figures of some judged cases."""
    none = Match(0, 0, 0)
    count = len(judged) or 1
    return Scores(
        utterances=len(judged),
        frame_count_accuracy=sum(one.is_count_right for one in judged) / count,
        skill=sum((one.skill for one in judged), none),
        full=sum((one.full for one in judged), none),
        strict=sum((one.strict for one in judged), none),
        exact_plans=sum(one.is_exact for one in judged) / count,
        uncovered=sum(one.is_uncovered for one in judged),
        false_actuations=sum(one.is_false_actuation for one in judged),
    )


def report(judged: Sequence[Judged]) -> Report:
    """Scores of all, and of those with one wanted frame, several, or none."""
    groups = {
        "all": judged,
        "single": [one for one in judged if one.case.frames == 1],
        "multi": [one for one in judged if one.case.frames > 1],
        "out_of_domain": [one for one in judged if one.case.frames == 0],
    }
    scores = {name: summarise(group) for name, group in groups.items()}
    return Report(scores, tuple(judged))


def evaluate(understander: Understander, cases: Sequence[Case]) -> Report:
    """Let ``understander`` plan every case and compare."""
    return report(
        [
            judge(case, understander.understand(case.said, Context(seat=case.seat)).commands)
            for case in cases
        ]
    )
