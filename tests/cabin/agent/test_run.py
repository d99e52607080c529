from fujia.cabin.agent import Limits
from fujia.errors import ModelError
from fujia.vehicle.fault import Fault
from tests.cabin.agent.acting import act, calls, plan, step


def test_a_car_that_does_not_answer_is_said_and_no_model_is_asked():
    ran = act("加热座椅", plan(step("seat.heating", level=1)),
              faults=[Fault("Vehicle.*", "offline")])  # fmt: skip
    assert ran.result.ended == "car"
    assert ran.result.reply == "车辆没有响应"
    assert ran.model.requests == []


def test_a_model_that_fails_before_the_plan_changes_nothing_and_says_why():
    ran = act("加热座椅", ModelError("wrong key", "key"))
    assert (ran.result.ended, ran.result.error, ran.result.actions) == ("model", "key", ())
    assert ran.written == [] and ran.result.reply


def test_a_model_that_fails_later_leaves_what_was_done_and_says_both():
    steps = [step("seat.heating", level=1), step("volume.media", later=["volume"])]
    ran = act("热座椅，音量和电量一样", plan(*steps), ModelError("gone", "unreachable"))
    assert ran.outcomes == {"seat.heating": "done", "volume.media": "failed"}
    assert ran.result.error == "unreachable"
    assert "座椅加热" in ran.result.reply and len(ran.result.reply) > 20


def test_the_time_that_is_used_up_ends_it():
    ticks = iter(range(0, 10_000, 40))
    ran = act("加热座椅", plan(step("seat.heating", level=1)), limits=Limits(seconds=30),
              clock=lambda: float(next(ticks)))  # fmt: skip
    assert (ran.result.ended, ran.result.error) == ("time", "timeout")
    assert ran.written == []


def test_rounds_are_counted():
    again = calls(("vehicle.charge", {}))
    ran = act("看看电量再说", plan(step("volume.media", later=["volume"])), again,
              limits=Limits(rounds=2))  # fmt: skip
    assert ran.result.ended == "steps"
    assert len(ran.model.requests) == 3, "the plan and two rounds"
    assert ran.result.reply.endswith("步骤太多，剩下的没有做。")
