import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.expert.documents.marks import bullet, label, step_number


@pytest.mark.parametrize(
    "line",
    ["警告：不要", "警告", "【注意】请勿", "注意 请勿", "WARNING Do not", "Warning: do not",
     "⚠ 危险！触电", "（警告）小心", "注意事项", "[CAUTION] hot", "DANGER – high voltage"],
)  # fmt: skip
def test_labels_of_warnings(line: str):
    found = label(line)
    assert found
    assert found.kind == "warning"
    assert found.alone == (line in ("警告", "注意事项"))


@pytest.mark.parametrize("line", ["提示：可以", "说明", "NOTE", "Note: you can", "【小贴士】"])
def test_labels_of_notes(line: str):
    found = label(line)
    assert found
    assert found.kind == "note"


@pytest.mark.parametrize(
    "line",
    [
        "注意观察仪表。",
        "警告灯点亮时停车。",
        "Warning lamps are red.",
        "Note that it is hot.",
        "说明书",
        "",
    ],
)
def test_words_in_a_sentence_are_no_labels(line: str):
    assert label(line) is None


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [("1. 打开", 1, "打开"), ("2、打开", 2, "打开"), ("(3) 打开", 3, "打开"),
     ("（4）打开", 4, "打开"),
     ("⑤打开", 5, "打开"), ("步骤6：打开", 6, "打开"), ("第七步，打开", 7, "打开"),
     ("Step 8 Open", 8, "Open"), ("12) 打开", 12, "打开")],
)  # fmt: skip
def test_numbers_of_steps(line: str, number: int, text: str):
    assert step_number(line) == (number, text)


@pytest.mark.parametrize(
    "line", ["1.5 L 机油", "2026. 年", "2.5 bar", "第一章 灯光", "12 伏", "1."]
)
def test_numbers_that_count_no_steps(line: str):
    assert step_number(line) is None


def test_bullets():
    assert bullet("• 红灯") == "红灯"
    assert bullet("- 红灯") == "红灯"
    assert bullet("-5 度") is None


@settings(deadline=None)
@given(st.text())
def test_no_line_is_too_strange(line: str):
    found = label(line)
    assert found is None or found.kind in ("warning", "note")
    step, item = step_number(line), bullet(line)
    assert step is None or (step[0] >= 0 and step[1] and line.endswith(step[1]))
    assert item is None or (item and line.endswith(item))
