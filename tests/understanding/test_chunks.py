from itertools import pairwise

import pytest

from tests.understanding.reading import chunks, skills


@pytest.mark.parametrize(
    ("said", "skills"),
    [
        ("打开车窗", ["window.position"]),
        ("打开车窗关闭空调", ["window.position", "climate.power"]),
        ("打开空调然后音量调到二十", ["climate.power", "volume.media"]),
        ("把大灯打开，雨刮关掉", ["light.headlights", "wiper.mode"]),
        ("turn on the radio and open the sunroof", ["radio.tune", "sunroof.position"]),
    ],
)
def test_each_command_is_a_chunk(said: str, skills: list[str]) -> None:
    assert [chunk.rule.skill if chunk.rule else None for chunk in chunks(said)] == skills


def test_chunks_stand_in_order_and_never_overlap() -> None:
    found = chunks("打开空调座椅加热二档导航去外滩")
    assert len(found) == 3
    assert all(one.end <= after.start for one, after in pairwise(found))


def test_free_words_make_a_chunk_of_their_own() -> None:
    (chunk,) = chunks("导航去东方明珠")
    assert chunk.rule is None
    assert chunk.match is not None
    assert chunk.match.template.skill == "navigation.start"


def test_nothing_known_is_no_chunk() -> None:
    assert chunks("谔谔谔") == []


def test_a_dont_is_left_alone_and_never_passed_over() -> None:
    (chunk,) = chunks("不要开窗")
    assert chunk.is_left_alone
    assert not chunk.is_carried


def test_more_of_it_is_carried_from_the_command_before() -> None:
    (chunk,) = chunks("再高一点", has_last=True)
    assert chunk.is_carried


def test_what_is_handed_over_waits_for_its_verb() -> None:
    assert skills("把音乐停了导航静音") == ["media.control", "navigation.mute"]
    assert skills("声音关了视频也关了") == ["media.control", "video.stop"]
