from fujia.expert.documents.furniture import without_furniture, without_page_numbers
from fujia.expert.documents.lines import Line
from fujia.expert.section import Box


def line(text: str, top: float, size: float = 10) -> Line:
    return Line(text, box=Box(1, 0.1, top, 0.9, top + 0.02), size=size)


def pages(count: int) -> list[list[Line]]:
    return [
        [
            line("用户手册", 0.03),
            line(f"第 {number} 章", 0.08, size=20),
            line("每页都有的一句正文。", 0.4),
            line(f"这一页说的是 {'甲乙丙丁戊己'[number]}。", 0.5),
            line(f"- {number} -", 0.95),
        ]
        for number in range(count)
    ]


def test_what_stands_in_the_margin_of_many_pages_goes():
    for number, lines in enumerate(without_furniture(pages(6))):
        assert [each.text for each in lines] == [
            f"第 {number} 章", "每页都有的一句正文。", f"这一页说的是 {'甲乙丙丁戊己'[number]}。",
        ]  # fmt: skip


def test_on_two_pages_only_numbers_go():
    first, _ = without_furniture(pages(2))
    assert [each.text for each in first[:2]] == ["用户手册", "第 0 章"]
    assert len(first) == 4


def test_heads_that_were_left_in_running_text_go():
    body = [line(f"正文里的一句话{'甲乙丙丁戊己'[at % 6]}。", 0) for at in range(24)]
    text = [each for at, each in enumerate(body) for each in (
        [line(f"某车 用户手册 {at}", 0), each] if at % 6 == 0 else [each]
    )]  # fmt: skip
    assert without_page_numbers(text) == body


def test_numbers_near_each_other_or_that_do_not_grow_stay():
    near = [line(f"{gear} 挡", 0) for gear in range(1, 7)]
    assert without_page_numbers(near) == near
    same = [each for _ in range(4) for each in [line("胎压 2 bar", 0), *[line("正文。", 0)] * 6]]
    assert without_page_numbers(same) == same
