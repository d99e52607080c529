"""Telling the driver what a lamp means when it comes on, and offering to help on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fujia.cabin.conversation import Conversation, Task
from fujia.cabin.turn import Action
from fujia.cabin.world import load_world
from fujia.errors import CarUnreachable
from fujia.understanding.plan import Command, Language
from fujia.vehicle.car import Car

if TYPE_CHECKING:
    from fujia.expert.watcher import Watcher


class Telltales:
    """The telltales of a car, as they come on. The first look at them begins the watching."""

    def __init__(self, car: Car) -> None:
        self.car = car
        self._watcher: Watcher | None = None

    def due(self, memory: Conversation, language: Language) -> Iterator[tuple[Action, str]]:
        """What came on and was not told yet, the gravest first: an action and its reply.

        Unless something else waits for a yes, the gravest one's offer to look for help does.
        """
        from fujia.expert.watcher import Watcher

        try:
            self._watcher = self._watcher or Watcher(self.car)
            news = self._watcher.due()
        except CarUnreachable:
            return
        for telltale, state in news:
            told = telltale.report(self.car.profile, state, language)
            if telltale.helps and memory.awaited() is None:
                told += _offer(telltale.helps, memory, language)
            yield Action("telltale.report", {"telltale": telltale.id}, "answered", reply=told), told


def _offer(kind: str, memory: Conversation, language: Language) -> str:
    """Let the search for a kind of place wait for the driver's yes, and ask for it."""
    place = load_world().categories[kind]
    name = place.zh if language == "zh" else place.en
    command = Command(skill="place.search", args={"category": name})
    memory.wait((Task(command),), (), "driver", language)
    if language == "zh":
        return f"要我找最近的{name}吗？"
    return f" Shall I look for the nearest {name}?"
