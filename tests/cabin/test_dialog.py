"""Acts of a plan, without an understander: what is remembered from one turn to the next."""

import pytest

from fujia.cabin.dialog import Answered, Dialog
from fujia.cabin.errand import Errand
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.tracer import Tracer
from fujia.understanding.plan import Condition, Plan
from fujia.vehicle import Fault, SimulatedCar, Value, load_profile
from tests.cabin.talk import HEATING, RAIN, command, plan

HEAT = plan(command("seat.heating", zone="driver", level=1))
ROOF = plan(command("sunroof.position", position=100))
WHEN_IT_RAINS = plan(command("seat.heating", Condition(fact="rain"), zone="driver", level=1))


def dialog(**state: Value) -> Dialog:
    car = SimulatedCar(load_profile("i5"), {RAIN: state.get("rain", 0)})
    return Dialog(car, Replies(load_persona("fujia", ())))


def answer(talk: Dialog, what: Plan, seat: str = "driver") -> Answered:
    return talk.answer(what, Errand(talk.car, seat, "zh", Tracer()))  # type: ignore[arg-type]


def test_a_plan_is_done_and_remembered_for_the_next_turn() -> None:
    talk = dialog()
    (action,), reply = answer(talk, HEAT)
    assert (action.outcome, reply) == ("done", None)
    assert talk.context("driver").last == HEAT.commands
    assert not talk.context("driver").waiting


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("confirm", "现在没有等着确认的事。"),
        ("deny", "现在没有等着确认的事。"),
        ("cancel", "我没有正在做的事，也没有等着确认的事。"),
        ("undo", "没有可以恢复的操作。"),
    ],
)
def test_an_answer_to_nothing_says_so(act: str, said: str) -> None:
    talk = dialog()
    assert answer(talk, Plan(act=act)) == ((), said)  # type: ignore[arg-type]


def test_a_yes_and_a_no() -> None:
    for act, position in (("confirm", 100), ("deny", 0)):
        talk = dialog(rain=50)
        answer(talk, ROOF)
        assert talk.context("driver").waiting
        answer(talk, Plan(act=act))  # type: ignore[arg-type]
        assert talk.car.read("Vehicle.Cabin.Sunroof.Position") == position
        assert not talk.context("driver").waiting


def test_a_watch_is_due_once_its_condition_holds() -> None:
    talk = dialog()
    answer(talk, WHEN_IT_RAINS)
    answer(talk, Plan(act="confirm"))
    assert talk.due() == []
    assert isinstance(talk.car, SimulatedCar)
    talk.car.set(RAIN, 60)
    (watch,) = talk.due()
    (action,) = talk.carry_out(watch, Errand(talk.car, watch.seat, watch.language, Tracer()))
    assert action.outcome == "done"
    assert talk.car.read(HEATING) == 33
    assert talk.due() == []


def test_watches_stay_while_the_car_does_not_answer() -> None:
    talk = dialog()
    answer(talk, WHEN_IT_RAINS)
    answer(talk, Plan(act="confirm"))
    assert isinstance(talk.car, SimulatedCar)
    talk.car.set(RAIN, 60)
    talk.car.inject(Fault("Vehicle.*", "offline"))
    assert talk.due() == []
    assert answer(talk, Plan(act="undo"))[0] == ()
    talk.car.clear_faults()
    assert len(talk.due()) == 1


def test_a_question_waits_for_its_condition_too_once_somebody_said_yes() -> None:
    ask = command("manual.ask", Condition(fact="rain"), question="雨刮怎么用")
    talk = dialog()
    answer(talk, Plan(commands=(ask,)))
    (answered,), _ = answer(talk, Plan(act="confirm"))
    assert answered.reply == "好，下雨了我就回答用车问题"
    assert not talk.is_question_due()
    assert isinstance(talk.car, SimulatedCar)
    talk.car.set(RAIN, 60)
    assert talk.is_question_due()
    assert [watch.task.command.skill for watch in talk.due()] == ["manual.ask"]
    assert not talk.is_question_due()
