import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.errors import ModelError
from fujia.llm.clauses import Clauses
from fujia.llm.model import Piece


def hear(pieces: list[str]) -> list[str]:
    heard: list[str] = []
    clauses = Clauses(lambda piece: heard.append(piece.text), lambda text: text)
    for piece in pieces:
        clauses.hear(Piece(piece))
    clauses.end()
    return heard


def test_clauses_end_at_their_signs_and_numbers_are_whole():
    parts = ["好的，", "现在是3.5度，", "共1,000米。", "再见"]
    assert hear(list("".join(parts))) == parts
    assert hear(list("Well, it is 3.5 now. Bye")) == ["Well,", " it is 3.5 now.", " Bye"]


def test_a_long_clause_is_cut_between_words_and_a_stand_in_never():
    assert all(len(part) <= 20 for part in hear(["this is a sentence that does not seem to end"]))
    for before in range(30):
        heard = hear([*("话" * before), *"[contact 12]", *"话话话话话话话话话话话话"])
        assert any("[contact 12]" in part for part in heard)


def test_thoughts_are_never_heard():
    heard: list[Piece] = []
    clauses = Clauses(heard.append, lambda text: text)
    clauses.hear(Piece("hm, let me think.", "reasoning"))
    clauses.end()
    assert heard == []


def test_what_is_changed_is_what_is_heard_and_what_is_raised_ends_it():
    heard: list[str] = []

    def change(text: str) -> str:
        if "坏" in text:
            raise ModelError("no", "refused")
        return text.replace("[contact 1]", "张三")

    clauses = Clauses(lambda piece: heard.append(piece.text), change)
    with pytest.raises(ModelError):
        for sign in "找[contact 1]，坏话，好":
            clauses.hear(Piece(sign))
    assert heard == ["找张三，"]


@given(st.lists(st.text("好的，。ab 1.[]\n", max_size=12), max_size=12))
def test_nothing_is_lost_or_turned_around(pieces: list[str]):
    assert "".join(hear(pieces)) == "".join(pieces)
