"""Tokens: made once, kept as digests, found by their secret."""

from pathlib import Path

import pytest

from fujia.errors import DataError, InputError
from fujia.serve.tokens import ROLES, Tokens, add_token, may


def test_a_new_token_is_found_by_its_secret(tmp_path: Path):
    file = tmp_path / "fujia" / "tokens.yaml"
    reader = add_token(file, "wall display", "reader")
    cabin = add_token(file, "head unit 副驾", "cabin")
    tokens = Tokens.load(file)
    found = [tokens.find(secret) for secret in (reader, cabin)]
    assert [(each.name, each.role) for each in found if each] == [
        ("wall display", "reader"), ("head unit 副驾", "cabin"),
    ]  # fmt: skip


@pytest.mark.parametrize("secret", ["", "fujia_", "fujia_x", "\ud800"])
def test_other_secrets_find_nothing(tmp_path: Path, secret: str):
    add_token(tmp_path / "tokens.yaml", "one", "reader")
    assert Tokens.load(tmp_path / "tokens.yaml").find(secret) is None


def test_the_secret_is_not_in_the_file_and_the_file_is_ones_own(tmp_path: Path):
    file = tmp_path / "tokens.yaml"
    secret = add_token(file, "one", "reader")
    assert secret not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_name_is_given_once(tmp_path: Path):
    file = tmp_path / "tokens.yaml"
    add_token(file, "one", "reader")
    with pytest.raises(InputError, match="'one'"):
        add_token(file, "one", "cabin")


def test_a_file_that_is_no_token_file(tmp_path: Path):
    file = tmp_path / "tokens.yaml"
    file.write_text("tokens: [{name: a, role: king, sha256: 0}]")
    with pytest.raises(DataError, match=r"tokens\.yaml:1"):
        Tokens.load(file)


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError):
        add_token(tmp_path / "file" / "tokens.yaml", "one", "reader")


def test_a_role_includes_those_before_it():
    allowed = [[may(role, needed) for needed in ROLES] for role in ROLES]
    assert allowed == [[True, False, False], [True, True, False], [True, True, True]]
