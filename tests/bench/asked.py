"""How people really ask: exact plans on utterances written before the grammar was read.

Run ``python -m tests.bench.asked [--errors]``. The set is our own (``data/asked.yaml``). Its half
``dev`` may be learned from, and ``--errors`` lists what goes wrong there with what ships; of
``held_out`` only counts are ever shown.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel
from rich.console import Console
from rich.table import Table

from fujia.datafile import load_yaml
from fujia.foundry.scoring.score import Case, Judged, Match, Wanted, judge
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Act, Command, Language
from fujia.understanding.student.understander import (
    SHIPPED,
    StudentUnderstander,
    default_understander,
)
from fujia.understanding.understander import Context, Understander
from fujia.vehicle.zone import Seat
from tests.bench.record import facts, show, write
from tests.bench.talk import moves
from tests.bench.understanding import show as show_commands
from tests.bench.understanding import show_wanted

ASKED = Path(__file__).parent / "data" / "asked.yaml"
OUT = Path("bench/results/f2_asked.json")
COMMAND = "python -m tests.bench.asked"

Half = Literal["dev", "held_out"]
Entry = Mapping[str, Mapping[str, Any]]
T = TypeVar("T")


def _command(entry: Entry) -> Command:
    """``{window.position: {position: 0}, if: {fact: rain}}`` as a command."""
    condition = entry.get("if")
    ((skill, args),) = ((name, args) for name, args in entry.items() if name != "if")
    return Command.model_validate({"skill": skill, "args": args, "condition": condition})


def _wants(entries: Sequence[Entry | Sequence[Entry]]) -> tuple[Wanted, ...]:
    """The commands, each with its choices."""
    choices = ([one] if isinstance(one, Mapping) else one for one in entries)
    return tuple(tuple(map(_command, each)) for each in choices)


def _last(entries: Sequence[Entry]) -> tuple[Command, ...]:
    return tuple(map(_command, entries))


class Asked(BaseModel):
    """One utterance, the turn before it, and what it asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: str
    said: str = Field(min_length=1)
    wants: Annotated[tuple[Wanted, ...], BeforeValidator(_wants)]
    last: Annotated[tuple[Command, ...], BeforeValidator(_last)] = ()
    act: Act = "do"
    seat: Seat = "driver"


class Halves(RootModel[Mapping[Half, Mapping[Language, tuple[Asked, ...]]]]):
    """Both halves of the set, by language."""


class Heard(BaseModel):
    """One utterance with what was made of it."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    language: Language
    asked: Asked
    judged: Judged
    act: Act
    moved: bool

    @property
    def is_exact(self) -> bool:
        """Every command and the act; an act changes nothing where nothing was asked."""
        minds_act = bool(self.asked.wants) or self.asked.act != "do"
        return self.judged.is_exact and (self.act == self.asked.act or not minds_act)


def load() -> Mapping[Half, Mapping[Language, Sequence[Asked]]]:
    """The set; raises DataError where it does not follow its schema."""
    return load_yaml(ASKED, Halves).root


def hear(understander: Understander, half: Mapping[Language, Iterable[Asked]]) -> list[Heard]:
    """What ``understander`` makes of half of the set."""
    return [_heard(understander, language, one) for language, many in half.items() for one in many]


def _heard(understander: Understander, language: Language, asked: Asked) -> Heard:
    plan = understander.understand(asked.said, Context(seat=asked.seat, last=asked.last))
    case = Case(id=asked.group, said=asked.said, wanted=asked.wants)
    judged = judge(case, plan.commands)
    return Heard(
        language=language, asked=asked, judged=judged, act=plan.act, moved=moves(plan)
    )  # fmt: skip


def scores(heard: Sequence[Heard]) -> dict[str, Any]:
    """Exact plans, F1 of commands, and on what asks for nothing how often something would move."""
    nothing = [one for one in heard if not one.asked.wants and one.asked.act == "do"]
    full = sum((one.judged.full for one in heard), Match(0, 0, 0))
    exact = sum(one.is_exact for one in heard)
    return {
        "utterances": len(heard),
        "exact": exact,
        "exact_plans": round(exact / len(heard), 4) if heard else 0.0,
        "f1": round(full.f1, 4),
        "false_actuations": sum(one.moved for one in nothing),
    }


def figures_of(heard: Sequence[Heard]) -> dict[str, Any]:
    """The scores of all, of each language and of each group within it."""
    of_language = _grouped((one.language, one) for one in heard)
    of_group = _grouped((f"{one.language} {one.asked.group}", one) for one in heard)
    return {
        "all": scores(heard),
        "languages": {name: scores(many) for name, many in of_language.items()},
        "groups": {name: scores(many) for name, many in of_group.items()},
    }


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for name, one in pairs:
        groups.setdefault(name, []).append(one)
    return groups


def measure() -> dict[str, Any]:
    """Everybody who understands on the car, on both halves."""
    halves = load()
    who = {
        "student": StudentUnderstander(SHIPPED),
        "default": default_understander(),
        "grammar": GrammarUnderstander(),
    }
    return {
        **facts(COMMAND, {"asked": ASKED}),
        "halves": {
            half: {name: figures_of(hear(one, asked)) for name, one in who.items()}
            for half, asked in halves.items()
        },
    }


def tables(figures: Mapping[str, Any]) -> list[Table]:
    """Who gets how much right, on either half."""
    table = Table("half", "who", "exact plans", "F1", "false actuations", title="as people ask")
    for half, models in figures["halves"].items():
        for name, found in models.items():
            all_of_it = found["all"]
            exact = f"{all_of_it['exact_plans']:.1%} ({all_of_it['exact']})"
            row = (exact, f"{all_of_it['f1']:.3f}", str(all_of_it["false_actuations"]))
            table.add_row(half, name, *row)
    return [table]


def show_errors(heard: Iterable[Heard]) -> None:
    """What was said, wanted and understood, wherever these differ."""
    console = Console(soft_wrap=True, highlight=False)
    for one in heard:
        if not one.is_exact or (one.moved and not one.asked.wants and one.asked.act == "do"):
            console.print(f"{one.language} {one.asked.group}  {one.asked.said}", markup=False)
            wanted = show_wanted(one.asked.wants)
            console.print(f"    wanted     {one.asked.act}: {wanted}", markup=False)
            understood = show_commands(one.judged.predicted)
            console.print(f"    understood {one.act}: {understood}", markup=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write; or list the errors of ``dev``."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="where the results go")
    parser.add_argument("--errors", action="store_true", help="list what goes wrong on dev")
    options = parser.parse_args(arguments)
    if options.errors:
        show_errors(hear(default_understander(), load()["dev"]))
        return
    figures = measure()
    show(tables(figures))
    write(figures, options.out)


if __name__ == "__main__":
    main()
