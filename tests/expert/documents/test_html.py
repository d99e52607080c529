from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.errors import DocumentError
from fujia.expert.documents.html import read_html
from tests.expert.documents.show import shown

PAGE = """<!doctype html><html><head><title>Handbook</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav>
<h1 id="lights">Lights &amp; more</h1>
<p>Turn the <b>switch</b>
to AUTO.</p>
<div class="warning-box"><p>Never look into the beam.</p><p>It blinds.</p></div>
<ol><li>Press.<li><p>Choose:</p><ul><li>low</li><li>high</li></ul></li><li>Done.</ol>
<table><tr><th>lamp<th>power</tr><tr><td>low<br>beam</td><td>55 W</td></tr></table>
<h2>Fog</h2><p>注意：只在雾中使用。</p><script>alert("no")</script>
</body></html>"""


def test_headings_and_blocks():
    document = read_html(PAGE.encode(), "", "0")
    assert (document.title, document.format) == ("Handbook", "html")
    assert [section.id for section in document.sections] == ["lights", "lights-more/fog"]
    assert shown(document) == [
        (
            ("Lights & more",),
            ("paragraph", ("Turn the switch to AUTO.",)),
            ("warning", ("Never look into the beam.", "It blinds.")),
            ("steps", ("Press.", "Choose:\n- low\n- high", "Done.")),
            ("table", ("lamp | power", "low beam | 55 W")),
        ),
        (("Lights & more", "Fog"), ("warning", ("注意：只在雾中使用。",))),
    ]


def test_the_encoding_that_the_page_names():
    page = '<html><head><meta charset="gbk"></head><body><h1>大灯</h1><p>打开。</p></body></html>'
    assert shown(read_html(page.encode("gbk"), "t", "0")) == [
        (("大灯",), ("paragraph", ("打开。",)))
    ]


def test_without_headings_it_is_read_as_text():
    page = "<html><body><p>自动大灯<p>把开关转到自动位置，大灯会自己点亮。</body></html>"
    assert [section.path for section in read_html(page.encode(), "手册", "0").sections] == [
        ("自动大灯",)
    ]


def test_a_label_alone_takes_what_follows():
    page = "<h1>大灯</h1><p>警告</p><p>不要看。</p>"
    assert shown(read_html(page.encode(), "t", "0"))[0][1] == ("warning", ("警告", "不要看。"))


def test_tags_that_nobody_closes_do_not_pile_up():
    page = "<h1>t</h1>" + "<p>字" * 5000 + "<div>" * 2000 + "end"
    assert read_html(page.encode(), "t", "0").sections[-1].text.endswith("end")


tags = st.sampled_from(
    "<p> </p> <li> <ol> </ol> <td> <table> </table> <h2> </h2> <div> 字 <br>".split()
)


@settings(deadline=None)
@given(st.lists(tags, max_size=30))
def test_no_page_is_too_broken(pieces: list[str]):
    try:
        document = read_html("".join(pieces).encode(), "t", "0")
    except DocumentError:
        assert "字" not in pieces
        return
    text = "".join(section.text + "".join(section.path) for section in document.sections)
    assert ("字" in text) == ("字" in pieces)
