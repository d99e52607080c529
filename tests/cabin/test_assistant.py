from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from fujia.cabin import manual
from fujia.cabin.agent.hands import ErrandHands
from fujia.cabin.assistant import Cabin
from fujia.cabin.errand import Errand
from fujia.cabin.persona import load_persona
from fujia.cabin.replies import Replies
from fujia.cabin.skill import Answer, Scene
from fujia.cabin.tracer import Tracer
from fujia.errors import InputError, UnknownSeat, UnknownVehicle, UtteranceError
from fujia.understanding.plan import Plan
from fujia.vehicle import Fault, SimulatedCar, Write, load_profile
from tests.cabin.talk import HEATING, RAIN, SPEED, WINDOW, cabin_with, car_of, command, plan

HEAT = command("seat.heating", zone="driver", level=1)
OPEN = command("window.position", zone="driver", position=50)


def test_done_is_what_the_car_shows() -> None:
    cabin = cabin_with({"加热": plan(HEAT)})
    turn = cabin.say("加热")
    assert turn.outcome == "done"
    assert turn.reply == "主驾座椅加热已开到一档。"
    assert turn.route == "device"
    assert cabin.car.read(HEATING) == 33
    assert cabin.history == (turn,)


def test_the_json_of_a_turn_follows_the_contract() -> None:
    shown = cabin_with({"加热": plan(HEAT)}).say("加热").as_json()
    assert list(shown) == ["said", "actions", "outcome", "reply", "route", "ms"]
    assert shown["actions"] == [
        {
            "skill": "seat.heating",
            "args": {"zone": "driver", "level": 1},
            "outcome": "done",
            "reason": None,
        }
    ]


def test_what_is_so_already_is_done_without_a_write() -> None:
    cabin = cabin_with({"关窗": plan(command("window.position", zone="driver", position=0))})
    assert cabin.say("关窗").outcome == "done"
    assert car_of(cabin).actuations == []


def test_a_blocked_window_is_failed_and_says_where_it_stands() -> None:
    cabin = cabin_with({"开窗": plan(OPEN)})
    car_of(cabin).inject(Fault(WINDOW, "blocked", at=20))
    turn = cabin.say("开窗")
    assert turn.outcome == "failed"
    assert "20%" in turn.reply


@pytest.mark.parametrize(("kind", "reason"), [("refuses", "控制单元拒绝了"), ("silent", "还在0档")])
def test_a_faulty_control_unit_is_failed(kind: str, reason: str) -> None:
    cabin = cabin_with({"加热": plan(HEAT)})
    car_of(cabin).inject(Fault(HEATING, kind))  # type: ignore[arg-type]
    turn = cabin.say("加热")
    assert turn.actions[0].outcome == "failed"
    assert turn.actions[0].reason == reason


class _DyingCar(SimulatedCar):
    """Stops answering after its first actuation."""

    def actuate(self, writes: Sequence[Write]) -> None:
        super().actuate(writes)
        self.inject(Fault("*", "offline", at=self.now + 1))


def test_when_the_car_dies_in_the_middle_the_rest_is_not_attempted() -> None:
    first = command("window.position", zone="driver", position=100)
    both = cabin_with({"两件": plan(first, HEAT, HEAT)})
    cabin = Cabin(car=_DyingCar(load_profile("i5")), understander=both._understander)
    turn = cabin.say("两件")
    assert [action.outcome for action in turn.actions] == ["failed", "failed", "failed"]
    assert turn.actions[1].reason == "车辆没有响应，没有尝试"
    assert cabin.say("两件").outcome == "failed"


def test_strange_commands_are_outcomes_not_tracebacks() -> None:
    strange = plan(
        command("no.such"),
        command("seat.heating", colour="red"),
        command("climate.temperature", temperature=99),
        command("unknown.function", text="飞起来"),
        command("rear_shade.position", position="nonsense"),
    )
    cabin = cabin_with({"怪": strange})
    turn = cabin.say("怪")
    outcomes = [action.outcome for action in turn.actions]
    assert outcomes == ["unavailable", "failed", "refused", "unavailable", "failed"]
    assert turn.reply.count("这辆车没有这个功能") == 1
    assert turn.actions[3].args == {"text": "飞起来"}
    assert car_of(cabin).actuations == []


def test_a_condition_of_policy_stands_among_the_actions() -> None:
    cabin = cabin_with({"天窗": plan(command("sunroof.position", position=100))})
    shade, roof = cabin.say("天窗").actions
    assert (shade.skill, shade.companion) == ("sunroof.shade", True)
    assert (roof.skill, roof.companion) == ("sunroof.position", False)
    assert shade.as_json()["companion"] is True


def test_without_its_shade_the_sunroof_stays_closed() -> None:
    cabin = cabin_with({"天窗": plan(command("sunroof.position", position=100))})
    car_of(cabin).inject(Fault("Vehicle.Cabin.Sunroof.Shade.Position", "blocked", at=30))
    turn = cabin.say("天窗")
    assert [action.outcome for action in turn.actions] == ["failed", "failed"]
    assert cabin.car.read("Vehicle.Cabin.Sunroof.Position") == 0


def test_windows_of_the_same_utterance_stay_open_and_that_is_said() -> None:
    cooling = command("climate.ac", on=True)
    cabin = cabin_with(
        {"又开又冷": plan(OPEN, cooling), "又冷又开": plan(cooling, OPEN)}, {WINDOW: 30}
    )
    for said in ("又开又冷", "又冷又开"):
        turn = cabin.say(said)
        assert cabin.car.read(WINDOW) == 50
        assert "不关了" in turn.reply


@pytest.mark.parametrize("text", ["", "   ", "。。。", "😀😀", "\x00\x07", "？！"])
def test_nothing_said_is_a_question(text: str) -> None:
    turn = cabin_with({}).say(text)
    assert (turn.outcome, turn.route, turn.reply) == ("question", "none", "您说什么？")


def test_control_characters_are_dropped() -> None:
    cabin = cabin_with({"加热": plan(HEAT)})
    assert cabin.say("加\x00热\u200b\n").outcome == "done"


@pytest.mark.parametrize("text", ["开" * 1001, "开窗" * 5000, "开\ud800窗"])
def test_what_is_not_an_utterance_is_an_error(text: str) -> None:
    with pytest.raises(UtteranceError):
        cabin_with({}).say(text)


def test_unknown_seat_vehicle_and_persona_are_errors() -> None:
    cabin = cabin_with({})
    with pytest.raises(UnknownSeat, match="driver, passenger"):
        cabin.say("你好", seat="roof")  # type: ignore[arg-type]
    with pytest.raises(UnknownVehicle):
        Cabin("batmobile", understander=cabin._understander)
    with pytest.raises(InputError, match="fujia"):
        Cabin(car=cabin.car, understander=cabin._understander, persona="nobody")


def test_an_empty_plan_asks_again() -> None:
    turn = cabin_with({"嗯嗯": Plan()}).say("嗯嗯")
    assert (turn.outcome, turn.route) == ("question", "none")


def test_the_reply_is_in_the_language_of_the_utterance() -> None:
    cabin = cabin_with({"heat": plan(HEAT, language="en")})
    assert cabin.say("heat").reply == "Driver's seat heating at level 1."
    assert cabin.say("...").reply == "Pardon?"


def test_two_turns_at_once_run_one_after_the_other() -> None:
    plans = {
        str(percent): plan(command("window.position", zone="driver", position=percent))
        for percent in (20, 40, 60, 80)
    }
    cabin = cabin_with(plans)
    with ThreadPoolExecutor(4) as pool:
        turns = list(pool.map(cabin.say, plans))
    assert [turn.outcome for turn in turns] == ["done"] * 4
    assert len(cabin.history) == 4


def test_every_step_is_traced() -> None:
    turn = cabin_with({"加热": plan(HEAT)}).say("加热")
    names = [step.name for step in turn.trace]
    assert names == [
        "normalise",
        "understand",
        "resolve",
        "judge",
        "act",
        "read back",
        "reply",
    ]
    assert all(step.ms >= 0 for step in turn.trace)


def test_the_rear_controls_its_own_zone_only() -> None:
    everywhere = command("window.position", zone="all", position=50)
    cabin = cabin_with({"开窗": plan(everywhere), "加热": plan(command("seat.heating"))})
    assert cabin.say("开窗", seat="rear_left").outcome == "refused"
    assert car_of(cabin).actuations == []
    turn = cabin.say("加热", seat="rear_left")
    assert turn.actions[0].args["zone"] == "rear_left"
    assert turn.outcome == "done"


def test_questions_change_nothing() -> None:
    cabin = cabin_with({"续航": plan(command("vehicle.range"))}, {SPEED: 50.0, RAIN: 10})
    before = cabin.car.snapshot()
    assert cabin.say("续航").outcome == "answered"
    assert cabin.car.snapshot() == before


# Questions that take their time.

ASK = command("manual.ask", question="胎压多少合适")


class Manual:
    """A manual in which looking something up takes until ``go`` is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.go = Event(), Event()
        monkeypatch.setattr(manual, "ask_manual", self._look_up)

    def _look_up(self, _: Scene, question: str) -> Answer:
        self.asked.set()
        assert self.go.wait(10)
        return Answer("两点五巴。", {"question": question})


def test_nothing_waits_for_a_question_among_several_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = Manual(monkeypatch)
    cabin = cabin_with({"问了再开窗": plan(ASK, OPEN), "加热": plan(HEAT)})
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(cabin.say, "问了再开窗")
        assert book.asked.wait(10)
        assert cabin.car.read(WINDOW) == 50
        assert pool.submit(cabin.say, "加热", "passenger").result(10).outcome == "done"
        assert not asking.done()
        book.go.set()
        turn = asking.result(10)
    assert [action.skill for action in turn.actions] == ["manual.ask", "window.position"]
    assert "两点五巴" in turn.reply
    assert [one.said for one in cabin.history] == ["加热", "问了再开窗"]
    assert cabin.say("变回去").outcome == "done"
    assert cabin.car.read(WINDOW) == 0


def test_a_question_that_breaks_leaves_the_cabin_free(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(scene: Scene, question: str) -> Answer:
        raise InputError("no such page")

    monkeypatch.setattr(manual, "ask_manual", broken)
    cabin = cabin_with({"问了再开窗": plan(ASK, OPEN)})
    assert [each.outcome for each in cabin.say("问了再开窗").actions] == ["failed", "done"]
    with ThreadPoolExecutor() as pool:
        assert pool.submit(cabin.say, "算了").result(10)


def test_nothing_waits_for_a_question_of_an_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Manual(monkeypatch)
    cabin = cabin_with({"加热": plan(HEAT)})
    errand = Errand(cabin.car, "driver", "zh", Tracer(), lock=cabin.lock)
    hands = ErrandHands(errand, Replies(load_persona("fujia")), cabin.lock)
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(hands.do, [ASK])
        assert book.asked.wait(10)
        assert pool.submit(cabin.say, "加热").result(10).outcome == "done"
        book.go.set()
        assert [each.outcome for each in asking.result(10)] == ["answered"]


def test_a_turn_may_have_an_observer_of_its_own() -> None:
    everybody: list[str] = []
    own: list[str] = []
    car = car_of(cabin_with({}))
    cabin = Cabin(car=car, observer=lambda kind, _: everybody.append(kind))
    cabin.say("打开天窗", observer=lambda kind, _: own.append(kind))
    assert everybody == []
    assert own[0] == "heard" and own[-1] == "replied"
