from fujia.expert.documents.columns import PageSize, lines_of
from fujia.expert.documents.runs import Run

PAGE = PageSize(1, 600, 800)


def run(text: str, left: float, top: float, right: float) -> Run:
    return Run(text, left, top, right, top + 12, 10, False)


def texts(*runs: Run) -> list[str]:
    return [line.text for line in lines_of(runs, PAGE)]


def test_lines_come_from_top_to_bottom_however_the_file_draws_them():
    assert texts(run("二", 50, 120, 500), run("一", 50, 100, 500)) == ["一", "二"]


def test_two_columns_are_read_one_after_the_other_below_a_wide_title():
    title = run("标题", 50, 50, 550)
    left = [run(f"左{n}", 50, 100 + 16 * n, 280) for n in range(5)]
    right = [run(f"右{n}", 320, 104 + 16 * n, 550) for n in range(5)]
    end = run("页底", 50, 300, 550)
    shuffled = [*right[::2], *left, end, title, *right[1::2]]
    assert texts(*shuffled) == [
        "标题", *(f"左{n}" for n in range(5)), *(f"右{n}" for n in range(5)), "页底",
    ]  # fmt: skip


def test_short_cells_side_by_side_are_rows():
    cells = [
        run(name, x, 100 + 16 * n, x + 40)
        for n in range(6)
        for name, x in (("甲", 50), ("乙", 350))
    ]
    assert [line.cells for line in lines_of(cells, PAGE)] == [("甲", "乙")] * 6


def test_a_number_that_stands_off_from_its_text_is_no_cell():
    (line,) = lines_of([run("1.", 50, 100, 60), run("按下按钮。", 90, 100, 300)], PAGE)
    assert (line.text, line.cells) == ("1. 按下按钮。", ())


def test_boxes_are_shares_of_the_page_and_stay_on_it():
    (line,) = lines_of([run("宽", -20, 400, 660)], PAGE)
    assert line.box
    assert (line.box.left, line.box.top, line.box.right, line.box.bottom) == (0, 0.5, 1, 0.515)


def test_an_empty_page_has_no_lines():
    assert lines_of([], PAGE) == []
