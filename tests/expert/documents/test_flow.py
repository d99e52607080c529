from fujia.expert.documents.flow import blocks_of, merged
from fujia.expert.documents.lines import Line
from fujia.expert.section import Box


def kinds(*lines: Line | str) -> list[tuple[str, tuple[str, ...]]]:
    found = blocks_of([Line(line) if isinstance(line, str) else line for line in lines])
    return [(block.kind, block.lines) for block in found]


def test_a_broken_line_goes_on_where_it_reached_the_edge():
    assert kinds(Line("请先打开近光", reach=1), "灯。", "再打开雾灯。") == [
        ("paragraph", ("请先打开近光灯。",)),
        ("paragraph", ("再打开雾灯。",)),
    ]


def test_free_space_ends_a_paragraph():
    assert len(kinds(Line("一句话", reach=1), Line("另一句。", gap=1.5))) == 2


def test_a_sentence_goes_on_over_the_page():
    first, second = Line("请先打开近光", page=1, reach=1), Line("灯。", page=2, gap=-1)
    assert kinds(first, second) == [("paragraph", ("请先打开近光灯。",))]


def test_steps_stay_whole_and_their_broken_lines_are_mended():
    assert kinds("1. 按下按钮，", Line("2. 等到指示灯", reach=1), "点亮。", "3. 松开。") == [
        ("steps", ("按下按钮，", "等到指示灯点亮。", "松开。"))
    ]


def test_one_number_alone_is_no_step():
    assert kinds("1. 只有一条。", "后面的话。")[0] == ("paragraph", ("1. 只有一条。",))


def test_a_number_that_continues_nothing_stays_in_the_text():
    assert kinds("7. 从七开始。") == [("paragraph", ("7. 从七开始。",))]


def test_a_warning_between_two_steps_is_read_before_them():
    assert kinds("1. 打开盖子。", "警告：烫。", "2. 加注。") == [
        ("warning", ("警告：烫。",)),
        ("steps", ("打开盖子。", "加注。")),
    ]


def test_a_word_between_two_steps_belongs_to_the_first():
    assert kinds("1. 打开盖子。", "盖子在左侧。", "2. 加注。") == [
        ("steps", ("打开盖子。\n盖子在左侧。", "加注。"))
    ]


def test_new_steps_begin_with_one():
    assert [lines for _, lines in kinds("1. 甲", "2. 乙", "1. 丙", "2. 丁")] == [
        ("甲", "乙"),
        ("丙", "丁"),
    ]


def test_a_label_takes_the_paragraph_or_the_list_below_it():
    assert kinds("警告", "会触电。", "别的话。") == [
        ("warning", ("警告", "会触电。")),
        ("paragraph", ("别的话。",)),
    ]
    assert kinds("WARNING", "• hot", "• sharp", "Text.") == [
        ("warning", ("WARNING", "hot", "sharp")),
        ("paragraph", ("Text.",)),
    ]


def test_rows_make_a_table():
    assert kinds(
        Line("胎压 2.5", cells=("胎压", "2.5")), Line("备胎 4.2", cells=("备胎", "4.2"))
    ) == [("table", ("胎压 | 2.5", "备胎 | 4.2"))]


def test_boxes_below_each_other_are_one_and_columns_are_two():
    left, below = Box(1, 0.1, 0.8, 0.4, 0.82), Box(1, 0.1, 0.83, 0.45, 0.85)
    right = Box(1, 0.5, 0.1, 0.9, 0.12)
    assert merged([left, below, right]) == (Box(1, 0.1, 0.8, 0.45, 0.85), right)
    assert merged([]) == ()
