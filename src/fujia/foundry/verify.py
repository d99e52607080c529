"""Is a label right? What can be told without a human.

A plan must name skills that exist, with arguments that they take; what it copies must have been
said; and two plans agree when they lead every simulated car to the same end state, from its start
state and from one in which everything stands elsewhere (closing a closed window proves nothing).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from fujia import Profile, SimulatedCar
from fujia.cabin.conversation import Task
from fujia.cabin.errand import Errand
from fujia.cabin.skills import SKILLS
from fujia.cabin.tracer import Tracer
from fujia.cabin.turn import Action
from fujia.errors import InputError
from fujia.foundry.skillbook import canonical, free_arguments
from fujia.understanding.normalise import detect_language, normalise
from fujia.understanding.plan import Command, Plan
from fujia.understanding.words import load_words
from fujia.vehicle.signal import Signal, Value
from fujia.vehicle.zone import Seat

_TOUCHABLE = ("comfort", "view", "access")
_MOMENTARY = ("Switch", "Action", "IsWashing", "SelectedURI", "MemorySlot", "MemorySave")
"""Signals that go back by themselves, or that only start something: writing them is what counts."""
_BUSY = {"Call": "10086", "Destination": "somewhere", "Video": "something"}
"""Texts that show that something goes on: a call, a route, a video."""
_UNSPOKEN = frozenset({("unknown.function", "text")})
"""Words that name what was said, not what is wanted: they do not tell plans apart."""


@dataclass(frozen=True, slots=True)
class EndState:
    """What a plan leads to on one car: signals that changed, and everything else that it did."""

    act: str
    signals: tuple[tuple[str, str], ...]
    """Path and new value (JSON) of every signal that differs from the start, by path; then those
    that go back by themselves, in the order in which they were written."""
    others: tuple[str, ...]
    """Commands that did not act (answered, refused, waiting for a condition), sorted."""


class ProvingGround:
    """Simulated cars on which plans are tried.

    Without profiles to try on nothing could be verified: give at least one.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        if not profiles:
            raise InputError("there is no vehicle profile to try plans on")
        self.profiles = tuple(profiles)

    def problems(self, plan: Plan, text: str, seat: Seat = "driver") -> list[str]:
        """What is wrong with a label by itself; empty if nothing is found."""
        found = [problem for command in plan.commands for problem in _problems(command, text)]
        if plan.act == "do" and not plan.commands:
            found.append("a plan without commands")
        if plan.act != "do" and plan.commands:
            found.append(f"'{plan.act}' with commands")
        if not found:
            found.extend(self._unresolved(plan, seat))
        return found

    def end_states(self, plan: Plan, seat: Seat = "driver") -> tuple[EndState, ...]:
        """What the plan leads to on every profile, from both start states."""
        return tuple(
            _end_state(plan, seat, profile, start)
            for profile, starts in self._starts
            for start in starts
        )

    def agree(self, one: Plan, other: Plan, seat: Seat = "driver") -> bool:
        """Whether both plans lead to the same end state everywhere."""
        if one.asks_the_same(other):
            return True
        return self.end_states(one, seat) == self.end_states(other, seat)

    @cached_property
    def _starts(self) -> tuple[tuple[Profile, tuple[Mapping[str, Value], ...]], ...]:
        return tuple((profile, ({}, elsewhere(profile))) for profile in self.profiles)

    def _unresolved(self, plan: Plan, seat: Seat) -> Iterator[str]:
        """Commands that no car has, or that fail on all of them."""
        for command in plan.commands:
            plain = command.model_copy(update={"condition": None})
            outcomes = {
                _run(SimulatedCar(profile), [plain], seat, plan)[0].outcome
                for profile in self.profiles
            }
            if command.skill != "unknown.function" and outcomes <= {"unavailable", "failed"}:
                yield f"{command.skill}: {' or '.join(sorted(outcomes))} on every vehicle"


def elsewhere(profile: Profile) -> dict[str, Value]:
    """A start state in which whatever can be moved without danger is not where it starts."""
    state: dict[str, Value] = {}
    for signal in profile.signals.values():
        moved = _moved(signal)
        if moved is not None:
            state[signal.path] = moved
    return state


def copied(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text``, whatever their case, width, script and spaces."""
    return _key(words) in _key(text)


def _key(text: str) -> str:
    script = load_words("zh").characters if detect_language(text) == "zh" else None
    return normalise(text, script=script).text.replace(" ", "")


def _problems(command: Command, text: str) -> Iterator[str]:
    skill = SKILLS.get(command.skill)
    if skill is None:
        yield f"there is no skill {command.skill!r}"
        return
    try:
        skill.arguments.model_validate(dict(command.args))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        yield f"{command.skill}: {place}: {first['msg']}"
        return
    for name in free_arguments(command.skill) & command.args.keys():
        words = str(command.args[name])
        if words not in canonical(command.skill, name) and not copied(text, words):
            yield f"{command.skill}: {words!r} was not said"


def _moved(signal: Signal) -> Value | None:
    """Another value than the start value, or None where moving it makes no sense."""
    name = signal.path.rsplit(".", 1)[-1]
    if signal.kind != "actuator" or signal.safety not in _TOUCHABLE or name in _MOMENTARY:
        return None
    if name in _BUSY:
        return _BUSY[name]
    if signal.datatype == "boolean":
        return not signal.initial
    if signal.allowed and not signal.datatype.endswith("[]"):
        return next((value for value in signal.allowed if value != signal.initial), None)
    if signal.minimum is None or signal.maximum is None:
        return None
    third = signal.minimum + (signal.maximum - signal.minimum) / 3
    return third if signal.datatype in ("float", "double") else round(third)


def _end_state(plan: Plan, seat: Seat, profile: Profile, start: Mapping[str, Value]) -> EndState:
    car = SimulatedCar(profile, start)
    before = car.snapshot()
    now = [command for command in plan.commands if command.condition is None]
    later = [command for command in plan.commands if command.condition is not None]
    actions = _run(car, now, seat, plan)
    car.settle()
    changed = [
        (path, json.dumps(value, ensure_ascii=False))
        for path, value in sorted(car.snapshot().items())
        if value != before.get(path)
    ]
    changed += [
        (f"{path} once", json.dumps(value, ensure_ascii=False))
        for _, path, value in car.actuations
        if path.rsplit(".", 1)[-1] in _MOMENTARY
    ]
    others = [_shown(action) for action in actions if action.outcome != "done"]
    others += [command.model_dump_json() for command in later]
    return EndState(plan.act, tuple(changed), tuple(sorted(others)))


def _run(
    car: SimulatedCar, commands: Sequence[Command], seat: Seat, plan: Plan
) -> tuple[Action, ...]:
    """Carry out commands as if every question had been answered with yes."""
    errand = Errand(car, seat, plan.language, Tracer(), confirmed=True)
    return errand.run([Task(command) for command in commands])


def _shown(action: Action) -> str:
    args = {
        name: value for name, value in action.args.items() if (action.skill, name) not in _UNSPOKEN
    }
    said = json.dumps(args, ensure_ascii=False, sort_keys=True)
    return f"{action.skill} {said} {action.outcome}"
