"""What people say to each other in a car, under ``talk/``: nothing of it may move the car."""

from pathlib import Path

import pytest
from pydantic import RootModel

from fujia.datafile import load_yaml
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.rules import load_rules
from fujia.understanding.understander import Context

_FILES = sorted((Path(__file__).parent / "talk").glob("*.yaml"))
_STILL = ("unknown.function", "manual.ask", "vehicle.status")


class Talk(RootModel[dict[str, list[str]]]):
    """One file: kinds of talk and what is said."""


def moves(said: str) -> list[str]:
    """The skills that an utterance would carry out."""
    plan = GrammarUnderstander().understand(said, Context())
    skills = [command.skill for command in plan.commands]
    return [one for one in skills if one not in _STILL and not load_rules().answers(one)]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_talk_moves_nothing(file: Path) -> None:
    said = [one for kind in load_yaml(file, Talk).root.values() for one in kind]
    faults = [f"{one}: {skills}" for one in said if (skills := moves(one))]
    assert len(said) >= 60 and not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "said", ["我刚把窗关了，打开空调", "I just closed the door, turn on the AC"]
)
def test_the_clause_beside_what_is_told_is_carried_out(said: str) -> None:
    assert moves(said) in (["climate.power"], ["climate.ac"])


def test_an_unknown_clause_is_named_beside_what_is_done() -> None:
    plan = GrammarUnderstander().understand("打开空调，隔壁王大爷家打开后备箱", Context())
    assert [command.skill for command in plan.commands] == ["climate.power", "unknown.function"]
