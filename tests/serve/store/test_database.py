"""Databases that cannot be used are refused with a sentence that says why."""

import sqlite3
from pathlib import Path

import pytest

from fujia.errors import DatabaseError, MissingExtra
from fujia.serve.store import Store
from fujia.serve.store.database import Database


def opened(file: Path) -> str:
    return f"sqlite:///{file}"


def test_a_new_database_makes_its_folder(tmp_path: Path):
    file = tmp_path / "a" / "b" / "turns.db"
    Database(opened(file)).close()
    assert file.exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be made"):
        Database(opened(tmp_path / "file" / "turns.db"))


def test_a_locked_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("fujia.serve.store.database.BUSY_MS", 10)
    file = tmp_path / "turns.db"
    Database(opened(file)).close()
    blocker = sqlite3.connect(file, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseError, match="database is locked"):
        Database(opened(file))
    blocker.close()


def test_a_read_only_database(tmp_path: Path):
    file = tmp_path / "turns.db"
    Database(opened(file)).close()
    with pytest.raises(DatabaseError, match="readonly"):
        Database(f"sqlite:///file:{file}?mode=ro&uri=true")


def test_a_file_that_is_no_database(tmp_path: Path):
    file = tmp_path / "turns.db"
    file.write_text("this is a shopping list, and a long one at that " * 50)
    with pytest.raises(DatabaseError, match="not a database"):
        Database(opened(file))


def test_a_database_of_another_version(tmp_path: Path):
    file = tmp_path / "turns.db"
    Database(opened(file)).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE fujia_schema SET version = 99")
    with pytest.raises(DatabaseError, match="tables 99"):
        Database(opened(file))


@pytest.mark.parametrize(
    "url", ["", "turns.db", "mysql://me:hunter2@host/db", "sqlite//x", "a:b@c"]
)
def test_an_url_that_is_none(url: str):
    with pytest.raises(DatabaseError, match="sqlite:///FILE") as caught:
        Database(url)
    assert "hunter2" not in str(caught.value)


def test_a_server_that_is_not_there_does_not_show_the_password(tmp_path: Path):
    pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
    with pytest.raises(DatabaseError) as caught:
        Store(f"postgresql://me:hunter2@/db?host={tmp_path}")
    assert "cannot be used" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_postgres_without_its_driver(monkeypatch: pytest.MonkeyPatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match="postgres"):
        Store("postgresql://me@/db")
