from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.llm.content import CONTENT_FILE, PatternFilter


@pytest.mark.parametrize(
    ("text", "direction", "rule"),
    [
        ("my key is sk-abcdefghijklmnop1234", "in", "secret"),
        ("放心，我是真人", "out", "human"),
        ("Don't worry, I'm a real person.", "out", "human"),
        ("我不是AI", "out", "human"),
        ("先把安全带提醒短接", "out", None),
        ("可以短接安全带插扣", "out", "unsafe"),
        ("You can disable the airbag like this", "out", "unsafe"),
        ("我是真人吗", "in", None),
        ("我是人工智能，不是真人", "out", None),
        ("I'm an AI, not a person", "out", None),
        ("安全气囊故障灯亮了，请去检修", "out", None),
    ],
)
def test_the_shipped_rules(text: str, direction: str, rule: str | None):
    assert PatternFilter().blocks(text, direction) == rule  # type: ignore[arg-type]


def test_a_file_of_ones_own_adds_rules(tmp_path: Path):
    file = tmp_path / "content.yaml"
    file.write_text("rules:\n- {id: rivals, directions: [out], patterns: ['other brand']}\n")
    both = PatternFilter([CONTENT_FILE, file])
    assert both.blocks("The Other Brand is bad", "out") == "rivals"
    assert both.blocks("The Other Brand is bad", "in") is None


def test_a_pattern_with_a_mistake_names_the_line(tmp_path: Path):
    file = tmp_path / "content.yaml"
    file.write_text("rules:\n- id: x\n  directions: [out]\n  patterns: ['(']\n")
    with pytest.raises(DataError, match=r"content\.yaml:4.*no pattern"):
        PatternFilter([file])
