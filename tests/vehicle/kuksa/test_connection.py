from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujia.errors import InputError
from fujia.vehicle.kuksa.connection import Connection


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("127.0.0.1:1234", "127.0.0.1:1234"),
        ("broker.example", "broker.example:55555"),
        ("[::1]:55555", "[::1]:55555"),
    ],
)
def test_addresses(address: str, target: str):
    assert Connection.parse(address).target == target


@pytest.mark.parametrize(
    "address", ["", ":55555", "host:port", "host:99999", "host:0", "grpc://host:1", "a b:1", "h/x"]
)
def test_what_is_no_address_is_an_error(address: str):
    with pytest.raises(InputError, match=r"is not HOST:PORT, such as 127\.0\.0\.1:55555"):
        Connection.parse(address)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_an_address_or_an_error(text: str):
    try:
        assert Connection.parse(text).target
    except InputError as error:
        assert "HOST:PORT" in str(error)


def test_a_token_comes_from_a_file(tmp_path: Path):
    file = tmp_path / "my.token"
    file.write_text("abc.def.ghi\n", encoding="ascii")
    connection = Connection.parse("h", token_file=file)
    assert connection.metadata == (("authorization", "Bearer abc.def.ghi"),)
    assert Connection.parse("h").metadata == ()


@pytest.mark.parametrize("content", [b"", b"two words", "令牌".encode()])
def test_a_file_without_a_token_is_an_error_that_does_not_show_it(tmp_path: Path, content: bytes):
    file = tmp_path / "my.token"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"my\.token: ") as caught:
        Connection.parse("h", token_file=file)
    assert "words" not in str(caught.value)


def test_missing_files_are_errors(tmp_path: Path):
    with pytest.raises(InputError, match="no such file"):
        Connection.parse("h", ca=tmp_path / "ca.pem")
    with pytest.raises(InputError, match="no such file"):
        Connection.parse("h", token_file=tmp_path / "t")
