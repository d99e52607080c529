"""The converter, held against invented frames in the form of the data set."""

from typing import Any

import pytest

from fujia.foundry.scoring.mac_slu import amount_of, case_of, table
from fujia.understanding.plan import Command


def wanted(
    *frames: dict[str, str], domain: str = "车载控制", intent: str = "车身控制"
) -> list[Any]:
    record = {
        "id": "x",
        "query": "",
        "semantics": [{"domain": domain, "intent": intent, "slots": slots} for slots in frames],
    }
    return [
        [(command.skill, command.args) for command in alternatives]
        for alternatives in case_of(record).wanted
    ]


def only(*frames: dict[str, str], **place: str) -> list[Any]:
    return [alternatives[0] for alternatives in wanted(*frames, **place)]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("二十三", 23),
        ("二十六度", 26),
        ("三挡", 3),
        ("两档", 2),
        ("调到最大", "max"),
        ("最低", "min"),
        ("调高一点", "+"),
        ("大一点", "+"),
        ("调小一点", "-"),
        ("调低一点五", "-1.5"),
        ("调低一挡", "-1"),
        ("调大两级", "+2"),
        ("上涨10%", "+10%"),
        ("调为稍暗", "-"),
        ("一半", "50%"),
        ("+", "+"),
        ("-", "-"),
    ],
)
def test_amounts(words: str, amount: float | str) -> None:
    assert amount_of(words) == amount


def test_words_without_an_amount_are_an_error() -> None:
    with pytest.raises(ValueError, match="holds no amount"):
        amount_of("蓝莓")


def test_opening_and_closing() -> None:
    assert only(
        {"操作": "打开", "对象": "车窗", "位置": "右后"},
        {"操作": "关上", "对象": "天窗"},
        {"操作": "关闭", "对象": "座椅", "对象功能": "加热", "位置": "前排"},
        {"操作": "开启", "对象": "座椅", "对象功能": "加热"},
        {"操作": "关闭", "模式": "AC", "调节内容": "模式"},
    ) == [
        ("window.position", {"zone": "rear_right", "position": 100}),
        ("sunroof.position", {"position": 0}),
        ("seat.heating", {"zone": "front", "level": 0}),
        ("seat.heating", {}),
        ("climate.ac", {"on": False}),
    ]


def test_a_frame_without_an_object_goes_by_what_it_adjusts() -> None:
    assert only(
        {"调节内容": "温度", "操作": "调", "value": "十九度", "位置": "全部"},
        {"调节内容": "风量", "操作": "调节", "value": "调低一挡"},
    ) == [
        ("climate.temperature", {"zone": "all", "temperature": 19}),
        ("climate.fan", {"level": "-1"}),
    ]


def test_seats_named_singly_are_separate_commands() -> None:
    frame = {"操作": "打开", "对象": "座椅", "对象功能": "按摩", "位置": "主副驾"}
    both = [("seat.massage", {"zone": "driver"}), ("seat.massage", {"zone": "passenger"})]
    assert only(frame) == both
    assert only(frame, frame) == both, "the data repeat the frame once for each seat"


def test_a_function_without_a_skill_is_unknown() -> None:
    assert only({"操作": "打开", "对象": "咖啡机"}) == [("unknown.function", {})]
    assert only({}) == [("unknown.function", {})]


def test_alternatives() -> None:
    assert wanted({"模式": "暖风", "value": "调大", "操作": "调节", "调节内容": "模式"}) == [
        [("climate.fan", {"level": "+"}), ("climate.temperature", {"temperature": "+"})]
    ]


def test_music() -> None:
    assert only(
        {"操作": "播放", "歌曲名": "山海", "歌手名": "某人", "对象": "歌"},
        {"操作": "放", "对象": "音乐"},
        {"操作": "听", "排行榜": "夏日榜"},
        {"操作": "下一首", "对象": "歌"},
        domain="音乐",
        intent="播放音乐",
    ) == [
        ("media.play", {"title": "山海", "artist": "某人"}),
        ("media.play", {}),
        ("media.play", {"query": "夏日榜"}),
        ("media.control", {"action": "next"}),
    ]


def test_a_destination_and_a_stop_in_one_frame_are_two_commands() -> None:
    frame = {"操作": "导航", "终点名称": "东湖", "途经点名称": "超市"}
    assert only(frame, domain="地图", intent="导航") == [
        ("navigation.start", {"destination": "东湖"}),
        ("navigation.add_stop", {"place": "超市"}),
    ]


def test_radio_frequency_is_a_number() -> None:
    frame = {"频道类型": "调频", "频道": "九十三点五"}
    assert only(frame, domain="收音机", intent="播放电台") == [
        ("radio.tune", {"band": "fm", "frequency": 93.5})
    ]


def test_a_repair_changes_the_wanted_command_and_not_the_labelled_one() -> None:
    repair = table().repairs[0]
    slots = {"调节内容": "音量", "value": "+", "操作": "调节"}
    frame = {"domain": "车载控制", "intent": "提供信息", "slots": slots}
    case = case_of({"id": repair.id, "query": "", "semantics": [frame]})
    assert case.wanted == ((Command(skill="volume.media", args={"volume": "-"}),),)
    assert case.labelled == ((Command(skill="volume.media", args={"volume": "+"}),),)


def test_no_frames_want_nothing() -> None:
    assert wanted() == []
