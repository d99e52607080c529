"""``fujia serve`` as a process: its address, its end, and its complaints."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.serve.tokens import Tokens

pytestmark = pytest.mark.usefixtures("clean_environment")


def test_it_serves_until_it_is_told_to_end(clean_environment: Path, socket_enabled: None):
    command = [sys.executable, "-m", "fujia", "serve", "--port", "0", "--no-cockpit"]
    root = Path(__file__).parents[2] / "src"
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/v1/", process.stdout.readline())
            assert found
            with urllib.request.urlopen(f"{found[0]}health", timeout=20) as answer:
                assert json.load(answer)["status"] == "ok"
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert (clean_environment / "data" / "fujia" / "turns.db").exists()


def test_a_port_in_use(capsys: pytest.CaptureFixture[str], socket_enabled: None):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "choose another with --port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--host", "0.0.0.0"], "fujia serve token"),
        (["--tokens", "nothing.yaml"], "nothing.yaml"),
        (["--database", "mysql://me:hunter2@host/x"], "sqlite:///FILE"),
        (["--vehicle", "i6"], "i6"),
        (["--tls-certificate", "c.pem"], "go together"),
        (["--kuksa", "here"], "HOST:PORT"),
        (["token", "a", "--role", "king"], "no role 'king'"),
        (["token", ""], "1 to 64"),
    ],
)
def test_what_cannot_be_served(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], socket_enabled: None
):
    given = arguments if arguments[0] == "token" else ["--port", "0", *arguments]
    assert run(["serve", *given]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "hunter2" not in said
    assert "Traceback" not in said


def test_a_database_that_is_locked_or_read_only(
    clean_environment: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    socket_enabled: None,
):
    monkeypatch.setattr("fujia.serve.store.database.BUSY_MS", 10)
    file = clean_environment / "turns.db"
    blocker = sqlite3.connect(file, isolation_level=None)
    blocker.execute("PRAGMA journal_mode=WAL")
    blocker.execute("BEGIN IMMEDIATE")
    assert run(["serve", "--port", "0", "--database", f"sqlite:///{file}"]) == 2
    assert "locked" in capsys.readouterr().err
    blocker.close()
    read_only = f"sqlite:///file:{file}?mode=ro&uri=true"
    assert run(["serve", "--port", "0", "--database", read_only]) == 2
    assert "readonly" in capsys.readouterr().err


def test_a_token_is_made_and_shown_once(
    clean_environment: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["serve", "token", "head-unit", "--role", "reader"]) == 0
    secret = capsys.readouterr().out.strip()
    tokens = Tokens.load(clean_environment / "data" / "fujia" / "tokens.yaml")
    found = tokens.find(secret)
    assert found is not None
    assert (found.name, found.role) == ("head-unit", "reader")


def test_a_file_without_tokens_lets_nobody_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "tokens.yaml").write_text("tokens: []")
    assert run(["serve", "--tokens", str(tmp_path / "tokens.yaml")]) == 2
    assert "holds no token" in capsys.readouterr().err


def test_the_command_line_does_not_wait_for_the_server_s_libraries():
    code = (
        "import sys; sys.argv = ['fujia']; import fujia.cli\n"
        "heavy = {'fastapi', 'uvicorn', 'sqlalchemy', 'nicegui', 'grpc'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[2] / "src"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout.strip() == "[]", done.stderr
