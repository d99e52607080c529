import pytest

from fujia.errors import DocumentError
from fujia.expert.documents.markdown import read_markdown
from tests.expert.documents.show import shown

TEXT = """---
title: ignored
---
# Handbook

## Lights {#lights}

Turn the **switch** to `AUTO`.
It comes on by itself.

> **Warning:** Never look into the beam.
>
> It blinds.

1. Press the button.
2. Choose *Lights*:
   - low beam
   - high beam
3. Done.

| lamp | power |
|---|---|
| low | 55 W |

### Fog {#fog.rear}

- front
- rear

> [!NOTE]
> Only in fog.
"""


def test_headings_blocks_and_ids():
    document = read_markdown(TEXT.encode(), "", "0")
    assert (document.title, document.language) == ("Handbook", "en")
    assert [section.id for section in document.sections] == ["lights", "fog.rear"]
    assert shown(document) == [
        (
            ("Lights",),
            ("paragraph", ("Turn the switch to AUTO. It comes on by itself.",)),
            ("warning", ("Warning: Never look into the beam.", "It blinds.")),
            (
                "steps",
                ("Press the button.", "Choose Lights:\n- low beam\n- high beam", "Done."),
            ),
            ("table", ("lamp | power", "low | 55 W")),
        ),
        (("Lights", "Fog"), ("list", ("front", "rear")), ("note", ("Only in fog.",))),
    ]


def test_marks_that_are_no_markdown_count_as_well():
    text = "# 大灯\n\n请按顺序做：\n1、按下\n2、松开\n警告：不要看。"
    assert shown(read_markdown(text.encode(), "", "0"))[0][1:] == (
        ("paragraph", ("请按顺序做：",)),
        ("steps", ("按下", "松开")),
        ("warning", ("警告：不要看。",)),
    )


def test_without_headings_it_is_read_as_text():
    document = read_markdown("自动大灯\n把开关转到自动位置，大灯会自己点亮。".encode(), "手册", "0")
    assert shown(document) == [
        (("自动大灯",), ("paragraph", ("把开关转到自动位置，大灯会自己点亮。",)))
    ]
    assert document.format == "text"


def test_two_sections_of_one_name_have_two_ids():
    document = read_markdown(b"# A\n\nx\n\n# A\n\ny\n\n# A-2\n\nz", "t", "0")
    assert [section.id for section in document.sections] == ["a", "a-2", "a-2-2"]


def test_a_heading_with_nothing_below_it_is_not_lost():
    document = read_markdown("# 大灯\n\n# 雨刮\n\n可以打开。".encode(), "t", "0")
    assert [section.text for section in document.sections] == ["大灯", "可以打开。"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"---\na: b\n---\n"])
def test_an_empty_file_is_refused(content: bytes):
    with pytest.raises(DocumentError):
        read_markdown(content.replace(b"---\na: b\n---\n", b" "), "t", "0")
