from fujia.cabin.errand import Errand
from fujia.cabin.fusion.hands import WishHands
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.tracer import Tracer
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.fusion.talking import HEAT, OPEN, WINDOW


def hands(*, dropped: bool) -> WishHands:
    errand = Errand(SimulatedCar(load_profile("i5")), "driver", "zh", Tracer())
    return WishHands(errand, Replies(load_persona("fujia", ())), dropped=lambda: dropped)


def test_what_was_taken_back_is_neither_done_nor_offered():
    late = hands(dropped=True)
    done, offered = late.do([OPEN]), late.offer(HEAT, "我不确定")
    assert [(one.outcome, one.reason) for one in (*done, *offered)] == [
        ("refused", "您说了不用")
    ] * 2
    assert late.errand.car.read(WINDOW) == 0
    assert late.errand.confirm == []


def test_what_still_stands_is_done_or_waits_for_a_yes():
    now = hands(dropped=False)
    assert [one.outcome for one in now.do([OPEN])] == ["done"]
    assert now.errand.car.read(WINDOW) == 50
    (offered,) = now.offer(HEAT, "我不确定")
    assert (offered.outcome, offered.reason) == ("needs_confirmation", "我不确定")
    assert [task.command.skill for task in now.errand.confirm] == ["seat.heating"]
