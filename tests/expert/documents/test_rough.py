import pytest

from fujia.expert.documents.lines import Heading, Line
from fujia.expert.documents.rough import is_contents, numbered_level, parts_of


@pytest.mark.parametrize(
    ("text", "level"),
    [("第三章 灯光", 1), ("第二节 雨刮", 2), ("2.1 大灯", 2), ("2.1.3 远光灯", 3), ("一、启动", 2),
     ("（二）停车", 3), ("Chapter 4 Lights", 1), ("灯光", None), ("2.5 %", None),
     ("1.8升发动机", 2)],
)  # fmt: skip
def test_numbers_show_the_level(text: str, level: int | None):
    assert numbered_level(text) == level


@pytest.mark.parametrize("text", ["大灯........12", "大灯 …… 12", "Lights . . . . . 9"])
def test_a_table_of_contents_says_nothing(text: str):
    assert is_contents(text)
    assert parts_of([Line(text)]) == []


def headings(*texts: str) -> list[str]:
    return [part.text for part in parts_of([Line(t) for t in texts]) if isinstance(part, Heading)]


def test_a_short_line_above_running_text_is_a_heading():
    assert headings("自动大灯", "把开关转到自动位置，大灯会自己点亮。") == ["自动大灯"]
    assert headings("How do I open the boot?", "Press the switch under the badge.") == [
        "How do I open the boot?"
    ]


def test_a_short_line_in_the_middle_of_a_sentence_is_none():
    assert headings("把开关转到自动位置，", "大灯会自己", "点亮。") == []


def test_lines_of_a_list_are_none():
    assert headings("左前门", "右前门", "左后门", "共 3 个门。") == []


def test_a_single_number_is_a_heading_only_above_numbers_of_two():
    text = "把开关转到自动位置，大灯会自己点亮。"
    assert headings("1 灯光", "1.1 大灯", text) == ["1 灯光", "1.1 大灯"]
    assert headings("1. 灯光", text) == []
