"""Lines of JSON that people hand in."""

import pytest

from fujia.errors import CaseError
from fujia.jsonlines import failure, parse_object


def test_an_object_is_read() -> None:
    assert parse_object('{"id": "停"}'.encode(), "an object") == {"id": "停"}


@pytest.mark.parametrize(
    ("line", "told"),
    [(b"\xff", "UTF-8"), (b"{", "not JSON"), (b'{"a": NaN}', "NaN"), (b"[1]", "an object, please")],
)
def test_anything_else_says_why(line: bytes, told: str) -> None:
    with pytest.raises(CaseError, match=told):
        parse_object(line, "an object, please")


def test_a_line_without_an_id_is_called_by_its_number() -> None:
    assert failure("x", 3, "bad") == {"id": "x", "error": "bad"}
    assert failure(True, 3, "bad") == {"id": None, "error": "line 3: bad"}
