"""Clean text becomes ids, and every character of it can be found again."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.errors import DataError, InputError
from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Command
from fujia.understanding.student.tokens import (
    BOS,
    MOST_LAST,
    RIGHT_HAND_DRIVE,
    SEP,
    SPECIALS,
    UNK,
    WAITING,
    Tokenizer,
    context_tokens,
)
from fujia.understanding.understander import Context

PIECES = (
    *SPECIALS,
    *("[SEAT:driver]", WAITING, "[LAST:window.position]", "[LASTZONE:rear]"),
    *"把空调到度打开放首,[]'12",
    *("▁open", "▁op", "▁o", "o", "p", "e", "n", "ing", "i", "g", "▁s", "s", "▁it", "▁hello", "é"),
)
TOKENIZER = Tokenizer(PIECES)


def said(text: str) -> list[str]:
    """The pieces of the text alone."""
    tokens = TOKENIZER.encode(text)
    return [PIECES[i] for i, span in zip(tokens.ids, tokens.spans, strict=True) if span]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("把空调打开", ["把", "空", "调", "打", "开"]),
        ("调到22度", ["调", "到", "2", "2", "度"]),
        ("opening", ["▁open", "ing"]),
        ("open", ["▁open"]),
        ("ops", ["▁op", "s"]),
        ("it's", ["▁it", "'", "s"]),
        ("放hello,s", ["放", "▁hello", ",", "▁s"]),
        ("s 1s", ["▁s", "1", "s"]),
        ("éo", ["é", "o"]),
        ("猫x", ["[UNK]", "[UNK]"]),
        ("opxn", ["▁op", "[UNK]", "n"]),
        ("[sep]", ["[", "▁s", "e", "p", "]"]),
        ("", []),
    ],
)
def test_text_is_cut_into_the_longest_pieces(text: str, pieces: list[str]) -> None:
    assert said(text) == pieces


def test_context_stands_between_the_begin_and_the_text() -> None:
    tokens = TOKENIZER.encode("开", ("[SEAT:driver]", "[LAST:none.such]"))
    assert tokens.ids == (BOS, PIECES.index("[SEAT:driver]"), UNK, SEP, PIECES.index("开"), SEP)
    assert tokens.spans == (None, None, None, None, (0, 1), None)


@given(st.text(alphabet=st.sampled_from("把空调猫 opening'shellx12,é가🚗[]▁\u3000\n"), max_size=40))
def test_every_character_but_space_is_covered_once_and_in_order(text: str) -> None:
    spans = [span for span in TOKENIZER.encode(text).spans if span]
    covered = [position for start, end in spans for position in range(start, end)]
    assert covered == [position for position, c in enumerate(text) if not c.isspace()]


@given(st.text(max_size=40))
def test_any_clean_text_keeps_its_characters(raw: str) -> None:
    text = normalise(raw).text
    tokens = TOKENIZER.encode(text, ("[SEAT:driver]",))
    assert len(tokens.ids) == len(tokens.spans)
    assert "".join(text[s[0] : s[1]] for s in tokens.spans if s) == "".join(text.split())


def test_a_context_becomes_tokens() -> None:
    last = (
        Command(skill="window.position", args={"zone": "rear", "position": 50}),
        Command(skill="media.play", args={"zone": ["driver"]}),
    )
    context = Context(seat="rear_left", driver_position="RIGHT", last=last, waiting=True)
    assert context_tokens(context) == (
        *("[SEAT:rear_left]", RIGHT_HAND_DRIVE, WAITING),
        *("[LAST:window.position]", "[LASTZONE:rear]", "[LAST:media.play]"),
    )
    assert context_tokens(Context()) == ("[SEAT:driver]",)


def test_only_the_latest_commands_are_seen() -> None:
    last = tuple(Command(skill=f"skill.{n}") for n in range(MOST_LAST + 2))
    assert context_tokens(Context(last=last))[1:] == tuple(
        f"[LAST:skill.{n}]" for n in range(2, MOST_LAST + 2)
    )


@pytest.mark.parametrize("pieces", [[], ["a", *SPECIALS], [*SPECIALS, "a", "a"]])
def test_a_broken_vocabulary_is_an_error(pieces: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Tokenizer(pieces)
    file = tmp_path / "vocabulary.txt"
    file.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="vocabulary"):
        Tokenizer.load(file)


def test_a_vocabulary_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "vocabulary.txt"
    with pytest.raises(DataError, match="cannot be read"):
        Tokenizer.load(file)
    file.write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    assert Tokenizer.load(file).pieces == PIECES
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(DataError):
        Tokenizer.load(file)


def test_thirty_characters_take_less_than_a_fifth_of_a_millisecond() -> None:
    text = "把空调调到22度,放首hello,打开opening空调把猫"
    assert len(text) == 30
    best = min(_seconds(text) for _ in range(50))
    assert best < 0.0002


def _seconds(text: str) -> float:
    fresh = Tokenizer(PIECES)
    start = time.perf_counter()
    fresh.encode(text, ("[SEAT:driver]",))
    return time.perf_counter() - start
