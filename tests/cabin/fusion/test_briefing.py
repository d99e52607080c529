"""What a model is told, seen from the requests that reach it."""

from pathlib import Path

from fujia.cabin.memory import Fact
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Plan
from tests.cabin.fusion.talking import NETWORK, UNKNOWN, Talk, memories_in, planned
from tests.cabin.talk import command

TALK = Plan(commands=(command("chat.reply"),))
CHAT = "聊聊吧"


def told(model: ScriptedModel) -> str:
    return "\n".join(one["content"] for one in model.requests[-1].messages)


def talk(folder: Path, *purposes: str) -> tuple[Talk, ScriptedModel]:
    model = ScriptedModel(lambda _, __: "好的，聊点什么呢。")
    memories = memories_in(folder, "language_model", *purposes)
    memories.of("driver").remember(Fact(what="temperature", value=21, name="", time=""))
    memories.of("driver").remember(Fact(what="home", value="望京西园", name="", time=""))
    return Talk({CHAT: TALK}, model, memories=memories), model


def test_preferences_are_told_only_with_consent_and_places_never(tmp_path: Path):
    one, model = talk(tmp_path / "without")
    one.cabin.say(CHAT)
    assert "21" not in told(model)
    two, model = talk(tmp_path / "with", "preferences")
    two.cabin.say(CHAT)
    assert "您喜欢21度" in told(model) and "望京" not in told(model)


def test_a_plan_is_asked_for_without_the_conversation_before_it(tmp_path: Path):
    model = ScriptedModel(lambda asked, _: planned() if "飞" in asked else "从前有座山。")
    one = Talk(
        {CHAT: TALK, "飞一会儿": UNKNOWN}, model, memories=memories_in(tmp_path, "language_model")
    )
    one.cabin.say(CHAT)
    one.cabin.say("飞一会儿")
    assert "从前有座山" not in told(model)
    one.cabin.say(CHAT)
    assert "从前有座山" in told(model)


def test_without_a_network_nobody_is_asked(tmp_path: Path):
    one, model = talk(tmp_path)
    one.car.set(NETWORK, False)
    turn = one.cabin.say(CHAT)
    assert turn.route == "device" and model.requests == []
