"""Cabins with a scripted model beside them."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Any

from fujia.cabin.assistant import Cabin
from fujia.cabin.memory.memories import Memories
from fujia.errors import ModelError
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.model import ChatModel, Completion, Listen, Request, ToolCall
from fujia.llm.scripted import Script, Scripted, ScriptedModel
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import ScriptedUnderstander
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.talk import ACTS, command

OPEN = command("window.position", zone="driver", position=50)
HEAT = command("seat.heating", zone="driver", level=1)
UNKNOWN = Plan(commands=(command("unknown.function"),))
WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
NETWORK = "Vehicle.Connectivity.IsConnectivityAvailable"
NOTICE = "先说明一下：回答您的是人工智能，不是真人，可能会出错，请您自己判断。"


def planned(*commands: Command, reply: str = "") -> str:
    """A plan as a model writes it."""
    shown = [{"skill": one.skill, "args": one.args} for one in commands]
    return json.dumps({"commands": shown, "reply": reply}, ensure_ascii=False)


def called(*commands: Command, words: str = "") -> Completion:
    """An answer in conversation that calls the car."""
    shown = [{"skill": one.skill, "args": one.args} for one in commands]
    arguments = json.dumps({"commands": shown}, ensure_ascii=False)
    return Completion(words, 10, 10, calls=(ToolCall("car.do", arguments, "1"),))


def gateway(model: ChatModel | Script, **more: Any) -> Gateway:
    """A gateway whose model is scripted."""
    scripted = model if isinstance(model, ChatModel) else ScriptedModel(model)
    return Gateway(load_config(), models={"deepseek-chat": scripted}, **more)


class Talk:
    """A cabin in a simulated i5, what it told while it talked, and its model."""

    def __init__(
        self,
        plans: Mapping[str, Plan],
        answers: ChatModel | Mapping[str, Sequence[Scripted]] | Callable[[str, int], Scripted],
        *,
        memories: Memories | None = None,
        models: Gateway | None = None,
        **more: Any,
    ) -> None:
        self.car = SimulatedCar(load_profile("i5"))
        self.told: list[tuple[str, str]] = []
        self.gateway = models or gateway(answers)
        self.cabin = Cabin(
            car=self.car, understander=ScriptedUnderstander({**ACTS, **plans}),
            observer=self._observe, memories=memories, models=self.gateway, **more,
        )  # fmt: skip

    def _observe(self, kind: str, data: Mapping[str, Any]) -> None:
        if kind in ("words", "filler"):
            self.told.append((kind, str(data["text"])))

    @property
    def heard(self) -> str:
        """What was said while the model wrote it."""
        return "".join(text for kind, text in self.told if kind == "words")


class HangingModel(ChatModel):
    """Says nothing until ``go`` is set; then it answers, or fails."""

    def __init__(self, answer: Scripted = "好的，听到了。") -> None:
        self.model = "hanging"
        self.go, self.asked = Event(), Event()
        self._answer = answer

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """The answer, when it may come."""
        self.asked.set()
        if not self.go.wait(30):
            raise ModelError("nobody let it go", "timeout")
        if isinstance(self._answer, Exception):
            raise self._answer
        if isinstance(self._answer, Completion):
            return self._answer
        return Completion(self._answer, 1, 1, model=self.model)


def memories_in(folder: Path, *purposes: str) -> Memories:
    """Memories with an owner in the driver's seat who consents to some purposes."""
    memories = Memories(folder)
    owner = memories.seat("driver", "owner")
    for purpose in purposes:
        owner.consents.grant(purpose)
    return memories
