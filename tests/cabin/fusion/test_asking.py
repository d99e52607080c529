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
from fujia.llm.checked import validate
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
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


def scripted(*answers: str) -> ScriptedModel:
    left = list(answers)
    return ScriptedModel(lambda _, __: left.pop(0) if len(left) > 1 else left[0])


PAUSE = command("media.control", action="pause", station="音乐之声")


def test_an_argument_that_a_model_invents_costs_the_argument_only(tools: Toolbox):
    model = scripted(planned(PAUSE))
    found = asker(model).plan(Question("暂停一下", "driver", "zh", "t", 5.0), tools)
    assert found.commands == (command("media.control", action="pause"),)
    assert (found.dropped, found.assumed) == (("media.control.station",), False)
    assert len(model.requests) == 1


def test_a_model_is_told_once_where_it_put_what_was_said(tools: Toolbox):
    right = command("media.play", query="音乐之声")
    model = scripted(planned(PAUSE), planned(right))
    found = asker(model).plan(Question("播放音乐之声", "driver", "zh", "t", 5.0), tools)
    assert (found.commands, found.assumed, found.dropped) == ((right,), False, ())
    told = model.requests[1].messages[-1]["content"]
    assert "media.control has no argument 'station'" in told
    assert model.requests[1].time_s is not None and model.requests[1].time_s <= 5.0


def test_a_model_that_does_not_learn_is_asked_about(tools: Toolbox):
    model = scripted(planned(PAUSE))
    found = asker(model).plan(Question("播放音乐之声", "driver", "zh", "t", 5.0), tools)
    assert found.commands == (command("media.control", action="pause"),)
    assert found.assumed
    assert len(model.requests) == 2


def test_a_wrong_value_may_be_put_right(tools: Toolbox):
    model = scripted(planned(command("seat.heating", level="hot")), planned(OPEN))
    assert asker(model).plan(Question(SAID, "driver", "zh", "t", 5.0), tools).commands == (OPEN,)


def test_a_server_with_a_grammar_gets_the_arguments_of_each_skill_and_words_stay_short(
    tools: Toolbox,
):
    model = scripted(planned())
    asker(model).plan(Question(SAID, "driver", "zh", "t", 5.0), tools)
    (request,) = model.requests
    assert request.schema is not None and request.grammar is not None
    invented = json.loads(planned(PAUSE))
    assert validate(invented, request.schema) is None
    assert validate(invented, request.grammar) is not None
    assert validate(json.loads(planned(OPEN)), request.grammar) is None
    assert len(json.dumps(request.schema)) < len(json.dumps(request.grammar)) / 5
    assert len("".join(message["content"] for message in request.messages)) < 20_000


def test_what_a_model_on_this_machine_reads_ahead_is_how_every_question_begins(tools: Toolbox):
    model = scripted(planned())
    local = ModelConfig(
        model="m", base_url="http://127.0.0.1:1/v1", key_variable=None, structured="json_schema"
    )
    models = Gateway(Config(models={"m": local}, roles={"fast": ("m",)}), models={"m": model})
    one = Asker(models, load_persona("fujia", ()), load_texts())
    nothing = Question("", "driver", "zh", "", 5.0)
    one.warm_up(nothing, nothing, tools)
    one.plan(Question(SAID, "rear_left", "zh", "t", 5.0), tools)
    ahead, _, asked = (request.messages[0]["content"] for request in model.requests)
    assert ahead != asked
    common = asked.partition("The person sits in the rear left seat")[0]
    assert ahead.startswith(common)
    assert len(common) > 0.95 * len(asked)
