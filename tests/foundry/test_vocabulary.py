"""The pruned vocabulary, built from a small unigram model made for the test."""

from pathlib import Path

import pytest

from fujia.cabin.skills import SKILLS
from fujia.errors import InputError
from fujia.foundry import vocabulary
from fujia.foundry.vocabulary import (
    MOST_PIECES,
    Unigram,
    build_vocabulary,
    context_pieces,
    plain_vocabulary,
    project_texts,
    write_vocabulary,
)
from fujia.understanding.student.tokens import SPECIALS, Tokenizer, context_tokens
from fujia.understanding.understander import Context
from fujia.vehicle.zone import SEATS

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SCORES: dict[str, float] = {
    **{"<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0, ",": -3.0, "▁": -3.5},
    **{"▁de": -4.0, "▁win": -6.0, "dow": -7.0, "▁wind": -9.0, "ow": -9.5, "▁que": -9.7},
    **dict.fromkeys(LETTERS, -12.0),
    **{"空": -8.0, "调": -8.1, "空调": -8.2, "の": -9.0, "🚗": -9.0, "A": -9.0, "é": -9.0},
    **{"，": -9.0, "《": -9.0, "½": -9.0, "к": -9.0, "5": -9.0, "▁5": -8.0},
}
UNIGRAM = Unigram(list(SCORES), list(SCORES.values()))


def test_words_are_cut_where_the_score_is_highest() -> None:
    assert UNIGRAM.cut("▁window") == ["▁win", "dow"]
    assert UNIGRAM.cut("▁xя") == ["▁", "x", "я"]
    assert UNIGRAM.cut("") == []


def test_the_order_is_specials_context_text() -> None:
    pieces = build_vocabulary(UNIGRAM, ["b.two", "a.one"], common=1)
    context = context_pieces(["a.one", "b.two"])
    assert pieces[: len(SPECIALS) + len(context)] == [*SPECIALS, *context]
    known = [piece for piece in pieces[len(SPECIALS) + len(context) :] if piece in SCORES]
    assert known == sorted(known, key=list(SCORES).index)


def test_what_clean_text_can_hold_is_kept_and_nothing_else() -> None:
    pieces = set(build_vocabulary(UNIGRAM, [], common=1))
    assert {"空", "调", "の", "é", "《", "5", ",", *LETTERS} <= pieces
    assert {"空调", "🚗", "A", "，", "½", "к", "▁5", "<s>", "<unk>"}.isdisjoint(pieces)


def test_latin_pieces_come_from_the_project_and_by_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "project_texts", lambda: ["say: [Window]"])
    few = set(build_vocabulary(UNIGRAM, [], common=1))
    assert {"▁win", "dow", "▁de"} <= few
    assert {"▁wind", "▁que"}.isdisjoint(few)
    assert "▁que" in build_vocabulary(UNIGRAM, [], texts=["Que sera"], common=1)
    assert {"▁wind", "▁que"} <= set(build_vocabulary(UNIGRAM, [], common=100))


def test_characters_of_the_texts_that_are_lacking_are_added() -> None:
    project = {c for text in project_texts() for c in text if "\u4e00" <= c <= "\u9fff"}
    assert len(project) > 500
    pieces = build_vocabulary(UNIGRAM, [], texts=["𠮶龘ж"], common=1)
    assert project | {"𠮶", "龘"} <= set(pieces)
    assert "ж" not in pieces


def test_a_vocabulary_without_weights() -> None:
    pieces = plain_vocabulary(["b.two", "a.one"], texts=["Zyxwv 龘"])
    context = context_pieces(["a.one", "b.two"])
    assert pieces[: len(SPECIALS) + len(context)] == [*SPECIALS, *context]
    assert {"▁window", "▁zyxwv", "龘", "空", *LETTERS, "7", ","} <= set(pieces)
    assert len(pieces) == len(set(pieces)) <= MOST_PIECES
    tokens = Tokenizer(pieces).encode("打开window 5jxk")
    assert [pieces[i] for i in tokens.ids[2:-1]] == ["打", "开", "▁window", "5", *"jxk"]


def test_the_same_input_gives_the_same_vocabulary(tmp_path: Path) -> None:
    pieces = build_vocabulary(UNIGRAM, SKILLS, texts=["one two"])
    assert pieces == build_vocabulary(UNIGRAM, reversed(list(SKILLS)), texts=["one two"])
    assert len(pieces) == len(set(pieces)) <= MOST_PIECES
    file = tmp_path / "vocabulary.txt"
    write_vocabulary(pieces, file)
    assert Tokenizer.load(file).pieces == tuple(pieces)


def test_every_context_of_every_seat_has_its_token() -> None:
    pieces = set(context_pieces(SKILLS))
    for seat in SEATS:
        for side in ("LEFT", "RIGHT"):
            context = Context(seat=seat, driver_position=side, waiting=True)
            assert set(context_tokens(context)) <= pieces
    assert {f"[LAST:{skill}]" for skill in SKILLS} <= pieces
    assert {"[LASTZONE:all]", "[LASTZONE:rear_right]"} <= pieces


def test_too_many_pieces_are_an_error() -> None:
    every = "".join(map(chr, range(0x4E00, 0x9FFF)))
    with pytest.raises(InputError, match="more than 14000"):
        build_vocabulary(UNIGRAM, [], texts=[every])
