from hypothesis import given
from hypothesis import strategies as st

from fujia.expert.retrieval.pieces import pieces_of


def texts(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces_of(text)]


def test_sentences_and_lines_are_pieces() -> None:
    assert texts("打开尾门。关上它！\n1. 拔出钥匙\n完") == [
        "打开尾门。",
        "关上它！",
        "1. 拔出钥匙",
        "完",
    ]


def test_a_decimal_point_and_a_step_number_are_no_stops() -> None:
    assert texts("1. Add 4.2 l of oil. Close it.") == ["1. Add 4.2 l of oil.", "Close it."]


def test_a_flattened_table_is_cut_at_its_cells() -> None:
    table = " ".join(f"F{number:02} 15A 某个电路的名字" for number in range(20))
    assert len(texts(table)) > 2
    assert all(len(piece) <= 120 for piece in texts(table))


def test_only_the_wanted_part_is_cut() -> None:
    assert [(piece.start, piece.end) for piece in pieces_of("一。二。三。", 2, 4)] == [(2, 4)]


@given(st.text(alphabet="车门。.!\n 1a；", max_size=80))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    assert "".join("".join(texts(text)).split()) == "".join(text.split())
