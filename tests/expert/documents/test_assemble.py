import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.errors import DocumentError
from fujia.expert.documents.assemble import assemble
from fujia.expert.documents.lines import Heading, Part
from fujia.expert.section import Block, Document


def put(*parts: Part) -> Document:
    return assemble("手册", parts, sha256="0", format="text")


def text(words: str) -> Block:
    return Block("paragraph", (words,))


def test_a_section_stands_under_all_headings_above_it():
    document = put(
        text("前言。"),
        Heading(1, "灯"),
        Heading(3, "近光"),
        text("甲。"),
        Heading(2, "远光"),
        text("乙。"),
    )
    assert [section.path for section in document.sections] == [
        ("手册",), ("灯", "近光"), ("灯", "远光"),
    ]  # fmt: skip


def test_each_section_has_its_own_language_unless_one_is_given():
    parts = [Heading(1, "灯"), text("打开大灯。"), Heading(1, "Lamp"), text("Turn it on.")]
    assert [section.language for section in put(*parts).sections] == ["zh", "en"]
    document = assemble("t", parts, sha256="0", format="text", language="zh")
    assert [section.language for section in document.sections] == ["zh", "zh"]


def test_ids_stay_the_same_when_sections_are_added_behind():
    parts = [Heading(1, "灯 光"), text("甲。"), Heading(1, "雨刮"), text("乙。")]
    before = [section.id for section in put(*parts).sections]
    after = [section.id for section in put(*parts, Heading(1, "空调"), text("丙。")).sections]
    assert before == ["灯-光", "雨刮"]
    assert after[:2] == before


def test_nothing_is_no_document():
    with pytest.raises(DocumentError, match="no text"):
        put()


headings = st.builds(Heading, st.integers(1, 6), st.text("灯光ab -", min_size=1, max_size=9))
blocks = st.text("字。 ", min_size=1, max_size=200).map(text)


@settings(deadline=None)
@given(st.lists(headings | blocks, min_size=1, max_size=20))
def test_every_block_and_every_heading_is_somewhere(parts: list[Part]):
    document = put(*parts)
    kept = iter(block for section in document.sections for block in section.blocks)
    assert all(block in kept for block in parts if isinstance(block, Block)), "and in order"
    seen = {heading for section in document.sections for heading in section.path}
    assert {part.text for part in parts if isinstance(part, Heading)} <= seen
    assert len({section.id for section in document.sections}) == len(document.sections)
