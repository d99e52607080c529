from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from fujia.cabin.agent.contract import AgentResult, AgentStep, Hands, Situation
from fujia.cabin.fusion.texts import load_texts
from fujia.cabin.turn import Turn
from fujia.errors import ModelError
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.model import ChatModel, Completion
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Plan
from tests.cabin.fusion.talking import (
    NETWORK,
    NOTICE,
    OPEN,
    UNKNOWN,
    WINDOW,
    HangingModel,
    Talk,
    called,
    gateway,
    memories_in,
    planned,
)  # fmt: skip
from tests.cabin.talk import HEATING, SPEED, command, plan

TOLD = "从前有座山，山里有座庙。"
DOUBT = 0.7


def doubtful(*commands: Any, sure: float = DOUBT) -> Plan:
    return Plan(commands=commands, confidence=sure)


def ask_of(turn: Turn) -> dict[str, Any]:
    """What the trace says of the model."""
    return next(step.detail for step in turn.trace if step.name == "ask")


# Who answers.


def test_what_the_car_understands_is_never_sent() -> None:
    model = ScriptedModel({})
    talk = Talk({"开窗": plan(OPEN)}, model)
    turn = talk.cabin.say("开窗")
    assert (turn.route, turn.outcome) == ("device", "done")
    assert model.calls == []


def test_conversation_is_streamed_and_said_to_come_from_an_ai_once() -> None:
    talk = Talk({}, {"讲个故事": [TOLD]})
    turn = talk.cabin.say("讲个故事")
    assert (turn.route, turn.outcome) == ("llm", "answered")
    assert turn.reply == NOTICE + TOLD == talk.heard
    assert len(talk.told) > 1
    assert talk.cabin.say("讲个故事").reply == TOLD


def test_a_conversation_goes_on_and_commands_are_no_part_of_it() -> None:
    model = ScriptedModel({"讲个故事": [TOLD], "后来呢": ["后来老和尚睡着了。"]})
    talk = Talk({"开窗": plan(OPEN)}, model)
    for said in ("讲个故事", "开窗", "后来呢"):
        talk.cabin.say(said)
    assert [each["content"] for each in model.requests[-1].messages[1:]] == [
        "讲个故事", TOLD, "后来呢",
    ]  # fmt: skip


def test_what_the_car_does_not_understand_is_read_by_the_model_and_done_by_the_car() -> None:
    talk = Talk({"把窗户弄开一半": UNKNOWN}, {"把窗户弄开一半": [planned(OPEN)]})
    turn = talk.cabin.say("把窗户弄开一半")
    assert (turn.route, turn.outcome) == ("llm", "done")
    assert talk.car.read(WINDOW) == 50
    assert ask_of(turn)["commands"][0]["skill"] == "window.position"


def test_policy_judges_a_models_command_like_any_other() -> None:
    tailgate = command("tailgate.position", position=100)
    talk = Talk({"后备箱": UNKNOWN}, {"后备箱": [planned(tailgate)]})
    talk.car.set(SPEED, 80)
    assert talk.cabin.say("后备箱").outcome == "refused"


def test_what_no_skill_does_is_said_to_be_missing() -> None:
    answer = planned(reply="这辆车没有氮气加速。")
    turn = Talk({"氮气加速": UNKNOWN}, {"氮气加速": [answer]}).cabin.say("氮气加速")
    assert turn.outcome == "unavailable"
    assert turn.reply.endswith("这辆车没有氮气加速。")


# Two readings.


def test_plans_that_come_to_the_same_are_carried_out() -> None:
    same = command("window.position", zone="driver", position="50%")
    talk = Talk({"主驾窗开一半": doubtful(OPEN)}, {"主驾窗开一半": [planned(same)]})
    turn = talk.cabin.say("主驾窗开一半")
    assert (turn.route, turn.outcome) == ("llm", "done")
    assert talk.car.read(WINDOW) == 50


def test_plans_that_differ_are_asked_about_and_a_yes_does_it() -> None:
    heat = command("seat.heating")
    talk = Talk({"弄暖和点": doubtful(OPEN)}, {"弄暖和点": [planned(heat)]})
    turn = talk.cabin.say("弄暖和点")
    assert turn.outcome == "needs_confirmation"
    assert turn.reply.startswith("我没听得很准，确定要")
    assert talk.car.actuations == []
    assert talk.cabin.say("是的").outcome == "done"
    assert talk.car.read(HEATING) == 33
    assert talk.car.read(WINDOW) == 0


def test_a_no_does_nothing() -> None:
    talk = Talk({"弄暖和点": doubtful(OPEN)}, {"弄暖和点": [planned(command("seat.heating"))]})
    talk.cabin.say("弄暖和点")
    talk.cabin.say("不要")
    assert talk.car.actuations == []


def test_where_the_model_would_change_nothing_the_cars_reading_is_asked_about() -> None:
    talk = Talk({"窗户呢": doubtful(OPEN)}, {"窗户呢": [planned()]})
    assert talk.cabin.say("窗户呢").actions[0].skill == "window.position"
    assert talk.cabin.say("是的").outcome == "done"


def test_what_nobody_said_is_asked_about() -> None:
    other = command("seat.heating", zone="passenger")
    talk = Talk({"我太太冷": UNKNOWN}, {"我太太冷": [planned(other)]})
    turn = talk.cabin.say("我太太冷")
    assert turn.outcome == "needs_confirmation"
    assert turn.reply.startswith("这个您没有明说")
    assert talk.car.actuations == []


def test_in_talk_a_command_must_be_meant_before_it_is_done() -> None:
    talk = Talk({}, {"他说打开车窗": [called(command("window.position", position=100))]})
    assert talk.cabin.say("他说打开车窗").outcome == "needs_confirmation"
    assert talk.car.actuations == []
    assert talk.cabin.say("是的").outcome == "done"


def test_talk_that_was_hardly_heard_as_such_may_drive_the_car() -> None:
    chat = Plan(commands=(command("chat.reply"),), confidence=0.3)
    open_it = command("window.position", position=100)
    talk = Talk({"透透气": chat}, {"透透气": [called(open_it, words="新鲜空气让人舒服。")]})
    turn = talk.cabin.say("透透气")
    assert turn.reply.endswith("新鲜空气让人舒服。主驾车窗已打开。")
    assert turn.outcome == "done"


# Meanwhile.


def test_sure_commands_are_done_before_the_model_answers() -> None:
    model = HangingModel("话说天下大势，分久必合。")
    rest = {"开窗": plan(OPEN), "开窗，讲讲三国": doubtful(OPEN, command("chat.reply"))}
    talk = Talk(rest, model)
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(talk.cabin.say, "开窗，讲讲三国")
        assert model.asked.wait(10)
        assert talk.car.read(WINDOW) == 50
        model.go.set()
        reply = turn.result().reply
    assert reply.startswith("主驾车窗")
    assert reply.endswith("分久必合。")


def test_whoever_commands_the_car_does_not_wait_for_a_model_that_hangs() -> None:
    model = HangingModel()
    talk = Talk({"开窗": plan(OPEN)}, model)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(talk.cabin.say, "你好啊")
        assert model.asked.wait(10)
        assert talk.cabin.say("开窗").outcome == "done"
        assert not slow.done()
        model.go.set()
        assert slow.result().route == "llm"


def test_what_is_taken_back_while_the_model_thinks_is_not_done() -> None:
    model = HangingModel(planned(OPEN))
    talk = Talk({"弄开一半": UNKNOWN}, model)
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(talk.cabin.say, "弄开一半")
        assert model.asked.wait(10)
        talk.cabin.say("算了")
        model.go.set()
        assert turn.result().reply == "好，刚才那件事不做了。"
    assert talk.car.actuations == []


def test_a_filler_is_spoken_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = load_texts()
    soon = texts.model_copy(update={"time_s": {**texts.time_s, "filler": 0.01}})
    monkeypatch.setattr("fujia.cabin.fusion.fusion.load_texts", lambda: soon)
    model = HangingModel()
    talk = Talk({}, model)
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(talk.cabin.say, "你好啊")
        while not talk.told:
            model.asked.wait(0.01)
        model.go.set()
        assert turn.result().reply.endswith("听到了。")
    assert talk.told[0][0] == "filler"
    assert talk.told[0][1] == "稍等，我想想。"


def test_no_filler_where_the_answer_is_quick() -> None:
    talk = Talk({}, {"讲个故事": [TOLD]})
    talk.cabin.say("讲个故事")
    assert [kind for kind, _ in talk.told if kind == "filler"] == []


# When no answer comes.

BAD: list[tuple[Any, str]] = [
    (ModelError("401", "key"), "key"),
    (ModelError("402", "balance"), "balance"),
    (ModelError("429", "busy"), "busy"),
    (ModelError("500", "server"), "server"),
    (ModelError("late", "timeout"), "timeout"),
    (ModelError("gone", "unreachable"), "unreachable"),
    (ModelError("thinks", "endless"), "endless"),
    (Completion("", 1, 1), "empty"),
]


@pytest.mark.parametrize(("answer", "reason"), BAD)
def test_without_an_answer_a_conversation_says_why(answer: Any, reason: str) -> None:
    talk = Talk({}, lambda said, sample: answer)
    turn = talk.cabin.say("讲个故事")
    assert (turn.route, turn.outcome) == ("device", "answered")
    assert turn.reply == talk.gateway.explain(ModelError("", reason), "zh")  # type: ignore[arg-type]
    assert ask_of(turn)["error"] == reason


@pytest.mark.parametrize(
    "answer",
    [
        *(answer for answer, _ in BAD),
        '{"commands": [{"skill": "window.pos',
        "not JSON at all",
        '{"commands": [{"skill": "rocket.launch", "args": {}}]}',
        '{"commands": [{"skill": "window.position", "args": {"roof": 3}}]}',
        '{"commands": "all of them"}',
        "[]",
    ],
)
def test_without_a_usable_plan_the_car_does_what_it_understood(answer: Any) -> None:
    talk = Talk({"窗": doubtful(OPEN), "嗯": UNKNOWN}, lambda said, sample: answer)
    assert talk.cabin.say("窗").outcome == "done"
    turn = talk.cabin.say("嗯")
    assert turn.outcome == "unavailable"
    assert turn.reply
    assert ask_of(turn)["error"]
    assert talk.car.read(WINDOW) == 50


def test_an_argument_out_of_range_is_refused_by_the_car() -> None:
    hot = command("climate.temperature", temperature=99)
    talk = Talk({"空调99度": UNKNOWN}, {"空调99度": [planned(hot)]})
    assert talk.cabin.say("空调99度").outcome == "refused"


def test_the_wrong_language_is_no_answer() -> None:
    talk = Talk({}, lambda said, sample: "Once upon a time there was a mountain.")
    assert "没有能用的回答" in talk.cabin.say("讲个故事").reply


def test_a_model_that_says_it_did_what_it_did_not_is_not_heard() -> None:
    talk = Talk({}, {"有点吵": ["好的。已经为您关上了所有车窗。"]})
    turn = talk.cabin.say("有点吵")
    assert "关上" not in turn.reply
    assert turn.reply.endswith("我没有动车上的任何东西。")
    assert ask_of(turn)["claimed"] is True


def test_what_was_done_in_the_same_breath_is_not_denied() -> None:
    plans = {"打开车窗": plan(OPEN), "讲个故事": plan(command("chat.reply"))}
    talk = Talk(plans, {"讲个故事": ["好的。已经为您关上了所有车窗。"]})
    turn = talk.cabin.say("打开车窗，讲个故事")
    assert (turn.actions[0].skill, turn.actions[0].outcome) == ("window.position", "done")
    assert "没有动车上的任何东西" not in turn.reply
    assert turn.reply.endswith("别的我都没有动。")


class _Broken(ScriptedModel):
    """Says half of it, then the network is gone."""

    def complete(self, request: Any, listen: Any = None) -> Completion:
        super().complete(request, listen)
        raise ModelError("connection reset", "unreachable")


def test_a_network_lost_in_the_middle_is_said() -> None:
    talk = Talk({}, _Broken({"讲个故事": ["从前有座山，山里有"]}))
    turn = talk.cabin.say("讲个故事")
    assert turn.reply == f"{NOTICE}从前有座山，后面的话没有收到。"
    assert ask_of(turn)["error"] == "unreachable"


def test_two_hundred_kilobytes_of_history_do_not_stop_the_talk() -> None:
    talk = Talk({}, lambda said, sample: "好" * 900 + "。")
    for _ in range(3):
        assert talk.cabin.say("讲" * 999).outcome == "answered"


def test_in_a_tunnel_nothing_is_asked_and_talk_is_excused() -> None:
    model = ScriptedModel({})
    talk = Talk({"开窗": doubtful(OPEN)}, model)
    talk.car.set(NETWORK, False)
    assert talk.cabin.say("开窗").outcome == "done"
    turn = talk.cabin.say("讲个故事")
    assert (turn.route, model.calls) == ("device", [])
    assert "连不上云端" in turn.reply


def test_the_budget_of_the_day_stops_asking() -> None:
    from fujia.llm.config import load_config
    from fujia.llm.gateway import Gateway

    config = load_config()
    poor = config.model_copy(update={"limits": config.limits.model_copy(update={"day": 0.0})})
    model = ScriptedModel({})
    talk = Talk({}, model, models=Gateway(poor, models={"deepseek-chat": model}))
    turn = talk.cabin.say("讲个故事")
    assert "预算" in turn.reply
    assert model.calls == []


# Consent and what is remembered.


def with_consent(tmp_path: Path, model: ScriptedModel, *purposes: str) -> Talk:
    from fujia.cabin.fusion.speaker import SpeakerConsent

    consent = SpeakerConsent()
    models = gateway(model, consent=consent, known=consent.known)
    return Talk({}, model, models=models, memories=memories_in(tmp_path, *purposes))


def test_without_the_speakers_consent_nothing_leaves(tmp_path: Path) -> None:
    model = ScriptedModel({})
    talk = with_consent(tmp_path, model)
    turn = talk.cabin.say("讲个故事")
    assert (turn.route, model.calls) == ("device", [])
    assert turn.reply.startswith("没有您的同意，我不会把话发到云端")
    again = talk.cabin.say("讲个故事").reply  # once is enough
    assert again == "我是车里的人工智能，要做什么请直接说。"
    route = next(step.detail for step in turn.trace if step.name == "route")
    assert route["absence"] == "no_consent"


def test_consent_is_the_speakers_own_and_ends_at_once(tmp_path: Path) -> None:
    model = ScriptedModel({"讲个故事": [TOLD]})
    talk = with_consent(tmp_path, model, "language_model")
    assert talk.cabin.say("讲个故事").route == "llm"
    assert talk.cabin.say("讲个故事", seat="passenger").route == "device"
    assert talk.cabin.memories is not None
    talk.cabin.memories.of("driver").consents.revoke("language_model")
    assert talk.cabin.say("讲个故事").route == "device"


@pytest.mark.parametrize("allowed", [True, False])
def test_preferences_are_told_with_consent_and_places_never(tmp_path: Path, allowed: bool) -> None:
    from fujia.cabin.memory.fact import Fact

    model = ScriptedModel({"讲个故事": [TOLD]})
    purposes = ("language_model", "preferences") if allowed else ("language_model",)
    talk = with_consent(tmp_path, model, *purposes)
    assert talk.cabin.memories is not None
    memory = talk.cabin.memories.of("driver")
    memory.remember(Fact(what="temperature", value=21, name="", time=""))
    memory.remember(Fact(what="home", value="梧桐里8号", name="", time=""))
    talk.cabin.say("讲个故事")
    told = model.requests[-1].messages[0]["content"]
    assert ("21度" in told) is allowed
    assert "梧桐里" not in told


# Questions.


def asking(question: str) -> Plan:
    return plan(command("manual.ask", question=question))


def test_what_the_manual_answers_no_model_is_asked() -> None:
    model = ScriptedModel({})
    talk = Talk({"怎么打开雾灯": asking("怎么打开后备箱")}, model)
    turn = talk.cabin.say("怎么打开雾灯")
    assert (turn.route, model.calls) == ("device", [])
    assert turn.actions[0].sources
    assert turn.outcome == "answered"


def test_what_the_manual_does_not_answer_is_talked_about() -> None:
    sky = "阳光里的蓝光更容易被空气散射开。"
    talk = Talk({"为什么天空是蓝色的": asking("为什么天空是蓝色的")}, {"为什么天空是蓝色的": [sky]})
    turn = talk.cabin.say("为什么天空是蓝色的")
    assert (turn.route, turn.reply) == ("llm", NOTICE + sky)


def test_without_the_model_the_car_says_what_it_says_alone() -> None:
    broken = ModelError("gone", "unreachable")
    talk = Talk({"为什么天空是蓝色的": asking("为什么天空是蓝色的")}, lambda said, sample: broken)
    turn = talk.cabin.say("为什么天空是蓝色的")
    assert turn.route == "device"
    assert [action.skill for action in turn.actions] == ["manual.ask"]


# The agent, and English.


ALONE = Situation()


class _Agent:
    """Does one thing in the car, in the middle of which it waits."""

    def __init__(self) -> None:
        self.begun, self.go = Event(), Event()
        self.situation: Situation | None = None

    def run(self, request: str, hands: Hands, situation: Situation = ALONE) -> AgentResult:
        self.situation = situation
        self.begun.set()
        assert self.go.wait(30)
        actions, reply = hands.compose(hands.do([OPEN]))
        return AgentResult(actions, reply, (AgentStep("called", 1.0, request),))


STEPS = "查一下天气，然后把窗户调好"


def test_several_steps_are_for_the_agent_and_can_be_undone() -> None:
    agent = _Agent()
    agent.go.set()
    talk = Talk({STEPS: UNKNOWN}, {}, agent=agent)
    turn = talk.cabin.say(STEPS)
    assert (turn.route, turn.outcome, talk.car.read(WINDOW)) == ("llm", "done", 50)
    assert ask_of(turn)["steps"] == [{"kind": "called", "detail": STEPS}]
    talk.cabin.say("变回去")
    assert talk.car.read(WINDOW) == 0


def test_the_agent_knows_what_was_talked_about() -> None:
    agent = _Agent()
    agent.go.set()
    talk = Talk({STEPS: UNKNOWN}, {"讲个故事": [TOLD]}, agent=agent)
    talk.cabin.say("讲个故事")
    talk.cabin.say(STEPS)
    assert agent.situation is not None
    assert [said.text for said in agent.situation.history] == ["讲个故事", TOLD]


def test_an_agent_stops_when_it_is_taken_back() -> None:
    agent = _Agent()
    talk = Talk({STEPS: UNKNOWN}, {}, agent=agent)
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(talk.cabin.say, STEPS)
        assert agent.begun.wait(10)
        talk.cabin.say("算了")
        agent.go.set()
        assert turn.result().outcome == "refused"
        assert "您说了不用" in turn.result().reply
    assert talk.car.actuations == []


def test_the_shipped_agent_is_used_where_no_other_is_given() -> None:
    broken = ModelError("gone", "unreachable")
    talk = Talk({STEPS: UNKNOWN}, lambda said, sample: broken)
    turn = talk.cabin.say(STEPS)
    assert ask_of(turn)["work"] == "agent"
    assert "连不上云端" in turn.reply


def test_in_english_it_talks_english() -> None:
    chat = Plan(language="en", commands=(command("chat.reply"),))
    talk = Talk(
        {"tell me a joke": chat}, {"tell me a joke": ["Why not? Cars have no sense of it."]}
    )
    turn = talk.cabin.say("tell me a joke")
    assert turn.language == "en"
    assert turn.reply.endswith("judge for yourself. Why not? Cars have no sense of it.")
    assert turn.reply == talk.heard


def test_what_is_loaded_beforehand_does_nothing() -> None:
    model = ScriptedModel({})
    talk = Talk({}, model)
    talk.cabin.warm_up()
    assert (model.calls, talk.cabin.history, talk.car.actuations) == ([], (), [])


def _here(model: ChatModel) -> Gateway:
    """A gateway to one model on this machine."""
    known = ModelConfig(model="m", base_url="http://127.0.0.1:1/v1", key_variable=None)
    config = Config(models={"m": known}, roles={"fast": ("m",)}, attempts=1)
    return Gateway(config, models={"m": model})


def test_a_model_on_this_machine_reads_ahead_before_anybody_speaks() -> None:
    model = ScriptedModel(lambda _, __: "好")
    talk = Talk({}, model, models=_here(model))
    talk.cabin.warm_up()
    assert [request.max_tokens for request in model.requests] == [1, 1]
    assert (talk.cabin.history, talk.car.actuations) == ((), [])


def test_nobody_speaks_of_a_cloud_where_a_model_on_this_machine_is_late() -> None:
    late = ScriptedModel(lambda _, __: ModelError("too slow", "timeout"))
    talk = Talk({"飞起来": UNKNOWN}, late, models=_here(late))
    assert "模型没有及时回答" in talk.cabin.say("飞起来").reply
    far = ScriptedModel(lambda _, __: ModelError("too slow", "timeout"))
    assert "云端没有及时回答" in Talk({"飞起来": UNKNOWN}, far).cabin.say("飞起来").reply


def test_the_trace_says_what_a_model_invented() -> None:
    invented = command("media.control", action="pause", station="音乐之声")
    talk = Talk({"停一下歌": UNKNOWN}, ScriptedModel(lambda _, __: planned(invented)))
    turn = talk.cabin.say("停一下歌")
    assert [(one.skill, one.args, one.outcome) for one in turn.actions] == [
        ("media.control", {"action": "pause"}, "done")
    ]
    assert ask_of(turn)["dropped"] == ["media.control.station"]


def test_what_is_to_be_remembered_is_told_to_no_model(tmp_path: Path) -> None:
    said = "记住我家在望京西园四区"
    home = command("memory.remember", what="home", value="望京西园四区")
    talk = Talk(
        {said: doubtful(home, sure=0.1)}, {}, memories=memories_in(tmp_path, "language_model")
    )
    turn = talk.cabin.say(said)
    assert (turn.outcome, turn.route) == ("needs_confirmation", "device")
    assert next(step.detail for step in turn.trace if step.name == "route") == {
        "route": "device", "reason": "what is remembered stays on the car", "work": "none",
    }  # fmt: skip


def test_without_an_answer_there_is_no_small_talk_beside_the_reason() -> None:
    heat = command("seat.heating", zone="driver", level=1)
    both = Plan(commands=(heat, command("chat.reply")), confidence=0.3)
    talk = Talk({"加热，再聊聊": both}, lambda _, __: ModelError("gone", "unreachable"))
    turn = talk.cabin.say("加热，再聊聊")
    assert [(one.skill, one.outcome) for one in turn.actions] == [
        ("seat.heating", "done"), ("chat.reply", "answered"),
    ]  # fmt: skip
    assert turn.reply == "主驾座椅加热已开到一档。现在连不上云端，车上的功能照常可用。"
