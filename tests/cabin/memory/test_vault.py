import threading
from pathlib import Path
from stat import S_IMODE

import pytest

from fujia.cabin.memory.vault import Vault, write_private
from fujia.errors import DataError, StoreError


def test_what_lies_on_the_disk_is_unreadable_and_the_owners_alone(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "memory", "x")
    vault.write("望京西园四区".encode())
    assert vault.read() == "望京西园四区".encode()
    assert "望京".encode() not in vault.file.read_bytes()
    for file in (vault.file, vault.key_file):
        assert S_IMODE(file.stat().st_mode) == 0o600
    assert S_IMODE(vault.file.parent.stat().st_mode) == 0o700


def test_nothing_was_written_yet(tmp_path: Path) -> None:
    vault = Vault(tmp_path, "x")
    assert vault.read() is None
    assert vault.digest() == ""


def test_a_renewed_vault_makes_old_copies_useless(tmp_path: Path) -> None:
    vault = Vault(tmp_path, "x")
    vault.write(b"secret")
    copy = vault.file.read_bytes()
    old_key = vault.key_file.open("rb")
    key = vault.key_file.read_bytes()
    vault.renew(b"rest")
    assert vault.read() == b"rest"
    with old_key:
        assert old_key.read() != key  # overwritten where it lay, not only unlinked
    vault.file.write_bytes(copy)
    with pytest.raises(DataError):
        vault.read()


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_renewal_that_is_cut_short_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    vault = Vault(tmp_path, "x")
    vault.write(b"old")
    calls = 0

    def stumbling(file: Path, content: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise StoreError("the power went")
        write_private(file, content)

    monkeypatch.setattr("fujia.cabin.memory.vault.write_private", stumbling)
    with pytest.raises(StoreError):
        vault.renew(b"new")
    monkeypatch.undo()
    assert vault.read() in (b"old", b"new")
    vault.write(b"newer")
    assert vault.read() == b"newer"


def test_destroyed_is_gone(tmp_path: Path) -> None:
    vault = Vault(tmp_path, "x")
    vault.write(b"secret")
    vault.destroy()
    assert list(tmp_path.iterdir()) == []
    assert vault.read() is None


@pytest.mark.parametrize("content", [b"", b"rubbish"])
def test_a_damaged_key_is_an_error_that_names_the_file(tmp_path: Path, content: bytes) -> None:
    vault = Vault(tmp_path, "x")
    vault.write(b"secret")
    vault.key_file.write_bytes(content)
    with pytest.raises(DataError, match=r"x\.vault"):
        vault.read()


def test_two_who_write_at_once_do_not_lose_anything(tmp_path: Path) -> None:
    def add(mark: bytes) -> None:
        vault = Vault(tmp_path, "x")  # as two processes would have it
        for _ in range(10):
            with vault.locked():
                vault.write((vault.read() or b"") + mark)

    threads = [threading.Thread(target=add, args=(mark,)) for mark in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    content = Vault(tmp_path, "x").read() or b""
    assert (content.count(b"a"), content.count(b"b")) == (10, 10)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        Vault(tmp_path / "file", "x").write(b"secret")
