from fujia.expert.quotes import boxes_of, quoted_blocks
from fujia.expert.section import Block, Box, Section

FIRST, SECOND = Box(1, 0.1, 0.1, 0.9, 0.2), Box(2, 0.1, 0.1, 0.9, 0.2)
SECTION = Section(
    "tailgate",
    ("尾门",),
    "zh",
    (
        Block("steps", ("挂入驻车挡。", "按住按键。"), 1, (FIRST,)),
        Block("warning", ("警告：小心夹手。",), 2, (SECOND,)),
    ),
)


def test_a_quote_is_found_in_the_block_it_stands_in():
    assert quoted_blocks(SECTION, ["小心夹手"]) == (SECTION.blocks[1],)
    assert boxes_of(SECTION, ["小心夹手"]) == (SECOND,)


def test_a_quote_over_two_blocks_is_in_both():
    assert quoted_blocks(SECTION, ["按住按键。\n警告：小心"]) == SECTION.blocks


def test_numbers_of_steps_count_as_they_are_shown():
    assert quoted_blocks(SECTION, ["2. 按住按键。"]) == SECTION.blocks[:1]


def test_what_does_not_stand_there_marks_the_whole_section():
    assert quoted_blocks(SECTION, ["别的", ""]) == ()
    assert boxes_of(SECTION, ["别的"]) == boxes_of(SECTION) == (FIRST, SECOND)
