from contextlib import nullcontext

from fujia.cabin.errand import Errand
from fujia.cabin.fusion.wish import Fused, Wish, join, spoken
from fujia.cabin.tracer import Tracer
from fujia.understanding.plan import Plan
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.talk import command


def wish(plan: Plan) -> Wish:
    errand = Errand(SimulatedCar(load_profile("i5")), "driver", "zh", Tracer())
    return Wish("飞一会儿", plan, errand, nullcontext(), lambda _: plan)


def test_what_nobody_understood_stands_for_itself_in_the_speakers_words():
    assert wish(Plan()).first == command("unknown.function", text="飞一会儿")
    known = command("climate.ac", on=True)
    assert wish(Plan(commands=(known,))).first == known


def test_two_halves_of_an_answer_are_one_and_the_second_says_who_answered():
    car, model = spoken("空调开了。", "device"), spoken("天空是蓝的。")
    both = car.then(model, "zh")
    assert both.reply == "空调开了。天空是蓝的。"
    assert (both.route, [one.reply for one in both.actions]) == (
        "llm", ["空调开了。", "天空是蓝的。"],
    )  # fmt: skip


def test_english_halves_have_one_space_between_them():
    assert join("A/C on.", "The sky is blue.", "en") == "A/C on. The sky is blue."
    assert join("A/C on. ", "Blue.", "en") == "A/C on. Blue."
    assert join("", "Blue.", "en") == "Blue."
    assert Fused((), "好。").then(Fused((), ""), "zh").reply == "好。"
