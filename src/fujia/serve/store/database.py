"""The connection to SQLite or PostgreSQL, with errors that say what to do."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, event, select
from sqlalchemy import insert as insert_plain
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.sql.dml import Insert

from fujia.errors import DatabaseError, MissingExtra
from fujia.serve.store.tables import SCHEMA_VERSION, metadata, versions

BUSY_MS = 2000
"""How long SQLite waits for another process's lock, in milliseconds."""


class Database:
    """An engine whose tables are there and can be written.

    Raises:
        DatabaseError: unknown kind, locked, read-only, out of reach, damaged, of another version.
        MissingExtra: PostgreSQL without its driver.
    """

    def __init__(self, url: str) -> None:
        self.url = _parse(url)
        if self.url.get_backend_name() == "sqlite":
            _make_folder(self.url)
        try:
            options = {"connect_args": {"timeout": BUSY_MS / 1000}} if self._is_sqlite else {}
            self.engine = create_engine(self.url, pool_pre_ping=not self._is_sqlite, **options)
        except ModuleNotFoundError:
            raise MissingExtra("postgres") from None
        if self._is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
        try:
            self._prepare()
        except (DatabaseError, SQLAlchemyError):
            self.engine.dispose()
            raise

    @property
    def _is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A connection to read from; raises DatabaseError."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._failed(error) from None

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A transaction, committed at the end; raises DatabaseError."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._failed(error) from None

    def insert_new(self, table: Table) -> Insert:
        """An insert that leaves out rows which are there already: it may be tried again."""
        dialect = sqlite if self._is_sqlite else postgresql
        return dialect.insert(table).on_conflict_do_nothing()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _prepare(self) -> None:
        """Make the tables where there are none, and prove that they can be written."""
        with self.write() as connection:
            metadata.create_all(connection)
            found = connection.execute(select(versions.c.version)).scalars().all()
            if not found:
                connection.execute(insert_plain(versions).values(version=SCHEMA_VERSION))
            elif found != [SCHEMA_VERSION]:
                raise DatabaseError(
                    f"{self._name} was made by another version of Fujia (tables {found[-1]}, this "
                    f"is {SCHEMA_VERSION}); give another database with --database"
                )
            else:  # says nothing new, and fails where nothing can be written
                connection.execute(versions.update().values(version=SCHEMA_VERSION))

    @property
    def _name(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def _failed(self, error: SQLAlchemyError) -> DatabaseError:
        cause = error.orig if isinstance(error, DBAPIError) else error
        lines = str(cause).strip().splitlines() or [type(cause).__name__]
        reason = lines[0].removeprefix("connection failed: ")
        return DatabaseError(f"the database {self._name} cannot be used: {reason}")


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
        if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except ModuleNotFoundError:
        raise MissingExtra("postgres") from None
    except (ArgumentError, NoSuchModuleError, ValueError):
        url = None
    if url is None or url.get_backend_name() not in ("sqlite", "postgresql"):
        # The text is not repeated: it may hold a password.
        raise DatabaseError(
            "a database is given as sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        )
    return url


def _make_folder(url: URL) -> None:
    if not url.database or url.database.startswith((":memory:", "file:")):
        return
    folder = Path(url.database).absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseError(f"the folder {folder} cannot be made: {error.strerror}") from None


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers beside the one writer; what is deleted is overwritten."""
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA secure_delete=ON")
    finally:
        cursor.close()
