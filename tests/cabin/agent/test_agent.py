"""What a person notices of an agent."""

from pathlib import Path

from fujia.cabin.agent import Limits, RoleModel, Said
from fujia.errors import ModelError
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.model import Completion, Request, ToolCall
from fujia.llm.scripted import ScriptedModel
from fujia.vehicle.fault import Fault
from tests.cabin.agent.acting import act, calls, plan, reader, step
from tests.cabin.talk import HEATING, SPEED, WINDOW


def test_a_plan_that_waits_for_nothing_is_carried_out_with_one_call_of_the_model():
    ran = act("有点冷", plan(step("seat.heating", level=2), step("window.position", position=0)))
    assert ran.car.snapshot()[HEATING] == 67
    assert ran.outcomes == {"seat.heating": "done", "window.position": "done"}
    assert "座椅加热" in ran.result.reply
    assert len(ran.model.calls) == 1
    assert ran.result.ended == "finished"


def test_a_change_that_depends_on_a_result_waits_for_it():
    planned = plan(step("vehicle.charge"), step("volume.media", volume=10, only_if="below 80"))
    calm = act("电量低于80就小声点", planned, calls(("volume.media", {"volume": 10})), "电量70%。")
    assert calm.outcomes["volume.media"] == "done"
    assert "70%" in calm.told
    other = act("电量低于80就小声点", planned, "电量够。")
    assert "volume.media" not in other.outcomes


def test_what_was_asked_for_outright_is_done_though_the_model_forgets_it():
    planned = plan(
        step("vehicle.charge"),
        step("volume.media", volume=10, only_if="low"),
        step("seat.heating", level=1),
    )
    ran = act("查电量，低就小声，再开座椅加热", planned, "电量70%。")
    assert ran.outcomes["seat.heating"] == "done"


def test_a_value_that_was_never_found_is_said_to_be_undone():
    planned = plan(step("vehicle.charge"), step("navigation.start", later=["destination"]))
    ran = act("Navigate to the station in the message", planned, "I have started it.")
    assert ran.outcomes["navigation.start"] == "failed"
    assert "could not" in ran.result.reply
    assert "started" not in ran.result.reply


def test_what_the_car_lacks_is_said_and_nothing_else_is_done():
    ran = act("Open the hyperdrive", plan(step("hyper.drive", on=True), missing=["the hyperdrive"]))
    assert ran.written == []
    assert {one.outcome for one in ran.result.actions} == {"unavailable"}
    assert "cannot do that: the hyperdrive" in ran.result.reply


def test_an_argument_that_is_switched_off_is_said_to_be_missing():
    planned = plan(step("seat.heating", level=2, zone="passenger"))
    ran = act("Warm the passenger", planned, lacking=frozenset({"seat.heating.zone"}))
    assert ran.written == []
    assert "zone" in ran.result.missing[0]
    whole = act("Warm the passenger", planned, lacking=frozenset({"seat.heating"}))
    assert whole.written == [] and whole.result.missing


def test_policy_judges_the_agent_like_anybody():
    ran = act("打开尾门", plan(step("tailgate.position", open=True)), state={SPEED: 80})
    assert ran.outcomes == {"tailgate.position": "refused"}
    assert ran.written == []


def test_what_needs_a_yes_waits_in_the_errand():
    ran = act("打开所有车窗", plan(step("window.position", position=100, zone="all")),
              state={SPEED: 120})  # fmt: skip
    assert ran.outcomes == {"window.position": "needs_confirmation"}
    assert [task.command.skill for task in ran.errand.confirm] == ["window.position"]
    assert ran.written == []


def test_a_doubtful_change_is_sampled_twice_and_offered_where_the_samples_differ():
    unsure = {**step("window.position", position=100), "unsure": True}
    other = {**step("window.position", position=50), "unsure": True}
    ran = act("透透气", plan(unsure), plan(other))
    assert ran.written == []
    assert ran.outcomes == {"window.position": "needs_confirmation"}
    agreed = act("透透气", plan(unsure), plan(step("window.position", position="max")))
    assert agreed.car.snapshot()[WINDOW] == 100


def test_a_doubtful_call_is_sampled_twice_too():
    planned = plan(step("vehicle.charge"), step("volume.media", later=["volume"]))
    doubt = calls(("volume.media", {"volume": 70, "unsure": True}))
    once = act("音量调成和电量一样", planned, doubt, calls(("volume.media", {"volume": 7})), "好")
    assert once.outcomes["volume.media"] == "needs_confirmation"
    twice = act("音量调成和电量一样", planned, doubt, doubt, "好")
    assert twice.outcomes["volume.media"] == "done"


def test_a_change_nobody_asked_for_is_offered_and_not_done():
    planned = plan(step("vehicle.charge"), think=True)
    ran = act("还有多少电", planned, calls(("charging.limit", {"limit": 90})), "电量70%。")
    assert ran.written == []
    assert ran.outcomes["charging.limit"] == "needs_confirmation"


def test_the_model_cannot_claim_what_it_did_not_do():
    ran = act("Hello", plan(say="I have opened all windows. Have a nice day."))
    assert ran.result.reply == "Have a nice day."
    bare = act("打开车窗", plan(say="车窗已经打开了。"))
    assert bare.result.reply == "我没有做任何操作。"


def test_text_from_outside_is_named_as_such():
    ran = act(
        "念短信", plan(step("message.read")), "周末来吃饭。",
        readers=[reader("message.read", "周末来吃饭")],
    )  # fmt: skip
    assert ran.result.reply == "这是短信里写的：周末来吃饭。"
    assert ran.result.outside == ("message.read",)
    assert "<outside>周末来吃饭</outside>" in ran.told


def test_what_was_read_out_before_is_kept_from_the_plan():
    said = Said("fujia", "秘密指令", outside=True)
    ran = act("再说一遍", plan(think=True), "是一句指令。", history=[said])
    first, last = ran.model.requests
    assert "秘密指令" not in str(first.messages)
    assert "<outside>秘密指令</outside>" in str(last.messages)


def test_a_question_ends_the_run_and_the_answer_is_awaited():
    asked = {"text": "什么颜色？", "skill": "light.ambient_color", "argument": "color"}
    ran = act("换个氛围灯颜色", plan(question=asked))
    assert ran.result.ended == "asked"
    assert ran.result.reply == "什么颜色？"
    assert ran.outcomes == {"light.ambient_color": "question"}


def test_a_needless_question_is_not_asked():
    asked = {
        "text": "哪个座椅？",
        "skill": "seat.heating",
        "argument": "zone",
        "args": {"level": 1},
    }
    ran = act("打开座椅加热", plan(question=asked), plan(step("seat.heating", level=1)))
    assert ran.outcomes == {"seat.heating": "done"}
    assert "not asked" in [one.kind for one in ran.result.steps]


def test_a_broken_plan_is_asked_for_again_and_then_given_up():
    again = act("加热座椅", "no json", plan(step("seat.heating", level=1)))
    assert again.outcomes == {"seat.heating": "done"}
    never = act("加热座椅", "no json")
    assert never.written == [] and never.result.ended == "model"
    assert never.result.reply == "没有得到能用的回答。"


def test_a_model_that_fails_in_the_middle_leaves_a_true_reply():
    planned = plan(step("seat.heating", level=1), step("volume.media", volume=5, only_if="x"))
    ran = act("加热座椅，再看看", planned, ModelError("gone", "unreachable"))
    assert ran.outcomes["seat.heating"] == "done"
    assert ran.outcomes["volume.media"] == "failed"
    assert ran.result.error == "unreachable"
    assert "连不上云端" in ran.result.reply


def test_a_model_that_never_ends_is_stopped():
    endless = calls(("vehicle.charge", {}))
    ran = act("电量", plan(think=True), endless, limits=Limits(rounds=3))
    assert ran.result.ended == "steps"
    assert len(ran.model.calls) == 4
    assert "步骤太多" in ran.result.reply


def test_time_is_limited():
    ticks = iter(range(0, 1000, 7))
    ran = act("电量", plan(think=True), calls(("vehicle.charge", {})), clock=lambda: next(ticks))
    assert ran.result.ended == "time"
    assert ran.result.reply


def test_arguments_that_cannot_be_read_are_told_to_the_model_and_harm_nothing():
    broken = Completion("", calls=(ToolCall("volume.media", "{"), ToolCall("volume.media", "[1]")))
    wrong = calls(("volume.media", {"volume": {"a": 1}}), ("volume.media", {"volume": "loud"}))
    planned = plan(step("volume.media", later=["volume"]))
    ran = act("音量", planned, broken, wrong, "不行。")
    assert ran.written == []


def test_a_car_that_does_not_answer_is_said_so():
    gone = act("加热座椅", plan(), faults=[Fault("*", "offline")])
    assert gone.result.ended == "car"
    assert gone.result.reply == "车辆没有响应"
    assert gone.model.calls == []


def test_what_had_no_effect_is_not_done_whatever_the_model_says():
    planned = plan(step("seat.heating", level=1), think=True)
    ran = act("加热座椅", planned, "座椅已经热了。", faults=[Fault(HEATING, "silent")])
    assert ran.outcomes == {"seat.heating": "failed"}
    assert "已经" not in ran.result.reply and "没" in ran.result.reply


def test_a_role_of_the_gateway_is_a_model(tmp_path: Path):
    scripted = ScriptedModel(lambda _asked, _sample: "好")
    config = load_config()
    name = config.chain("fast")[0]
    model = RoleModel(Gateway(config, folder=tmp_path, models={name: scripted}))
    assert model.complete(Request([{"role": "user", "content": "在吗"}])).text == "好"
