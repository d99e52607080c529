from fujia.cabin.agent import Reader
from fujia.errors import InputError
from tests.cabin.agent.acting import act, calls, plan, reader, step
from tests.cabin.talk import SPEED


def test_only_a_few_things_are_offered_unasked():
    many = calls(*(("volume.media", {"volume": one}) for one in (10, 20, 30, 40)))
    ran = act("电量", plan(step("vehicle.charge"), think=True), many, "电量70%。")
    offered = [one for one in ran.result.actions if one.outcome == "needs_confirmation"]
    assert len(offered) == 2 and ran.written == []


def test_the_same_call_is_carried_out_once():
    louder = calls(("volume.media", {"volume": "+10"}), ("volume.media", {"volume": "+10"}))
    planned = plan(step("vehicle.charge"), step("volume.media", later=["volume"]))
    ran = act("看电量调音量", planned, louder, louder, "好")
    done = [one for one in ran.result.actions if one.skill == "volume.media"]
    assert [one.outcome for one in done] == ["done"]
    assert "called before" in ran.told


def test_a_source_that_fails_is_told_to_the_model():
    def broken(_args: object) -> str:
        raise InputError("the phone is not connected")

    source = Reader("message.read", "Read", {"type": "object", "properties": {}}, broken)
    ran = act("念短信", plan(step("message.read")), "手机没有连接。", readers=[source])
    assert "the phone is not connected" in ran.told
    assert "手机没有连接" in ran.result.reply


def test_a_long_text_from_outside_is_cut():
    source = reader("message.read", "长" * 50_000)
    ran = act("念短信", plan(step("message.read")), "很长。", readers=[source])
    assert len(ran.told) < 10_000


def test_what_the_car_lacks_is_said_in_the_words_of_its_skill():
    ran = act("清洗后窗", plan(step("washer.rear")))
    assert ran.outcomes == {"washer.rear": "unavailable"}
    assert "后" in ran.result.reply


def test_a_long_value_from_outside_is_read_out_in_full():
    place = "城北仓库" * 8 + "后门"
    planned = plan(step("message.read"), step("navigation.start", later=["destination"]))
    source = reader("message.read", place)
    goes = calls(("navigation.start", {"destination": place}))
    ran = act("去短信里说的地方", planned, goes, "好", readers=[source])
    assert place in ran.result.reply
    assert ran.written == []
    driving = act("去短信里说的地方", planned, goes, "好", readers=[source], state={SPEED: 60})
    assert driving.outcomes["navigation.start"] == "refused"
    assert driving.errand.confirm == []
