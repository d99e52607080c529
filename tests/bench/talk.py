"""False actuations: how often something in the car would move on talk that asks nothing of it.

Run ``python -m tests.bench.talk``. The talk is our own (``data/talk.yaml``), written before
anything was measured on it; nobody is tuned to it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import RootModel
from rich.table import Table

from fujia.datafile import load_yaml
from fujia.foundry.scoring.canonical import is_harmless, is_nothing
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Language, Plan
from fujia.understanding.student.understander import (
    SHIPPED,
    StudentUnderstander,
    default_understander,
)
from fujia.understanding.understander import Context, Understander
from tests.bench.record import facts, start

TALK = Path(__file__).parent / "data" / "talk.yaml"
OUT = Path("bench/results/f2_talk.json")
COMMAND = "python -m tests.bench.talk"


class Talk(RootModel[Mapping[Language, tuple[str, ...]]]):
    """What people say that asks nothing of the car, by language."""


def moves(plan: Plan) -> bool:
    """Whether a plan would change something in the car."""
    return any(not is_nothing(each) and not is_harmless(each) for each in plan.commands)


def moved(understander: Understander, talk: Mapping[Language, Sequence[str]]) -> dict[str, Any]:
    """The share of talk on which something would move, and which talk that is."""
    wrong = {
        language: [said for said in many if moves(understander.understand(said, Context()))]
        for language, many in talk.items()
    }
    count = sum(map(len, wrong.values()))
    return {"rate": round(count / sum(map(len, talk.values())), 4), "moved": count, "on": wrong}


def measure() -> dict[str, Any]:
    """Everybody who understands on the car, on the same talk."""
    talk = load_yaml(TALK, Talk).root
    who = {
        "student": StudentUnderstander(SHIPPED),
        "default": default_understander(),
        "grammar": GrammarUnderstander(),
    }
    return {
        **facts(COMMAND, {"talk": TALK}),
        "utterances": {language: len(many) for language, many in talk.items()},
        "models": {name: moved(each, talk) for name, each in who.items()},
    }


def tables(figures: Mapping[str, Any]) -> list[Table]:
    """Who moves how much."""
    table = Table("who", "moves something", title="talk that asks nothing of the car")
    for name, found in figures["models"].items():
        table.add_row(name, f"{found['rate']:.1%} ({found['moved']})")
    return [table]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    start(COMMAND, __doc__, OUT, measure, tables, arguments)


if __name__ == "__main__":
    main()
