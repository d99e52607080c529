from fujia.expert.documents.lines import Heading, Line
from fujia.expert.documents.outline import Entry, pdf_parts

BODY = "把开关转到自动位置，大灯会自己点亮，雾天请手动打开。"


def page(number: int, *titles: tuple[str, float, bool]) -> list[Line]:
    lines: list[Line] = []
    for text, size, bold in titles:
        lines += [Line(text, page=number, size=size, bold=bold)]
        lines += [Line(BODY, page=number, size=10, gap=1)] * 3
    return lines


def headings(pages: list[list[Line]], *entries: Entry) -> list[tuple[int, str]]:
    parts = pdf_parts(pages, entries)
    return [(part.level, part.text) for part in parts if isinstance(part, Heading)]


def test_larger_letters_are_headings_by_their_size():
    found = headings([page(1, ("灯光", 20, False), ("大灯", 14, False), ("雾灯", 14, False))])
    assert found == [(1, "灯光"), (2, "大灯"), (2, "雾灯")]


def test_bold_letters_are_headings_where_the_text_is_not_bold():
    assert headings([page(1, ("大灯", 10, True))]) == [(1, "大灯")]


def test_the_outline_gives_the_levels_that_it_knows():
    pages = [page(1, ("1 灯光", 14, False), ("大灯", 12, False))]
    assert headings(pages, Entry(1, "灯光", 1)) == [(1, "1 灯光"), (2, "大灯")]


def test_an_outline_that_names_nothing_on_its_pages_is_left_alone():
    assert headings([page(1, ("大灯", 14, False))], Entry(1, "别的", 7)) == [(1, "大灯")]


def test_a_heading_on_two_lines_is_one():
    lines = [Line("自动大灯和", page=1, size=14, reach=1), Line("雾灯", page=1, size=14, gap=0.2)]
    body = [Line(BODY, page=1, size=10, gap=1)] * 4
    assert headings([lines + body]) == [(1, "自动大灯和雾灯")]


def test_letters_of_one_size_are_read_as_rough_text():
    assert headings([page(1, ("自动大灯", 10, False))]) == [(4, "自动大灯")]


def test_a_large_warning_is_no_heading():
    assert headings([page(1, ("警告", 14, True), ("大灯", 14, False))]) == [(1, "大灯")]
