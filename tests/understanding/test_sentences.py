"""Sentences as people say them, and the plans they must become.

Each file under ``sentences/<locale>`` is a list; anybody can add a sentence without Python.
"""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, RootModel

from fujia.datafile import load_yaml
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Act, Command
from fujia.understanding.understander import Context
from fujia.vehicle.zone import Seat

_FOLDER = Path(__file__).parent / "sentences"
_FILES = sorted(_FOLDER.glob("*/*.yaml"))


class Sentence(BaseModel):
    """One utterance and what it asks for."""

    model_config = ConfigDict(extra="forbid")

    say: str
    plan: list[Command] | None = None
    """The commands, compared exactly; absent where only ``act`` matters."""
    act: Act = "do"
    seat: Seat = "driver"
    last: list[Command] = []
    """The commands of the turn before."""
    waiting: bool = False


class Sentences(RootModel[list[Sentence]]):
    """One file of sentences."""


@pytest.fixture(scope="module")
def understander() -> GrammarUnderstander:
    return GrammarUnderstander()


def _fault(sentence: Sentence, understander: GrammarUnderstander) -> str | None:
    context = Context(seat=sentence.seat, last=tuple(sentence.last), waiting=sentence.waiting)
    plan = understander.understand(sentence.say, context)
    wanted = sentence.plan if sentence.plan is not None else []
    if plan.act == sentence.act and list(plan.commands) == wanted:
        return None
    found = [command.model_dump(exclude_defaults=True) for command in plan.commands]
    return (
        f"{sentence.say}\n    wanted {sentence.act} {_short(wanted)}\n    found  {plan.act} {found}"
    )


def _short(commands: list[Command]) -> list[dict[str, object]]:
    return [command.model_dump(exclude_defaults=True) for command in commands]


def test_there_are_sentences() -> None:
    assert _FILES


@pytest.mark.parametrize("file", _FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_sentence_becomes_its_plan(file: Path, understander: GrammarUnderstander) -> None:
    sentences = load_yaml(file, Sentences).root
    faults = [fault for one in sentences if (fault := _fault(one, understander))]
    assert sentences and not faults, f"{len(faults)} of {len(sentences)}:\n" + "\n".join(faults)
