"""What is done with a model's answer, through whole turns."""

from fujia.cabin.fusion.texts import load_texts
from fujia.errors import ModelError
from fujia.understanding.plan import Plan
from tests.cabin.fusion.talking import OPEN, UNKNOWN, WINDOW, Talk, planned
from tests.cabin.talk import command

WISH = "帮我弄得敞亮点"
DOUBT = Plan(commands=(OPEN,), confidence=0.7)


def test_what_nobody_said_outright_waits_for_a_yes():
    talk = Talk({WISH: UNKNOWN}, lambda _, __: planned(OPEN))
    turn = talk.cabin.say(WISH)
    assert turn.outcome == "needs_confirmation"
    assert load_texts().unsaid.text("zh") in turn.reply
    assert talk.car.read(WINDOW) == 0
    assert talk.cabin.say("是的").outcome == "done" and talk.car.read(WINDOW) == 50


def test_two_plans_that_end_alike_are_done_and_two_that_do_not_are_one_question():
    half = command("window.position", zone="driver", position=50)
    shut = command("window.position", zone="driver", position=100)
    same = Talk({"车窗开到50": DOUBT}, lambda _, __: planned(half))
    assert same.cabin.say("车窗开到50").outcome == "done"
    other = Talk({"车窗开到50或者100": DOUBT}, lambda _, __: planned(shut))
    turn = other.cabin.say("车窗开到50或者100")
    assert turn.outcome == "needs_confirmation" and turn.reply.endswith("？")
    assert other.car.read(WINDOW) == 0


def test_a_model_without_commands_says_why_and_nothing_is_done():
    talk = Talk({WISH: UNKNOWN}, lambda _, __: planned(reply="这个车里做不到。"))
    turn = talk.cabin.say(WISH)
    assert (turn.outcome, turn.route) == ("unavailable", "llm")
    assert turn.reply.endswith("这个车里做不到。")


def test_without_an_answer_the_car_does_what_it_understood_itself():
    talk = Talk(
        {"车窗开到50": DOUBT, WISH: UNKNOWN}, lambda _, __: ModelError("gone", "unreachable")
    )
    assert talk.cabin.say("车窗开到50").outcome == "done"
    assert talk.car.read(WINDOW) == 50
    turn = talk.cabin.say(WISH)
    assert (turn.outcome, turn.route) == ("unavailable", "device")
    assert "云端" in turn.reply
