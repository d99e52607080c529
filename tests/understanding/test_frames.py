import pytest

from fujia.understanding.frames import load_frames
from fujia.understanding.pattern import parse
from fujia.understanding.plan import Language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_frame_is_a_pattern(language: Language) -> None:
    frames = load_frames(language)
    assert {"on", "off", "set", "up", "down", "max", "min"} <= set(frames.frames)
    for patterns in frames.frames.values():
        assert all(parse(one, frames.lists) for one in patterns)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_range_can_be_said(language: Language) -> None:
    for unit in load_frames(language).ranges.values():
        assert unit.low <= unit.high
        assert unit.step > 0
        assert unit.say
