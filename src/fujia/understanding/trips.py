"""Several places in one breath are one trip: the last is its destination, the others are stops."""

from collections.abc import Sequence
from itertools import groupby

from fujia.understanding.plan import Command

_START, _STOP = "navigation.start", "navigation.add_stop"


def one_trip(commands: Sequence[Command]) -> list[Command]:
    """The commands with places that follow each other joined: 先去银行再去超市.

    The destination comes first, as a new one drops the stops of the old.
    """
    result: list[Command] = []
    for is_place, neighbours in groupby(commands, _is_place):
        group = list(neighbours)
        result += _joined(group) if is_place else group
    return result


def _is_place(command: Command) -> bool:
    return command.skill in (_START, _STOP) and bool(command.args)


def _joined(places: list[Command]) -> list[Command]:
    destination = next((one for one in reversed(places) if one.skill == _START), None)
    if destination is None:
        return places
    stops = (_as_stop(one) for one in places if one != destination)
    return [destination, *stops]


def _as_stop(command: Command) -> Command:
    if command.skill == _STOP:
        return command
    return command.model_copy(
        update={"skill": _STOP, "args": {"place": command.args["destination"]}}
    )
