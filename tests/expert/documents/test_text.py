import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.errors import DocumentError
from fujia.expert.documents.text import decode, read_text
from tests.expert.documents.show import shown

ROUGH = """某某电动汽车用户手册
第一章 安全与驾驶
1.1 安全带
后排乘客同样必须系好安全带，否则仪表会发出提示音。
警告：切勿让儿童坐在前排。
儿童座椅
后排座椅配有 ISOFIX 接口，可以固定儿童座椅。
1. 打开座椅缝隙处的盖板。
2. 拉紧上拉带。
轮胎与充电
轮胎气压
项目 标准
前轮  2.5 bar
后轮  2.6 bar
使用家用充电桩时，请先连接车辆端，再连接电源端。
【胎压监测】
胎压监测灯点亮时请尽快检查轮胎。
目录 ........ 12
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "gb18030"])
def test_text_in_every_encoding(encoding: str):
    document = read_text("胎压标准是 2.5 bar。".encode(encoding), "轮胎", "0")
    assert shown(document) == [(("轮胎",), ("paragraph", ("胎压标准是 2.5 bar。",)))]
    assert (document.language, document.pages, document.format) == ("zh", None, "text")


@pytest.mark.parametrize("content", [b"\xff\xff\x00\x01", b"a\x00b", b"\x81\xff\xff"])
def test_what_is_no_text_is_refused(content: bytes):
    with pytest.raises(DocumentError, match="UTF-8"):
        decode(content)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n "])
def test_an_empty_file_is_refused(content: bytes):
    with pytest.raises(DocumentError, match="no text"):
        read_text(content, "t", "0")


def test_rough_headings_steps_warnings_and_flat_tables_are_found():
    top = ("第一章 安全与驾驶", "1.1 安全带")
    assert shown(read_text(ROUGH.encode("gbk"), "手册", "0"))[1:] == [
        (
            top,
            ("paragraph", ("后排乘客同样必须系好安全带，否则仪表会发出提示音。",)),
            ("warning", ("警告：切勿让儿童坐在前排。",)),
        ),
        (
            (*top, "儿童座椅"),
            ("paragraph", ("后排座椅配有 ISOFIX 接口，可以固定儿童座椅。",)),
            ("steps", ("打开座椅缝隙处的盖板。", "拉紧上拉带。")),
        ),
        (
            (*top, "轮胎与充电"),
            ("table", ("轮胎气压", "项目 标准", "前轮 | 2.5 bar", "后轮 | 2.6 bar")),
            ("paragraph", ("使用家用充电桩时，请先连接车辆端，再连接电源端。",)),
        ),
        ((*top, "胎压监测"), ("paragraph", ("胎压监测灯点亮时请尽快检查轮胎。",))),
    ]  # fmt: skip


def test_lines_wrapped_by_hand_are_joined():
    text = "\n".join(["将灯光开关转到自动位置后车辆会根据环境亮度自动打"] * 6 + ["开近光灯。"])
    (section,) = read_text(text.encode(), "t", "0").sections
    assert [len(block.lines) for block in section.blocks] == [1]
    assert "自动打将灯光" in section.text


def test_text_without_any_heading_is_cut_into_sections_that_can_be_cited():
    text = "\n\n".join("这是一段没有标题的话，它说明了怎样使用空调。" * 10 for _ in range(60))
    document = read_text(text.encode(), "手册", "0")
    assert len(document.sections) > 3
    assert len({section.id for section in document.sections}) == len(document.sections)
    assert all(len(section.text) <= 3000 for section in document.sections)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_character_that_can_be_read_is_lost(text: str):
    try:
        document = read_text(text.encode("utf-8", "ignore"), "t", "0")
    except DocumentError:
        return
    kept = "".join("\n".join((*s.path, s.text)) for s in document.sections)
    letters = {character for character in text if "一" <= character <= "鿿"}
    assert letters <= set(kept)
