"""Said versus did: what turns claim, held against what the car was asked for and what it is.

Every utterance runs on a fresh car of its own: parked, on the motorway, and again with a fault in
one of the signals that it touches. The judge (``fujia.mismatches``) sees the simulated
car from behind, with its faults lifted. Run ``python -m tests.bench.truth``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from fujia import Cabin, SimulatedCar, Turn, Value, load_profile, mismatches
from fujia.foundry.scoring.score import Case
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.understander import Understander
from fujia.vehicle.fault import Fault, FaultKind
from tests.bench.sets import cases

State = Mapping[str, Value]
PARKED: State = {}
DRIVING: State = {"Vehicle.Speed": 110.0, "Vehicle.Body.Raindetection.Intensity": 40}
KINDS: tuple[FaultKind, ...] = ("silent", "refuses", "blocked", "offline")


@dataclass(frozen=True)
class Run:
    """One turn on one car, and that car from behind."""

    turn: Turn
    car: SimulatedCar
    before: State
    after: State
    moved: tuple[tuple[str, Value], ...]
    asked: tuple[tuple[str, Value], ...]

    def mismatches(self, healthy: Turn | None = None) -> list[str]:
        """Where the turn says one thing and the car shows another; see ``fujia.mismatches``."""
        profile = self.car.profile
        return mismatches(
            self.turn, profile, self.before, self.after, self.asked, self.moved, healthy
        )


@dataclass
class Tally:
    """What came of many turns."""

    turns: int = 0
    actions: int = 0
    outcomes: Counter[str] = field(default_factory=Counter[str])
    mismatches: list[str] = field(default_factory=list[str])

    def as_json(self) -> dict[str, Any]:
        """The tally as plain data."""
        return {
            "turns": self.turns,
            "actions": self.actions,
            "outcomes": dict(self.outcomes.most_common()),
            "mismatches": self.mismatches,
        }


class Bench:
    """Runs cases on fresh cars, all with one understander."""

    def __init__(self, understander: Understander, vehicle: str = "i5") -> None:
        self.understander = understander
        self.profile = load_profile(vehicle)

    def run(self, case: Case, state: State, fault: Fault | None = None) -> Run:
        """One utterance on a fresh car."""
        car = SimulatedCar(self.profile, state)
        cabin = Cabin(car=car, understander=self.understander)
        before, moved, asked = car.snapshot(), len(car.log), len(car.actuations)
        if fault:
            car.inject(fault)
        turn = cabin.say(case.said, seat=case.seat)
        car.clear_faults()
        return Run(
            turn=turn,
            car=car,
            before=before,
            after=car.snapshot(),
            moved=tuple((change.path, change.new) for change in car.log[moved:]),
            asked=tuple((one.path, one.value) for one in car.actuations[asked:]),
        )


def fault_for(run: Run, random: Random) -> Fault:
    """A fault that strikes one of the signals which this turn wrote when all was well."""
    kind = random.choice(KINDS)
    paths = sorted({path for path, _ in run.asked})
    path = random.choice(paths) if paths else "Vehicle.*"
    at = {
        "offline": random.choice([None, 0.1, 0.5, 2.0]),
        "blocked": random.choice([None, 10.0, 45.0]),
    }
    return Fault(path, kind, at.get(kind))


def measure() -> dict[str, Any]:
    """Every case, with three faults each."""
    return measure_cases(Bench(GrammarUnderstander()), cases(), seeds=(1, 2, 3))


def measure_cases(bench: Bench, chosen: Sequence[Case], seeds: Sequence[int]) -> dict[str, Any]:
    """Run cases parked, driving, and with one random fault for each seed."""
    tallies = {"parked": Tally(), "driving": Tally(), "faults": Tally()}
    for case in chosen:
        parked = bench.run(case, PARKED)
        _count(tallies["parked"], case, parked)
        _count(tallies["driving"], case, bench.run(case, DRIVING))
        for seed in seeds:
            fault = fault_for(parked, Random(f"{seed} {case.id}"))
            broken = bench.run(case, PARKED, fault)
            _count(tallies["faults"], case, broken, parked.turn, f" with {fault}")
    return {name: tally.as_json() for name, tally in tallies.items()}


def _count(
    tally: Tally, case: Case, run: Run, healthy: Turn | None = None, fault: str = ""
) -> None:
    tally.turns += 1
    tally.actions += len(run.turn.actions)
    tally.outcomes.update(action.outcome for action in run.turn.actions)
    tally.mismatches += [f"{case.id} {case.said}{fault}: {why}" for why in run.mismatches(healthy)]


def tables(result: Mapping[str, Any]) -> list[Table]:
    """The tallies as a table."""
    table = Table("condition", "turns", "actions", "outcomes", "mismatches", title="Said and did")
    for name, tally in result.items():
        outcomes = ", ".join(f"{outcome} {count}" for outcome, count in tally["outcomes"].items())
        count = len(tally["mismatches"])
        table.add_row(name, str(tally["turns"]), str(tally["actions"]), outcomes, str(count))
    return [table]


if __name__ == "__main__":
    console = Console(soft_wrap=True)
    measured = measure()
    for tally in measured.values():
        for mismatch in tally["mismatches"]:
            console.print(mismatch, markup=False)
    for shown in tables(measured):
        console.print(shown)
