"""The cabin tells what a lamp means when it comes on, and helps on."""

import pytest

from fujia import Cabin, Fault, SimulatedCar, load_profile
from fujia.expert.section import Language

TYRE = "Vehicle.Chassis.Axle.Row2.Wheel.Right.Tire.Pressure"
BRAKE = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"
CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current"


def cabin_of(language: Language) -> tuple[Cabin, SimulatedCar]:
    car = SimulatedCar(load_profile("i5"))
    return Cabin(car=car, language=language), car


def test_a_lamp_that_comes_on_is_told_once_with_what_to_do() -> None:
    cabin, car = cabin_of("zh")
    assert cabin.poll() == []
    car.set(TYRE, 150)
    (turn,) = cabin.poll()
    assert turn.reply.startswith("胎压灯亮了：有轮胎的气压太低（右后轮胎压过低）。请减速")
    assert turn.outcome == "answered"
    assert turn.actions[0].args == {"telltale": "tyre-pressure"}
    assert cabin.poll() == []
    assert turn in cabin.history


def test_the_gravest_is_told_first_and_only_its_help_is_offered() -> None:
    cabin, car = cabin_of("en")
    car.set(TYRE, 150)
    car.set(BRAKE, True)
    first, second = cabin.poll()
    assert first.reply.startswith("The red brake light is on")
    assert first.reply.endswith("Shall I look for the nearest workshop?")
    assert second.reply.startswith("The tyre pressure light is on")
    assert "?" not in second.reply


@pytest.mark.parametrize(("language", "yes"), [("zh", "好"), ("en", "yes")])
def test_a_yes_looks_for_help(language: Language, yes: str) -> None:
    cabin, car = cabin_of(language)
    car.set(CHARGE, 15.0)
    (turn,) = cabin.poll()
    assert turn.reply.endswith("?" if language == "en" else "？")
    answer = cabin.say(yes)
    assert [action.skill for action in answer.actions] == ["place.search"]
    assert answer.outcome == "answered"


def test_an_offer_does_not_take_the_place_of_what_waits() -> None:
    cabin, car = cabin_of("zh")
    car.set("Vehicle.Body.Raindetection.Intensity", 80)
    assert cabin.say("打开天窗").outcome == "needs_confirmation"
    car.set(TYRE, 150)
    (turn,) = cabin.poll()
    assert "？" not in turn.reply
    assert [action.skill for action in cabin.say("确认").actions if not action.companion] == [
        "sunroof.position"
    ]


def test_what_was_said_in_english_is_told_in_english() -> None:
    car = SimulatedCar(load_profile("i5"))
    cabin = Cabin(car=car)
    cabin.say("open my window")
    car.set(TYRE, 150)
    (turn,) = cabin.poll()
    assert turn.reply.startswith("The tyre pressure light is on")


def test_an_utterance_is_answered_without_news_of_lamps() -> None:
    car = SimulatedCar(load_profile("i5"), {TYRE: 150})
    assert "胎压" not in Cabin(car=car).say("打开主驾座椅加热").reply


def test_a_car_that_does_not_answer_has_no_news() -> None:
    cabin, car = cabin_of("zh")
    car.inject(Fault("*", "offline"))
    assert cabin.poll() == []
    car.clear_faults()
    car.set(TYRE, 150)
    assert len(cabin.poll()) == 1
