from threading import Lock
from typing import Any

from fujia.cabin.agent import ErrandHands, Limits, ToolAgent
from fujia.cabin.errand import Errand
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.tracer import Tracer
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Command
from fujia.vehicle import SimulatedCar, Value, load_profile
from tests.cabin.agent.acting import plan, step
from tests.cabin.talk import SPEED, WINDOW


def hands(state: dict[str, Value] | None = None, lock: Any = None) -> ErrandHands:
    car = SimulatedCar(load_profile("i5"), state)
    errand = Errand(car, "driver", "zh", Tracer())
    made = ErrandHands(errand, Replies(load_persona("fujia", ())))
    if lock is not None:
        made.lock = lock
    return made


def test_an_offer_waits_and_says_why():
    made = hands()
    command = Command(skill="window.position", args={"position": 50})
    (action,) = made.offer(command, "您没有提到这个")
    assert (action.outcome, action.reason) == ("needs_confirmation", "您没有提到这个")
    assert made.errand.car.snapshot()[WINDOW] == 0
    confirmed = Errand(made.errand.car, "driver", "zh", Tracer(), confirmed=True)
    confirmed.run(made.errand.confirm)
    assert made.errand.car.snapshot()[WINDOW] == 50


def test_what_policy_refuses_is_not_offered():
    made = hands({SPEED: 80})
    (action,) = made.offer(Command(skill="tailgate.position", args={"open": True}), "x")
    assert action.outcome == "refused"
    assert made.errand.confirm == []


def test_what_is_not_there_is_not_offered_either():
    made = hands()
    (action,) = made.offer(Command(skill="washer.rear"), "x")
    assert action.outcome == "unavailable"


def test_the_lock_is_free_while_the_model_thinks_and_held_while_the_car_is_used():
    lock = Lock()
    seen: list[bool] = []

    def answer(_asked: str, _sample: int) -> str:
        seen.append(lock.locked())
        return plan(step("seat.heating", level=1))

    made = hands(lock=lock)
    made.errand.car.subscribe(lambda _path, _value: seen.append(lock.locked()))
    ToolAgent(ScriptedModel(answer), limits=Limits()).run("加热座椅", made)
    assert seen[0] is False
    assert seen[1:] and all(seen[1:])


def test_the_persona_keeps_its_word():
    assert "自动驾驶" not in hands().clean("我会自动驾驶。")
