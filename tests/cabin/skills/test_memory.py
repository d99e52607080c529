"""Memory by voice, from the words to the disk and back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fujia.cabin.assistant import Cabin
from fujia.cabin.memory import Fact, Memories
from fujia.cabin.skill import AskBack, Effect, Refused, Scene
from fujia.cabin.skills import SKILLS
from fujia.vehicle import SimulatedCar, load_profile

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DESTINATION = "Vehicle.Cabin.Infotainment.Navigation.Destination"
TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"


@pytest.fixture
def memories(tmp_path: Path) -> Memories:
    memories = Memories(tmp_path / "memory", lambda: NOW)
    memories.seat("driver", "王")
    return memories


@pytest.fixture
def cabin(memories: Memories) -> Cabin:
    return Cabin(car=SimulatedCar(load_profile("i5")), memories=memories)


NOT_HERE = "这里什么都不会记住，在聊天和座舱里才会。"


def test_what_is_remembered_waits_for_a_yes(cabin: Cabin, memories: Memories) -> None:
    turn = cabin.say("我喜欢二十一度")
    assert turn.reply == "这个我会一直记着，确定要记住您喜欢21度吗？"
    assert turn.actions[0].args == {"what": "temperature", "value": 21}
    assert turn.actions[0].rule == "memory-needs-a-yes"
    assert memories.people() == ()
    turn = cabin.say("好")
    assert (turn.outcome, turn.reply) == ("done", "记住了，您喜欢21度。")
    assert memories.person("王").facts("temperature")[0].value == 21


def test_a_no_keeps_nothing(cabin: Cabin, memories: Memories) -> None:
    cabin.say("记住我家在望京西园四区")
    cabin.say("不用")
    cabin.say("好")
    assert memories.people() == ()


def test_nobody_says_yes_to_the_memory_of_another(cabin: Cabin, memories: Memories) -> None:
    cabin.say("我喜欢21度")
    cabin.say("好", seat="passenger")
    assert memories.people() == ()
    assert cabin.say("好").outcome == "done"


def test_home_and_work_lead_where_they_are(cabin: Cabin) -> None:
    for said in ("我家在望京西园四区", "好", "我公司在国贸三期", "好"):
        cabin.say(said)
    turn = cabin.say("回家")
    assert turn.actions[0].args == {"destination": "家"}
    assert cabin.car.read(DESTINATION) == "望京西园四区"
    cabin.say("去公司")
    assert cabin.car.read(DESTINATION) == "国贸三期"
    cabin.say("take me home")
    assert cabin.car.read(DESTINATION) == "望京西园四区"


def test_a_place_that_is_not_known_stays_as_it_was_said(cabin: Cabin) -> None:
    cabin.say("回家")
    assert cabin.car.read(DESTINATION) == "家"


def test_what_is_liked_is_set_through_policy_as_its_own_command(cabin: Cabin) -> None:
    cabin.say("我喜欢25度")
    cabin.say("好")
    turn = cabin.say("调到我喜欢的温度")
    assert (turn.actions[0].skill, turn.outcome) == ("climate.temperature", "done")
    assert turn.reply == "主驾温度已调到25度。"
    assert cabin.car.read(TEMPERATURE) == 25
    cabin.say("变回去")
    assert cabin.car.read(TEMPERATURE) == 22


def test_what_is_not_known_is_asked(cabin: Cabin) -> None:
    turn = cabin.say("调到我喜欢的温度")
    assert (turn.outcome, turn.reply) == ("question", "我还不知道您喜欢的温度，您可以告诉我吗？")


def test_a_routine_is_remembered_with_its_time_and_days(cabin: Cabin, memories: Memories) -> None:
    assert cabin.say("记住我工作日七点五十去公司").reply.endswith("您工作日07:50去公司吗？")
    cabin.say("好")
    (trip,) = memories.of("driver").facts("trip")
    assert (trip.value, trip.time, trip.days) == ("公司", "07:50", (1, 2, 3, 4, 5))


def test_it_says_what_it_remembers(cabin: Cabin) -> None:
    assert cabin.say("你都记住了什么").reply == "我没有记您的事。"
    for said in ("我喜欢21度", "好", "记住我不吃辣", "好"):
        cabin.say(said)
    assert cabin.say("你都记住了什么").reply == "我记得：您喜欢21度；您不吃辣。"
    assert cabin.say("我喜欢的温度是多少").reply == "我记得：您喜欢21度。"
    assert cabin.say("what do you remember about me").reply == (
        "I remember: you like 21 degrees; you said “I 不吃辣”."
    )


def test_forgetting_waits_for_a_yes_and_is_proven(
    cabin: Cabin, memories: Memories, tmp_path: Path
) -> None:
    for said in ("我喜欢21度", "好", "我家在望京", "好"):
        cabin.say(said)
    turn = cabin.say("忘掉我家的地址")
    assert turn.reply == "忘掉就找不回来了，确定要忘掉您家的位置吗？"
    assert memories.of("driver").place("家") == "望京"
    assert cabin.say("好").reply == "已忘掉您家的位置。"
    assert memories.of("driver").place("家") == "家"
    (receipt,) = memories.ledger.receipts()
    assert memories.of("driver").proves(receipt)


def test_forgetting_all_leaves_no_store(cabin: Cabin, memories: Memories) -> None:
    cabin.say("我喜欢21度")
    cabin.say("好")
    memories.of("driver").consents.grant("position")
    cabin.say("把我的信息都删掉")
    assert cabin.say("好").reply == "已忘掉您的全部记录。"
    assert memories.people() == ()
    assert not memories.of("driver").consents.allows("position")


def test_what_is_not_there_cannot_be_forgotten(cabin: Cabin) -> None:
    assert cabin.say("忘掉我家的地址").outcome == "refused"


@pytest.mark.parametrize("child", [True, False])
def test_guests_and_children_are_told_that_nothing_is_kept(
    cabin: Cabin, memories: Memories, child: bool
) -> None:
    memories.seat("rear_left", "小明" if child else "", is_child=child)
    turn = cabin.say("我喜欢21度", seat="rear_left")
    assert (turn.outcome, turn.actions[0].reason) == ("refused", "我不记访客和孩子的事")
    assert not memories.folder.exists()


def test_without_memories_it_is_said_that_there_are_none() -> None:
    cabin = Cabin(car=SimulatedCar(load_profile("i5")))
    for said in ("我喜欢21度", "忘掉我家的地址", "调到我喜欢的温度"):
        turn = cabin.say(said)
        assert (turn.outcome, turn.reply) == ("unavailable", NOT_HERE)
    assert cabin.say("你都记住了什么").reply == NOT_HERE


def test_a_memory_that_cannot_be_written_is_not_said_to_be_kept(
    cabin: Cabin, monkeypatch: pytest.MonkeyPatch
) -> None:
    cabin.say("我喜欢21度")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    turn = cabin.say("好")
    assert (turn.outcome, turn.reply) == ("failed", "没能记住您喜欢21度，记忆写不进去。")


def test_a_damaged_memory_keeps_nobody_from_driving(cabin: Cabin, memories: Memories) -> None:
    cabin.say("我家在望京")
    cabin.say("好")
    (file,) = memories.folder.glob("*.vault")
    file.write_bytes(b"rubbish")
    assert cabin.say("你都记住了什么").outcome == "refused"
    assert cabin.say("回家").outcome == "done"
    assert cabin.car.read(DESTINATION) == "家"


def _scene(memories: Memories) -> Scene:
    car = SimulatedCar(load_profile("i5"))
    return Scene(car.profile, car.snapshot(), "driver", "en", memories.of("driver"))


@pytest.mark.parametrize(
    ("args", "question"),
    [
        ({"what": "home"}, "What shall I remember?"),
        ({"what": "temperature", "value": "warm"}, "How much is that?"),
        ({"what": "trip", "value": "work"}, "At what time do you set out?"),
        ({"what": "trip", "value": "work", "time": "8", "days": "sometimes"}, "On which days?"),
        ({"what": "place", "value": "Mill Road"}, "What is it called?"),
    ],
)
def test_what_is_missing_is_asked(memories: Memories, args: dict[str, str], question: str) -> None:
    with pytest.raises(AskBack) as caught:
        SKILLS["memory.remember"](_scene(memories), args)
    assert str(caught.value) == question


def test_a_number_that_makes_no_sense_is_refused(memories: Memories) -> None:
    with pytest.raises(Refused, match="10 to 35"):
        SKILLS["memory.remember"](_scene(memories), {"what": "temperature", "value": 80})


def test_a_place_called_like_home_is_home(memories: Memories) -> None:
    args = {"what": "place", "name": "home", "value": "Mill Road"}
    effect = SKILLS["memory.remember"](_scene(memories), args)
    assert isinstance(effect, Effect)
    assert effect.args == {"what": "home", "value": "Mill Road"}


def test_a_liked_value_that_the_car_does_not_reach_is_refused(
    cabin: Cabin, memories: Memories
) -> None:
    memories.of("driver").remember(Fact(what="temperature", value=33))
    turn = cabin.say("调到我喜欢的温度")
    assert turn.outcome == "refused"
    assert cabin.car.read(TEMPERATURE) == 22
