from pathlib import Path

import pytest

from fujia.cabin.assistant import Cabin
from fujia.cabin.fusion.alone import Alone
from fujia.cabin.fusion.texts import load_texts
from fujia.garage import Garage
from fujia.settings import Settings
from fujia.understanding.normalise import detect_language
from fujia.understanding.plan import Plan
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.fusion.talking import Talk
from tests.cabin.talk import command

WAY = "fujia llm check"
TALK = Plan(commands=(command("chat.reply"),))
HEAT = Plan(commands=(command("seat.heating", zone="driver", level=1),))


def test_the_way_to_a_model_is_said_once_where_one_would_have_talked():
    alone = Alone()
    assert alone.hint("打开座椅加热", HEAT) == ""
    assert alone.hint("您好啊！", TALK) == ""
    assert WAY in alone.hint("讲个笑话", TALK)
    assert alone.hint("再讲一个", TALK) == ""


def test_a_question_that_nothing_on_the_car_answers_is_one_for_a_model():
    ask = Plan(commands=(command("manual.ask", question="天为什么蓝"),))
    assert Alone().hint("天为什么蓝", ask) == ""
    assert WAY in Alone().hint("天为什么蓝", ask, unknown=True)


@pytest.mark.parametrize("said", ["你好", "谢谢你", "早上好！", "Hello there.", "thank you"])
def test_a_greeting_is_no_request(said: str):
    language = detect_language(said)
    assert load_texts().is_greeting(said, language)
    assert not load_texts().is_greeting(f"{said} 讲个笑话 tell me a joke", language)


def test_it_is_said_in_the_language_of_the_speaker():
    several = HEAT.model_copy(update={"language": "en"})
    said = "check the weather and then warm my seat"
    assert Alone().hint(said, several).startswith("Conversation and requests of several steps")


def test_a_cabin_that_offers_models_adds_it_to_its_first_such_reply():
    cabin = Cabin(car=SimulatedCar(load_profile("i5")), offers_models=True)
    assert WAY not in cabin.say("打开主驾座椅加热").reply
    first = cabin.say("给我讲个笑话")
    assert first.reply.endswith("就知道。") and first.reply.startswith(cabin.persona.small_talk.zh)
    assert (first.route, first.outcome) == ("device", "answered")
    assert WAY not in cabin.say("再讲一个笑话").reply


def test_whoever_has_a_model_is_not_told_how_to_get_one():
    talk = Talk({"讲个笑话": TALK}, {"讲个笑话": ["从前有座山。"]}, offers_models=True)
    assert WAY not in talk.cabin.say("讲个笑话").reply


@pytest.mark.parametrize(("wants", "remembers"), [(True, True), (False, True), (True, False)])
def test_only_a_conversation_offers_models_and_only_if_the_settings_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wants: bool, remembers: bool
):
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    given = {"data_dir": tmp_path, "memory_dir": tmp_path / "memory", "language_model": wants}
    settings = Settings.model_validate(given)
    garage = Garage.of(settings)
    cabin = garage.cabin(garage.car(garage.profile("i5")), remembers=remembers)
    assert (WAY in cabin.say("给我讲个笑话").reply) == (wants and remembers)
