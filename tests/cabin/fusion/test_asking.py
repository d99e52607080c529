"""What comes of a model's answer, before anything is done with it."""

import json
from typing import Any

import pytest

from fujia.cabin.agent.tools import Toolbox, toolbox
from fujia.cabin.fusion.asking import Asker, Question
from fujia.cabin.fusion.texts import load_texts
from fujia.cabin.persona import load_persona
from fujia.cabin.skill import Scene
from fujia.errors import ModelError
from fujia.llm.model import ChatModel
from fujia.llm.scripted import ScriptedModel
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.fusion.talking import OPEN, gateway, planned
from tests.cabin.talk import command

SAID = "主驾车窗开到50"


@pytest.fixture(scope="module")
def tools() -> Toolbox:
    car = SimulatedCar(load_profile("i5"))
    return toolbox(Scene(car.profile, car.snapshot(), "driver", "zh"))


def asker(model: ChatModel) -> Asker:
    return Asker(gateway(model), load_persona("fujia", ()), load_texts())


def thought(answer: Any, tools: Toolbox, said: str = SAID):
    model = ScriptedModel(lambda _, __: answer)
    return asker(model).plan(Question(said, "driver", "zh", "t", 5.0), tools)


def test_commands_that_were_said_are_held_as_they_are(tools: Toolbox):
    found = thought(planned(OPEN), tools)
    assert (found.commands, found.assumed, found.error) == ((OPEN,), False, None)


def test_what_was_not_said_may_be_null(tools: Toolbox):
    given = {"skill": OPEN.skill, "args": {"position": 50, "zone": None}, "condition": None}
    found = thought(json.dumps({"commands": [given]}), tools)
    assert (found.commands, found.error) == ((command(OPEN.skill, position=50),), None)


def test_words_that_claim_a_deed_are_not_passed_on(tools: Toolbox):
    assert thought(planned(reply="车窗已打开。飞不了。"), tools).words == "飞不了。"


@pytest.mark.parametrize(
    "answer",
    ["没听懂", json.dumps({"commands": [{"skill": 3}]}), planned(command("rocket.start")),
     planned(OPEN, command("seat.heating", level="hot"))],
)  # fmt: skip
def test_half_a_plan_is_none(tools: Toolbox, answer: str):
    found = thought(answer, tools)
    assert (found.commands, found.error) == ((), "malformed")


def test_why_there_is_no_answer_is_known(tools: Toolbox):
    assert thought(ModelError("no money", "balance"), tools).error == "balance"


def test_the_model_is_told_the_skills_and_may_name_no_other(tools: Toolbox):
    model = ScriptedModel(lambda _, __: planned())
    asker(model).plan(Question(SAID, "rear_left", "zh", "t", 5.0), tools)
    (request,) = model.requests
    assert "window.position(" in request.messages[0]["content"]
    assert "rear left" in request.messages[0]["content"]
    assert request.schema is not None
    names = request.schema["properties"]["commands"]["items"]["properties"]["skill"]["enum"]
    assert names == sorted(tools.parameters)
