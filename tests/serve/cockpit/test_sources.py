from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from fujia.cabin.turn import Action, Source, Turn
from fujia.expert.section import Block, Box, Section
from fujia.serve.cockpit.sources import block_html, page_address, sources_html
from fujia.serve.cockpit.texts import load_texts

ZH, EN = load_texts("zh"), load_texts("en")
SECTION = Section(
    "tail/gate",
    ("车身", "尾门"),
    "zh",
    (
        Block("paragraph", ("尾门是电动的。",)),
        Block("steps", ("挂入驻车挡。", "按住<按键>。"), 7, (Box(7, 0, 0, 1, 1),)),
        Block("warning", ("小心夹手。",)),
        Block("note", ("会鸣响。",)),
        Block("table", ("项目 | 值", "高度 | 1.8 米")),
    ),
    7,
)
SOURCE = Source("i5", "paper", SECTION, 7, ("挂入驻车挡。",))
ANSWER = Action("manual.ask", {"question": "尾门"}, "answered", reply="好", sources=(SOURCE,))
TURN = Turn("尾门", "driver", "zh", (ANSWER,), "好", "device", 1.0)


def test_a_card_names_the_manual_the_section_and_the_page():
    html = sources_html(TURN, ZH)
    assert "手册</b> 车身 › 尾门 · 第7页" in html
    assert "Manual</b> 车身 › 尾门 · page 7" in sources_html(TURN, EN)
    assert html.startswith("<details"), "it opens without a script"


def test_it_holds_the_section_with_what_was_told_marked():
    html = sources_html(TURN, ZH)
    assert '<ol class="steps cited"><li>挂入驻车挡。</li><li>按住&lt;按键&gt;。</li></ol>' in html
    assert '<p class="warning"><b>⚠ 警告</b> 小心夹手。</p>' in html
    assert '<p class="note"><b>提示</b> 会鸣响。</p>' in html
    assert '<th scope="col">项目</th>' in html
    assert "<td>1.8 米</td>" in html
    assert html.count("cited") == 1


def test_a_warning_that_is_called_so_is_not_called_so_twice():
    html = block_html(Block("warning", ("警告：小心夹手。",)), ZH)
    assert html == '<p class="warning"><b>⚠</b> 警告：小心夹手。</p>'


def test_the_picture_of_the_page_is_where_the_api_has_it():
    address = urlsplit(page_address(SOURCE))
    assert address.path == "/v1/vehicles/i5/manuals/paper/pages/7.png"
    asked = parse_qs(address.query)
    assert asked["section"] == ["tail/gate"]
    assert asked["quote"] == ["挂入驻车挡。"]


def test_a_manual_without_pages_has_no_picture():
    action = replace(ANSWER, sources=(replace(SOURCE, page=None),))
    html = sources_html(replace(TURN, actions=(action,)), ZH)
    assert "<img" not in html
    assert "第" not in html.split("</summary>")[0]


def test_what_a_model_wrote_is_said_to_be_so():
    assert "人工智能" not in sources_html(TURN, ZH)
    action = replace(ANSWER, route="llm")
    assert "人工智能" in sources_html(replace(TURN, actions=(action,)), ZH)


def test_a_turn_without_sources_has_no_card():
    assert sources_html(replace(TURN, actions=()), ZH) == ""
