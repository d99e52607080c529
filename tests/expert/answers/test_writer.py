import pytest

from fujia.expert.answers.writer import supported
from fujia.expert.reading import Hit
from tests.expert.manuals import section


def hits(*texts: str) -> list[Hit]:
    found = [section(("paragraph", text), id_=f"s{n}") for n, text in enumerate(texts)]
    return [
        Hit(n, "m", each, 0, len(each.text), None, each.text, 0.0) for n, each in enumerate(found)
    ]


PASSAGES = hits("涉水深度不得超过300毫米，车速不高于5公里每小时。", "备胎最高车速80公里每小时。")


def test_sentences_are_kept_with_the_passages_they_name() -> None:
    written = supported("涉水深度不得超过300毫米。[1]备胎最高车速80公里每小时。[2]", PASSAGES)
    assert written is not None
    assert written.text == "涉水深度不得超过300毫米。备胎最高车速80公里每小时。"
    assert [hit.section.id for hit in written.cited] == ["s0", "s1"]


@pytest.mark.parametrize(
    "draft",
    [
        "涉水深度不得超过500毫米。[1]",
        "涉水深度不得超过300毫米。",
        "涉水深度不得超过300毫米。[2]",
        "涉水深度不得超过300毫米。[7]",
        "发动机要加注机油和冷却液。[1]",
        "备胎不得超过最高车速80公里每小时。[2]",
        "",
    ],
    ids=["another number", "no source", "the wrong source", "no such source", "another thing",
         "a ban that is not there", "nothing"],
)  # fmt: skip
def test_what_its_passage_does_not_support_is_dropped(draft: str) -> None:
    assert supported(draft, PASSAGES) is None


def test_english_sentences_are_joined_with_spaces() -> None:
    found = hits("Fold the mirrors with the knob. Press it again to unfold them.")
    written = supported("Fold the mirrors with the knob. [1] Press it again to unfold. [1]", found)
    assert written is not None
    assert written.text == "Fold the mirrors with the knob. Press it again to unfold."
