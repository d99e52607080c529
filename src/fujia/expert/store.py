"""The manuals of one vehicle in one SQLite file, with a full-text index over their passages.

Every change is one transaction: until it is done everybody reads what was there before, and if it
fails nothing has changed. Who asks several things in a row about the same state takes a
:meth:`ManualStore.reading`: a manual that is removed meanwhile stays readable there.
"""

import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fujia.errors import InputError, StoreError, UnknownManual
from fujia.expert.passage import cut
from fujia.expert.reading import Reading
from fujia.expert.records import SCHEMA, SCHEMA_VERSION, Manual, section_row
from fujia.expert.section import Document, Section
from fujia.expert.segment import pairs, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BUSY_SECONDS = 30.0
_PIECE = 1 << 20


class ManualStore:
    """The manuals of one vehicle.

    Any number of threads and processes may use the same file; one writes at a time.
    """

    def __init__(self, file: Path) -> None:
        """Open the store, or make an empty one where there is no file.

        Raises:
            StoreError: the file cannot be used, or is not a store of this version.
        """
        self.file = file
        with _explained(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            with self._connected() as connection:
                _prepare(connection, file)

    @contextmanager
    def reading(self) -> Generator[Reading]:
        """The store as it is now; it stays so for the whole ``with``, whatever others change.

        Raises:
            StoreError: the file cannot be read.
        """
        with _explained(self.file), self._connected() as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT number FROM revision").fetchone()  # the state is fixed here
            yield Reading(connection)

    def add(
        self,
        document: Document,
        name: str,
        *,
        market: str | None = None,
        edition: str | None = None,
        source: Path | None = None,
        replace: bool = False,
    ) -> Manual:
        """Put a document in, all of it or nothing, and its file ``source`` for page images.

        With ``replace`` it takes the place of the manual of that name, which answers until then.

        Raises:
            InputError: there is a manual of that name already (without ``replace``).
            UnknownManual: there is none (with ``replace``).
            StoreError: the disk is full or the file cannot be written; nothing has changed.
        """
        manual = Manual(
            name, document.title, document.language, market, edition, document.format,
            document.pages, document.source_sha256,
            datetime.now(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip
        indexed = [_index_rows(section) for section in document.sections]
        with self._changing() as connection:
            present = connection.execute("SELECT 1 FROM manuals WHERE name = ?", (name,)).fetchone()
            if present and not replace:
                raise InputError(f"there is a manual '{name}' already: update it, or name this one")
            if replace:
                _remove(connection, name)
            number = _insert(connection, manual)
            for section, rows in zip(document.sections, indexed, strict=True):
                _insert_section(connection, number, section, rows)
            if source:
                _insert_source(connection, number, source)
        return manual

    def remove(self, name: str) -> None:
        """Take a manual out; raises UnknownManual or StoreError."""
        with self._changing() as connection:
            _remove(connection, name)

    def put_vectors(self, model: str, vectors: "Mapping[int, NDArray[np.float32]]") -> None:
        """Keep what ``model`` made of passages, by number; those that are gone are left out.

        Raises:
            StoreError: the disk is full or the file cannot be written; nothing has changed.
        """
        with self._changing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO vectors SELECT id, ?, ? FROM passages WHERE id = ?",
                [
                    (model, vector.astype("float32").tobytes(), number)
                    for number, vector in vectors.items()
                ],
            )

    @contextmanager
    def _changing(self) -> Generator[sqlite3.Connection]:
        """A transaction that is kept if the ``with`` ends well, and leaves no trace if not."""
        with _explained(self.file), self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE revision SET number = number + 1")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk may have ended it already
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _connected(self) -> Generator[sqlite3.Connection]:
        connection = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection
        finally:
            connection.close()


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    """Make the tables of a new file; refuse the file of another version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")  # two may open a new file at once
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            version = SCHEMA_VERSION
        connection.execute("COMMIT")
    if version != SCHEMA_VERSION:
        raise StoreError(f"{file} is of another version of Fujia: delete it, add its manuals again")


_Rows = list[tuple[int, int, int | None, str, str, str, str]]


def _index_rows(section: Section) -> _Rows:
    """Start, end, page and text of each passage, and its segmented heading, body and pairs."""
    path, text = " ".join(section.path), section.text
    heading, heading_pairs = " ".join(words(path)), " ".join(pairs(path))
    rows: _Rows = []
    for passage in cut(section):
        body = text[passage.start : passage.end]
        segmented = " ".join(words(body)), f"{heading_pairs} {' '.join(pairs(body))}"
        rows.append((passage.start, passage.end, passage.page, body, heading, *segmented))
    return rows


def _insert(connection: sqlite3.Connection, manual: Manual) -> int:
    cursor = connection.execute(
        "INSERT INTO manuals VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            manual.name, manual.title, manual.language, manual.market, manual.edition,
            manual.format, manual.pages, manual.source_sha256, manual.added,
        ),
    )  # fmt: skip
    return cursor.lastrowid or 0


def _insert_section(
    connection: sqlite3.Connection, manual: int, section: Section, rows: _Rows
) -> None:
    cursor = connection.execute(
        "INSERT INTO sections VALUES (NULL, ?, ?, ?, ?, ?, ?)", (manual, *section_row(section))
    )
    for start, end, page, text, heading, body, both in rows:
        number = connection.execute(
            "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?)",
            (cursor.lastrowid, start, end, page, text),
        ).lastrowid
        connection.execute(
            "INSERT INTO words (rowid, heading, body, pairs) VALUES (?, ?, ?, ?)",
            (number, heading, body, both),
        )


def _insert_source(connection: sqlite3.Connection, manual: int, source: Path) -> None:
    """Keep the file itself, piece by piece: it may be large."""
    size = source.stat().st_size
    connection.execute("INSERT INTO sources VALUES (?, zeroblob(?))", (manual, size))
    with source.open("rb") as file, connection.blobopen("sources", "content", manual) as blob:
        while piece := file.read(_PIECE):
            blob.write(piece)


def _remove(connection: sqlite3.Connection, name: str) -> None:
    row = connection.execute("SELECT id FROM manuals WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise UnknownManual(f"there is no manual '{name}'")
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT p.id FROM passages p"
        " JOIN sections s ON s.id = p.section WHERE s.manual = ?)",
        row,
    )
    connection.execute("DELETE FROM manuals WHERE id = ?", row)


@contextmanager
def _explained(file: Path) -> Generator[None]:
    """What SQLite and the disk complain about, in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_FULL:
            message = "the disk is full: make room and try again; nothing was changed"
        elif code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            message = "is not a store of manuals: delete it and add its manuals again"
        else:
            message = f"{error}; nothing was changed"
        raise StoreError(f"{file}: {message}") from None
    except OSError as error:
        raise StoreError(f"{error.filename or file}: {error.strerror}") from None
