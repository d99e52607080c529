from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.expert.passage import PASSAGE_LENGTH, cut
from fujia.expert.section import Block, Section


def section(*blocks: Block) -> Section:
    return Section("s", ("标题",), "zh", blocks)


def texts(found: Section) -> list[str]:
    return [found.text[passage.start : passage.end] for passage in cut(found)]


def test_a_short_section_is_one_passage():
    found = section(Block("paragraph", ("一。",)), Block("steps", ("二", "三")))
    assert texts(found) == ["一。\n1. 二\n2. 三"]


def test_steps_are_not_torn_apart():
    steps = Block("steps", ("按下按钮并等待。" * 10, "松开按钮并等待。" * 10))
    assert steps.text in texts(section(Block("paragraph", ("前言。" * 90,)), steps))


def test_a_warning_stays_with_what_it_guards():
    warning = Block("warning", ("警告：小心烫伤。" * 5,))
    steps = Block("steps", ("打开散热器盖。" * 20, "加注冷却液。" * 20))
    found = texts(section(Block("paragraph", ("前言。" * 60,)), warning, steps))
    assert any("小心烫伤" in text and "散热器盖" in text for text in found)


def test_a_long_paragraph_is_cut_between_sentences():
    found = texts(section(Block("paragraph", ("这是一句不长不短的话。" * 100,))))
    assert len(found) > 2
    assert all(text.endswith("。") for text in found)


def test_a_passage_is_on_the_page_where_it_begins():
    first, second = Block("paragraph", ("一" * 300,), page=3), Block("paragraph", ("二" * 300,), 4)
    assert [passage.page for passage in cut(section(first, second))] == [3, 4]


kinds = st.sampled_from(["paragraph", "list", "steps", "warning", "note", "table"])
lines = st.lists(st.text("字。 a.\n", min_size=1, max_size=600), min_size=1, max_size=4)
blocks = st.lists(st.builds(Block, kinds, lines.map(tuple)), min_size=1, max_size=6)


@settings(deadline=None)
@given(blocks)
def test_passages_are_short_and_nothing_is_lost(given_blocks: list[Block]):
    found = section(*given_blocks)
    passages = cut(found)
    assert all(0 < passage.length <= PASSAGE_LENGTH for passage in passages)
    ends = [0, *(passage.end for passage in passages)]
    starts = [*(passage.start for passage in passages), len(found.text)]
    gaps = [found.text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert all(gap in ("", "\n") for gap in gaps)
