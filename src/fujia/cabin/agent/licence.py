"""The taint rule: what may still be written once text from outside has been read.

The plan was made from the person's words alone. A command that is in it, with the values that it
had there, is what the person asked for, whatever was read meanwhile. A value that a result filled
in is the car's own as long as nothing from outside was read; afterwards a person must hear it and
say yes. Anything else is nobody's wish: it is offered, and after text from outside it is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujia.cabin.agent.intent import Intent
from fujia.datafile import load_yaml
from fujia.understanding.plan import Argument, Command

TRUST_FILE = Path(__file__).parent / "data" / "trust.yaml"
Ruling = Literal["allow", "offer", "refuse"]


@dataclass(frozen=True, slots=True)
class Licence:
    """The ruling over one command, and the step of the plan that it carries out."""

    ruling: Ruling
    step: int | None = None
    why: str = ""


class Trust(BaseModel):
    """Which READ skills answer in the car's own words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    own: tuple[str, ...]
    foreign: tuple[str, ...]


def licence(
    command: Command, steps: Sequence[tuple[int, Intent]], said: str, *, tainted: bool
) -> Licence:
    """Rule over a WRITE command.

    ``steps`` are those of the plan that were not carried out yet, with their positions; ``said``
    is what the person said themselves.
    """
    fitting = [(n, one) for n, one in steps if one.skill == command.skill and _fits(command, one)]
    # The step that leaves the least open is the one that is meant.
    fitting.sort(key=lambda step: len(_filled(command, step[1])))
    if not fitting:
        return Licence("refuse" if tainted else "offer", None, "not what was asked for")
    number, step = fitting[0]
    strange = [
        value for value in _filled(command, step).values() if tainted and not _was_said(value, said)
    ]
    if strange:
        return Licence("offer", number, "its value comes from outside")
    return Licence("allow", number)


def may_read_outside(
    name: str, args: Mapping[str, Argument], steps: Sequence[Intent], *, tainted: bool
) -> bool:
    """Whether a source from outside may be asked: after one was read, only as it was planned.

    What is asked of a source leaves the car, so text from outside must not choose it.
    """
    if not tainted:
        return True
    command = Command(skill=name, args=dict(args))
    return any(step.skill == name and not step.later and _fits(command, step) for step in steps)


def is_foreign(command: Command) -> bool:
    """Whether a READ command answers with text that neither the person nor the car wrote."""
    trust = _trust()
    thing = command.args.get("thing")
    names = [command.skill, f"{command.skill} {thing}"] if thing else [command.skill]
    matches = [any(fnmatchcase(name, one) for name in names) for one in trust.foreign]
    if any(matches):
        return True
    return not any(fnmatchcase(name, one) for name in names for one in trust.own)


def _fits(command: Command, step: Intent) -> bool:
    """Whether a command has the planned values, and no argument that was not left open."""
    planned = all(
        name in command.args and _same(command.args[name], value)
        for name, value in step.args.items()
        if name not in step.later
    )
    return planned and all(name in step.args or name in step.later for name in command.args)


def _filled(command: Command, step: Intent) -> dict[str, Argument]:
    return {name: value for name, value in command.args.items() if name in step.later}


def _same(one: Argument, other: Argument) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().casefold() == other.strip().casefold()
    return one == other


def _was_said(value: Argument, said: str) -> bool:
    """Whether the person said this text themselves; a number alone proves nothing."""
    if not isinstance(value, str) or len(value.strip()) < 2:
        return False
    return value.strip().casefold() in said.casefold()


@cache
def _trust() -> Trust:
    return load_yaml(TRUST_FILE, Trust)
