import json

import pytest

from fujia.cabin.agent import ErrandHands, Limits, ToolAgent
from fujia.cabin.errand import Errand
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.tracer import Tracer
from fujia.llm.inwords import ToolsInWords
from fujia.llm.scripted import ScriptedModel
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.agent.acting import act, calls, plan, step

PLANNED = plan(step("vehicle.charge"), step("volume.media", later=["volume"]))


def test_calls_and_results_are_told_as_the_protocol_wants_them():
    ran = act("音量和电量一样", PLANNED, calls(("volume.media", {"volume": 70})), "好")
    *_, asked, answered = ran.model.requests[-1].messages
    (made,) = asked.get("tool_calls", [])
    assert made["function"]["name"] == "volume__media"
    assert answered["role"] == "tool" and answered.get("tool_call_id") == made["id"]
    assert json.loads(answered["content"])["outcome"] == "done"


def test_the_model_is_shown_what_was_planned_and_what_reads():
    ran = act("音量和电量一样", PLANNED, "不行")
    names = {tool.name for tool in ran.model.requests[-1].tools}
    assert {"volume.media", "vehicle.status", "ask_person"} <= names
    assert "window.position" not in names


def test_too_many_calls_at_once_are_not_all_looked_at():
    many = calls(("vehicle.charge", {}), ("vehicle.range", {}), ("vehicle.time", {}))
    ran = act("电量", plan(think=True), many, "好", limits=Limits(calls=2))
    assert [one.skill for one in ran.result.actions] == ["vehicle.charge", "vehicle.range"]
    assert "too many calls" in ran.told


def test_a_question_in_the_middle_ends_the_run():
    asks = calls(("ask_person", {"text": "去哪里？", "skill": "navigation.start",
                                 "argument": "destination"}))  # fmt: skip
    planned = plan(step("vehicle.charge"), step("navigation.start", later=["destination"]))
    ran = act("电够的话出发", planned, asks)
    assert ran.result.ended == "asked"
    assert ran.result.reply.endswith("去哪里？")


def test_a_needless_question_in_the_middle_is_put_off_once():
    asks = calls(("ask_person", {"text": "哪个座椅？", "skill": "seat.heating",
                                 "argument": "zone", "args": {"level": 1}}))  # fmt: skip
    planned = plan(step("vehicle.charge"), step("seat.heating", later=["level"]))
    ran = act("看电量热座椅", planned, asks, calls(("seat.heating", {"level": 1})), "好")
    assert ran.outcomes["seat.heating"] == "done"
    reads = calls(("ask_person", {"text": "要看吗？", "skill": "vehicle.charge"}))
    silly = act("看电量热座椅", planned, reads, reads, "好")
    assert silly.result.ended == "finished"


@pytest.mark.parametrize("words", ["{}", '{"calls": []}', "[]", "……"])
def test_what_is_not_to_be_spoken_is_no_answer(words: str):
    planned = plan(step("vehicle.charge"), step("seat.heating", level=2, only_if="> 50 %"))
    ran = act("先看看电量，要是高于一半就打开座椅加热二档", planned, words)
    assert "电量70%" in ran.result.reply and words not in ran.result.reply
    # Nobody told whether the condition came true, so what hung on it is told to be undone.
    assert ran.outcomes["seat.heating"] == "failed" and "没能把座椅加热" in ran.result.reply
    assert ran.written == []


def test_a_model_without_tools_is_told_them_in_words():
    said = iter([
        PLANNED,
        json.dumps({"reply": "", "calls": [{"name": "volume.media", "arguments": {"volume": 70}}]}),
        json.dumps({"reply": "好", "calls": []}),
    ])  # fmt: skip
    model = ToolsInWords(ScriptedModel(lambda _asked, _sample: next(said)))
    car = SimulatedCar(load_profile("i5"))
    errand = Errand(car, "driver", "zh", Tracer())
    hands = ErrandHands(errand, Replies(load_persona("fujia", ())))
    result = ToolAgent(model).run("音量和电量一样", hands)
    assert [one.outcome for one in result.actions] == ["answered", "done"]
