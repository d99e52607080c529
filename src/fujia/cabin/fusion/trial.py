"""Two plans, tried on copies of the car: do they come to the same?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fujia.cabin.conversation import Task
from fujia.cabin.errand import Errand
from fujia.cabin.skills import SKILLS
from fujia.cabin.tracer import Tracer
from fujia.errors import InputError
from fujia.understanding.plan import Plan
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value
from fujia.vehicle.simulated import SimulatedCar
from fujia.vehicle.zone import Seat

_MOMENTARY = ("Switch", "Action", "IsWashing", "SelectedURI", "MemorySlot", "MemorySave")
"""Signals that go back by themselves: that they were written is what counts."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan would come to: an act, signals that change, and what waits or cannot be."""

    act: str
    signals: frozenset[tuple[str, str]]
    others: frozenset[str]
    """Writes that change no signal, with their outcome; commands that wait for a condition."""


def agree(one: Plan, other: Plan, profile: Profile, state: Mapping[str, Value], seat: Seat) -> bool:
    """Whether two plans lead a copy of the car from ``state`` to the same end state.

    What only answers is not compared: it changes nothing.
    """
    if one.asks_the_same(other):
        return True
    return change(one, profile, state, seat) == change(other, profile, state, seat)


def change(plan: Plan, profile: Profile, state: Mapping[str, Value], seat: Seat) -> Change:
    """What a plan would change, as if every question had been answered with yes."""
    car = _copy(profile, state)
    before = car.snapshot()
    now = [command for command in plan.commands if command.condition is None]
    later = [command for command in plan.commands if command.condition is not None]
    errand = Errand(car, seat, plan.language, Tracer(), confirmed=True)
    actions = errand.run([Task(command) for command in now])
    car.settle()
    after = car.snapshot().items()
    changed = {(path, _shown(value)) for path, value in after if value != before.get(path)}
    changed |= {
        (path, _shown(value))
        for _, path, value in car.actuations
        if path.rsplit(".", 1)[-1] in _MOMENTARY
    }
    others = {command.model_dump_json() for command in later}
    others |= {
        f"{action.skill} {_shown(action.args)} {action.outcome}"
        for action in actions
        if action.outcome != "done" and _is_write(action.skill)
    }
    return Change(plan.act, frozenset(changed), frozenset(others))


def _copy(profile: Profile, state: Mapping[str, Value]) -> SimulatedCar:
    try:
        return SimulatedCar(profile, state)
    except InputError:  # a real car reports what no simulated one takes
        return SimulatedCar(profile)


def _is_write(skill: str) -> bool:
    return skill in SKILLS and SKILLS[skill].kind == "write" and skill != "unknown.function"


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
