"""Agents with a scripted model, in a simulated car."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fujia.cabin.agent import (
    AgentResult,
    ErrandHands,
    Limits,
    Reader,
    Said,
    Situation,
    ToolAgent,
)
from fujia.cabin.errand import Errand
from fujia.cabin.memory.memories import Memories
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.skills import SKILLS
from fujia.cabin.tracer import Tracer
from fujia.llm.model import Completion, ToolCall
from fujia.llm.scripted import Scripted, ScriptedModel
from fujia.understanding.normalise import detect_language
from fujia.vehicle import SimulatedCar, Value, load_profile
from fujia.vehicle.fault import Fault

__all__ = ["SKILLS", "Ran", "act", "calls", "plan", "reader", "step"]


@dataclass
class Ran:
    """What a test looks at after an agent ran."""

    result: AgentResult
    car: SimulatedCar
    model: ScriptedModel
    errand: Errand

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome of each skill."""
        return {action.skill: action.outcome for action in self.result.actions}

    @property
    def written(self) -> list[str]:
        """The paths that were written, in order."""
        return [path for _, path, _ in self.car.actuations]

    @property
    def told(self) -> str:
        """Everything that the model was told in its last request."""
        return "\n".join(message["content"] for message in self.model.requests[-1].messages)


def plan(*steps: Mapping[str, Any], **more: Any) -> str:
    """A plan as a model writes it."""
    return json.dumps({"steps": steps, **more}, ensure_ascii=False)


def step(
    skill: str, *, later: Sequence[str] = (), only_if: str = "", **args: Any
) -> dict[str, Any]:
    """One step of a plan."""
    made: dict[str, Any] = {"skill": skill, "args": args}
    made |= {"later": list(later)} if later else {}
    return made | ({"only_if": only_if} if only_if else {})


def calls(*made: tuple[str, Mapping[str, Any]], text: str = "") -> Completion:
    """A completion that calls tools."""
    listed = (ToolCall(name, json.dumps(args, ensure_ascii=False)) for name, args in made)
    return Completion(text, calls=tuple(listed))


def reader(name: str, text: str, **parameters: Any) -> Reader:
    """A source of text from outside."""
    schema = {"type": "object", "properties": parameters}
    return Reader(name, f"Read {name}", schema, lambda _: text)


def act(
    request: str,
    *answers: Scripted,
    readers: Sequence[Reader] = (),
    history: Sequence[Said] = (),
    lacking: frozenset[str] = frozenset(),
    state: Mapping[str, Value] | None = None,
    vehicle: str = "i5",
    memories: Memories | None = None,
    limits: Limits | None = None,
    clock: Any = None,
    faults: Sequence[Fault] = (),
) -> Ran:
    """Run an agent whose model answers in this order; the last answer is repeated."""
    car = SimulatedCar(load_profile(vehicle), state)
    car.settle()
    for fault in faults:
        car.inject(fault)
    errand = Errand(car, "driver", detect_language(request), Tracer(), memories=memories)
    hands = ErrandHands(errand, Replies(load_persona("fujia", ())))
    given: Iterator[Scripted] = iter(answers)
    last: list[Scripted] = [answers[-1]]
    model = ScriptedModel(lambda _asked, _sample: next(given, last[0]))
    timed = {"clock": clock} if clock else {}
    agent = ToolAgent(model, limits=limits, **timed)
    situation = Situation(tuple(history), tuple(readers), lacking)
    return Ran(agent.run(request, hands, situation), car, model, errand)
