"""A real PostgreSQL for the tests that need one: a throw-away cluster behind a Unix socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _binary(name: str) -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name)
    return places[0] if places else Path(found) if found else None


def _user() -> str | None:
    """The server refuses to run as root; then it runs as somebody with less power."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is no other user")


@contextmanager
def cluster() -> Generator[str]:
    """The URL of an empty database; skips the test where PostgreSQL is not installed."""
    pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
    initdb, server = _binary("initdb"), _binary("pg_ctl")
    if initdb is None or server is None:
        pytest.skip("PostgreSQL is not installed")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="fujia-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(*command: str | Path) -> None:
        subprocess.run(command, user=user, check=True, capture_output=True, cwd=folder, timeout=60)

    data = folder / "data"
    try:
        run(initdb, "-D", data, "-U", "fujia", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run(server, "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
        try:
            yield f"postgresql://fujia@/postgres?host={folder}"
        finally:
            run(server, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
