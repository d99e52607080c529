import pytest

from fujia.cabin.conversation import CONFIRMATION_S, Conversation, Task
from fujia.understanding.plan import Condition
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.talk import HEATING, RAIN, SPEED, WINDOW, cabin_with, car_of, command, plan

ROOF = "Vehicle.Cabin.Sunroof.Position"
OPEN_ROOF = plan(command("sunroof.position", position=100))
HEAT = plan(command("seat.heating", zone="driver", level=2))
CLOSE_IN_RAIN = plan(
    command("window.position", condition=Condition(fact="rain"), zone="driver", position=0)
)
PLANS = {
    "天窗": OPEN_ROOF,
    "加热": HEAT,
    "续航": plan(command("vehicle.range")),
    "下雨关窗": CLOSE_IN_RAIN,
    "一半": plan(command("window.position", zone="driver", position=50)),
    "温度": plan(command("climate.temperature", zone="driver", temperature=24)),
    "锁车": plan(command("door.lock", on=True)),
}


def test_a_yes_carries_out_what_waits() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30})
    turn = cabin.say("天窗")
    assert turn.outcome == "needs_confirmation"
    assert turn.reply == "外面在下雨，确定要打开天窗吗？"
    assert car_of(cabin).actuations == []
    assert cabin.say("是的").outcome == "done"
    assert cabin.car.read(ROOF) == 100
    assert cabin.say("是的").actions == ()


def test_a_no_drops_it() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30})
    cabin.say("天窗")
    assert cabin.say("不要").reply == "好，不动了。"
    cabin.say("是的")
    assert cabin.car.read(ROOF) == 0


def test_another_wish_drops_it_and_a_question_does_not() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30})
    cabin.say("天窗")
    cabin.say("续航")
    assert cabin.say("是的").outcome == "done"
    cabin = cabin_with(PLANS, {RAIN: 30})
    cabin.say("天窗")
    cabin.say("加热")
    cabin.say("是的")
    assert cabin.car.read(ROOF) == 0


def test_a_yes_comes_too_late_after_a_minute_of_the_cars_time() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30})
    cabin.say("天窗")
    car_of(cabin).advance(CONFIRMATION_S + 1)
    assert cabin.say("是的").reply == "现在没有等着确认的事。"
    assert cabin.car.read(ROOF) == 0


def test_a_yes_comes_too_late_after_a_minute_of_real_time() -> None:
    now = 0.0
    memory = Conversation(SimulatedCar(load_profile("i5")), clock=lambda: now)
    memory.wait((Task(command("sunroof.position", position=100)),), (), "driver", "zh")
    now = CONFIRMATION_S
    assert memory.awaited()
    now += 1
    assert memory.awaited() is None


def test_after_a_yes_a_refusal_still_refuses() -> None:
    plans = {"雨刮": plan(command("wiper.mode", mode="off"), command("mirror.fold", on=True))}
    state = {RAIN: 30, "Vehicle.Body.Windshield.Front.Wiping.Mode": "FAST", SPEED: 60.0}
    cabin = cabin_with(plans, state)
    outcomes = [action.outcome for action in cabin.say("雨刮").actions]
    assert outcomes == ["needs_confirmation", "refused"]
    assert [action.skill for action in cabin.say("是的").actions] == ["wiper.mode"]
    assert cabin.car.read("Vehicle.Body.Mirrors.DriverSide.IsFolded") is False


def test_only_the_asker_or_the_front_says_yes() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30})
    cabin.say("天窗", seat="rear_left")
    cabin.say("是的", seat="rear_right")
    assert cabin.car.read(ROOF) == 0
    assert cabin.say("是的", seat="passenger").outcome == "done"


def test_undo_puts_back_what_the_last_turn_changed() -> None:
    cabin = cabin_with(PLANS)
    before = cabin.car.snapshot()
    cabin.say("温度")
    turn = cabin.say("变回去")
    assert turn.outcome == "done"
    assert turn.actions[0].skill == "climate.temperature"
    assert turn.actions[0].args == {"zone": "driver", "temperature": 22.0}
    assert cabin.car.snapshot() == before


def test_undo_takes_back_companions_and_moves_the_sunroof_by_its_switch() -> None:
    cabin = cabin_with(PLANS)
    before = cabin.car.snapshot()
    cabin.say("天窗")
    assert [action.skill for action in cabin.say("变回去").actions] == [
        "sunroof.position",
        "sunroof.shade",
    ]
    assert cabin.car.snapshot() == before


def test_undo_counts_in_levels_and_goes_back_and_forth() -> None:
    cabin = cabin_with(PLANS, {HEATING: 33})
    cabin.say("加热")
    assert cabin.say("变回去").actions[0].args == {"zone": "driver", "level": 1}
    assert cabin.say("变回去").actions[0].args == {"zone": "driver", "level": 2}


def test_undo_goes_through_policy() -> None:
    cabin = cabin_with(PLANS)
    cabin.say("锁车")
    car_of(cabin).set(SPEED, 50.0)
    assert cabin.say("变回去").outcome == "refused"


def test_nothing_to_undo_is_said() -> None:
    turn = cabin_with(PLANS).say("变回去")
    assert (turn.outcome, turn.reply) == ("answered", "没有可以恢复的操作。")


def test_a_turn_that_changed_nothing_leaves_the_one_before_to_be_undone() -> None:
    cabin = cabin_with({**PLANS, "飞": plan(command("unknown.function", text="飞"))})
    cabin.say("一半")
    cabin.say("飞")
    cabin.say("变回去")
    assert cabin.car.read(WINDOW) == 0


def test_a_condition_that_holds_is_acted_on() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30, WINDOW: 50})
    assert cabin.say("下雨关窗").outcome == "done"
    assert cabin.car.read(WINDOW) == 0


def test_a_condition_that_does_not_hold_is_watched_after_a_yes() -> None:
    cabin = cabin_with(PLANS, {WINDOW: 50})
    turn = cabin.say("下雨关窗")
    assert (turn.outcome, turn.reply) == ("needs_confirmation", "要等下雨了再关上主驾车窗吗？")
    turn = cabin.say("是的")
    assert (turn.outcome, turn.reply) == ("answered", "好，下雨了我就关上主驾车窗。")
    assert cabin.poll() == []
    car_of(cabin).set(RAIN, 20)
    (turn,) = cabin.poll()
    assert turn.outcome == "done"
    assert cabin.car.read(WINDOW) == 0
    assert cabin.poll() == []


def test_the_next_turn_reports_a_watch_that_came_true() -> None:
    cabin = cabin_with(PLANS, {WINDOW: 50})
    cabin.say("下雨关窗")
    cabin.say("是的")
    car_of(cabin).set(RAIN, 20)
    turn = cabin.say("加热")
    assert [action.skill for action in turn.actions] == ["window.position", "seat.heating"]
    assert turn.reply == "主驾车窗已关上。主驾座椅加热已开到二档。"


def test_cancel_drops_watches() -> None:
    cabin = cabin_with(PLANS, {WINDOW: 50})
    cabin.say("下雨关窗")
    cabin.say("是的")
    assert cabin.say("算了").reply == "好，都取消了。"
    car_of(cabin).set(RAIN, 20)
    assert cabin.poll() == []
    assert cabin.car.read(WINDOW) == 50


def test_a_watch_that_fires_leaves_another_question_waiting() -> None:
    plans = {**PLANS, "雨刮": plan(command("wiper.mode", mode="off"))}
    state = {WINDOW: 50, "Vehicle.Body.Windshield.Front.Wiping.Mode": "FAST"}
    cabin = cabin_with(plans, state)
    cabin.say("下雨关窗")
    cabin.say("是的")
    car_of(cabin).set(RAIN, 20)
    cabin.say("雨刮")
    assert cabin.say("是的").outcome == "done"
    assert cabin.car.read("Vehicle.Body.Windshield.Front.Wiping.Mode") == "OFF"


@pytest.mark.parametrize("said", ["是的", "不要", "算了"])
def test_an_answer_to_nothing_changes_nothing(said: str) -> None:
    cabin = cabin_with({})
    before = cabin.car.snapshot()
    turn = cabin.say(said)
    assert turn.outcome == "answered"
    assert turn.reply.endswith("没有等着确认的事。")
    assert cabin.car.snapshot() == before


def test_the_understander_gets_the_last_commands_and_what_waits() -> None:
    cabin = cabin_with(PLANS, {RAIN: 30})
    cabin.say("加热")
    context = cabin._dialog.context("driver")
    assert context.last == (command("seat.heating", zone="driver", level=2),)
    assert context.language == "zh"
    assert not context.waiting
    cabin.say("天窗")
    assert cabin._dialog.context("driver").waiting
