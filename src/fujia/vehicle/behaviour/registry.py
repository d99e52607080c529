"""How a simulated car behaves: what a command does, and what follows from a change.

A *command* is what a control unit does when it is asked for a value; a *reaction* is what happens
in the car when a value has changed, whoever changed it. Reactions are harmless when repeated. At
the start of a simulation each one runs once for the value that is there, with ``old`` None.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from fujia.vehicle.motion import speed_of
from fujia.vehicle.signal import Value

if TYPE_CHECKING:
    from fujia.vehicle.world import World

Command = Callable[["World", str, Value], None]
Reaction = Callable[["World", str, Value | None, Value], None]

_COMMANDS: list[tuple[str, Command]] = []
_REACTIONS: list[tuple[str, Reaction]] = []


def commands(pattern: str) -> Callable[[Command], Command]:
    """Register a function as what happens when a signal that fits ``pattern`` is actuated."""

    def register(function: Command) -> Command:
        _COMMANDS.append((pattern, function))
        return function

    return register


def reacts(*patterns: str) -> Callable[[Reaction], Reaction]:
    """Register a function as what follows when a signal that fits a pattern has changed."""

    def register(function: Reaction) -> Reaction:
        _REACTIONS.extend((pattern, function) for pattern in patterns)
        return function

    return register


@cache
def command_of(path: str) -> Command:
    """What a control unit does when ``path`` is actuated."""
    fitting = (function for pattern, function in _COMMANDS if fnmatchcase(path, pattern))
    return next(fitting, _drive)


@cache
def reactions_of(path: str) -> tuple[Reaction, ...]:
    """What follows from a change of ``path``."""
    return tuple(function for pattern, function in _REACTIONS if fnmatchcase(path, pattern))


def _drive(world: "World", path: str, value: Value) -> None:
    """The usual command: move there if it moves, else take the value at once."""
    if speed_of(path) is not None and isinstance(value, (int, float)):
        world.move(path, value)
    else:
        world.put_unless_blocked(path, value)
