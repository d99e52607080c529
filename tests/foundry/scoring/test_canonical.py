"""What counts as the same command."""

import pytest

from fujia.foundry.scoring.canonical import canonical, normalise
from fujia.understanding.plan import Argument, Command, Condition

Args = dict[str, Argument]


def same(skill: str, one: Args, other: Args) -> bool:
    return canonical(Command(skill=skill, args=one)) == canonical(Command(skill=skill, args=other))


@pytest.mark.parametrize(
    ("skill", "one", "other"),
    [
        ("window.position", {"position": "50%"}, {"position": "mid"}),
        ("window.position", {"position": 100}, {"position": "max"}),
        ("volume.media", {"volume": "+"}, {"volume": "+10%"}),
        ("climate.temperature", {"temperature": "-"}, {"temperature": "-1"}),
        ("climate.temperature", {"temperature": 22}, {"temperature": 22.0}),
        ("climate.ac", {}, {"on": True}),
        ("tailgate.position", {}, {"position": "max"}),
        ("tailgate.position", {"open": False}, {"position": 0}),
        ("media.play", {"query": "我的收藏歌单"}, {"query": "收藏的歌曲"}),
        ("media.play", {"title": "山海"}, {"title": "山海", "genre": "民谣"}),
        ("seat.massage", {"mode": "肩部舒展模式"}, {"mode": "SHOULDER"}),
        ("place.search", {"category": "酒店"}, {"category": "酒店", "near": "附近"}),
        ("unknown.function", {}, {"text": "打开咖啡机"}),
    ],
)
def test_same(skill: str, one: Args, other: Args) -> None:
    assert same(skill, one, other)


@pytest.mark.parametrize(
    ("skill", "one", "other"),
    [
        ("window.position", {"position": 0}, {"position": 100}),
        ("window.position", {}, {"zone": "driver"}),
        ("climate.temperature", {"temperature": 22}, {"temperature": "+22"}),
        ("climate.ac", {}, {"on": False}),
        ("seat.heating", {}, {"level": 1}),
        ("tailgate.position", {"open": True}, {"open": False}),
        ("media.play", {"title": "山海"}, {"artist": "山海"}),
        ("media.play", {"title": "山"}, {"title": "海"}),
    ],
)
def test_different(skill: str, one: Args, other: Args) -> None:
    assert not same(skill, one, other)


def test_playing_nothing_in_particular_is_play() -> None:
    play = Command(skill="media.control", args={"action": "play"})
    assert canonical(Command(skill="media.play")) == canonical(play)


def test_a_condition_is_part_of_the_command() -> None:
    plain = Command(skill="window.position", args={"position": 0})
    held = plain.model_copy(update={"condition": Condition(fact="rain")})
    assert canonical(plain) != canonical(held)


def test_words_that_are_all_filler_stay() -> None:
    assert normalise("音乐") == "音乐"
    assert normalise("ＱＱ 音乐") == "qq"
