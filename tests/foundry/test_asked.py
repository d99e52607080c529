"""A language model as an understander."""

import json
import re
from typing import Any

import pytest

from fujia.cabin.skills import SKILLS
from fujia.errors import ModelError
from fujia.foundry.asked import AskedUnderstander, brief, messages, schema
from fujia.llm.checked import validate
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Command
from fujia.understanding.understander import Context

pytest.importorskip("jsonschema_rs", reason="the extra 'llm' is not installed")
SEAT = {"skill": "seat.heating", "args": {"level": 2, "zone": "driver"}}


def model(*answers: Any) -> ScriptedModel:
    """Answers one after another, whatever is asked."""
    left = [one if isinstance(one, (str, Exception)) else json.dumps(one) for one in answers]
    return ScriptedModel(lambda _asked, _sample: left.pop(0) if len(left) > 1 else left[0])


def understander(scripted: ScriptedModel) -> AskedUnderstander:
    known = ModelConfig(
        model="m", base_url="http://127.0.0.1:1", key_variable=None, structured="json_schema"
    )
    config = Config(models={"m": known}, roles={"teacher": ("m",)}, attempts=1, cache_minutes=0)
    return AskedUnderstander(Gateway(config, models={"m": scripted}))


def test_the_models_answer_is_the_plan() -> None:
    scripted = model({"act": "do", "commands": [SEAT]})
    plan = understander(scripted).understand("主驾座椅加热开二档", Context())
    assert plan.commands == (Command(skill="seat.heating", args={"level": 2, "zone": "driver"}),)
    assert (plan.language, plan.act, plan.confidence) == ("zh", "do", 1.0)
    (request,) = scripted.requests
    assert request.messages[-1]["content"] == "主驾座椅加热开二档"
    assert request.schema == schema()
    assert request.temperature == 0


def test_the_turn_before_and_the_seat_are_told() -> None:
    scripted = model({"commands": []})
    last = (Command(skill="seat.heating", args={"level": 2}),)
    understander(scripted).understand("副驾也一样", Context(seat="passenger", last=last))
    told = scripted.requests[0].messages[-1]["content"]
    assert "passenger" in told
    assert "seat.heating" in told


def test_an_act_has_no_commands_and_a_doubt_no_confidence() -> None:
    plan = understander(model({"act": "undo", "commands": [SEAT]})).understand("撤销", Context())
    assert (plan.act, plan.commands) == ("undo", ())
    doubted = model({"commands": [SEAT], "doubt": "which seat?"})
    assert understander(doubted).understand("加热", Context()).confidence == 0


@pytest.mark.parametrize(
    "answer",
    [
        "I cannot do that", {"commands": [{"skill": "no.such"}]}, {"commands": "x"},
        {"commands": [SEAT, {"skill": "seat.heating", "args": {"level": "lots"}}]},
        {"commands": [{"skill": "window.position", "args": {}}]},
        ModelError("too slow", "timeout"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_talk_without_confidence(answer: Any) -> None:
    asked = understander(model(answer))
    plan = asked.understand("打开车窗", Context())
    assert plan.commands == (Command(skill="chat.reply"),)
    assert plan.confidence == 0
    assert asked.unanswered == 1


def test_warming_up_reads_what_all_share() -> None:
    scripted = model("好")
    understander(scripted).warm_up()
    (request,) = scripted.requests
    assert list(request.messages[:-1]) == messages("把车窗打开", Context(seat="rear_left"))[:-1]
    assert request.max_tokens == 1


def test_a_model_that_does_not_answer_is_told_before_anything_is_asked() -> None:
    with pytest.raises(ModelError):
        understander(model(ModelError("gone", "unreachable"))).warm_up()


def test_every_skill_has_a_short_line() -> None:
    lines = brief().splitlines()
    assert [line.partition("(")[0] for line in lines] == sorted(SKILLS)
    assert "seat.heating(level, zone) 座椅加热档位，0 为关" in lines
    assert "drive.gear(gear!: P|R|N|D) 换挡" in lines
    # Chinese takes about a token a character, names and signs one for three letters.
    asked = "".join(message["content"] for message in messages("", Context()))
    chinese = len(re.findall(r"[\u3000-\u9fff\uff00-\uffef]", asked))
    assert chinese + (len(asked) - chinese) / 3 < 4000


def test_the_schema_takes_what_fits_a_skill_and_nothing_else() -> None:
    waits = {"fact": "rain", "comparison": "is_not"}
    window = {"skill": "window.position", "args": {"position": "50%", "zone": "rear"}}
    assert validate({"commands": [window | {"condition": waits}]}, schema()) is None
    assert (
        validate({"commands": [{"skill": "media.play", "args": {"title": "晴天"}}]}, schema())
        is None
    )
    for args in ({"position": "lots"}, {"position": 50, "zone": None}, {"zone": "all"}):
        assert validate({"commands": [{**window, "args": args}]}, schema())
    assert validate({"commands": [{**window, "condition": {"fact": "mood"}}]}, schema())
