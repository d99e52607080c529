"""Listening on loopback: addresses, ports in use, clients that vanish, an orderly end."""

import json
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from fujia.errors import InputError
from fujia.serve.limits import Limits
from fujia.serve.server import Tls, address_of, is_loopback, listen, names_of, serve
from tests.serve.conftest import Served

pytestmark = pytest.mark.usefixtures("socket_enabled")


class Running:
    """A real server in a thread of this process, ended as a signal would end it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.house = Served(folder)
        self.socket = listen("127.0.0.1", 0)
        self.address = address_of(self.socket)
        self.port = self.socket.getsockname()[1]
        self._handlers: dict[int, Any] = {}
        # Only the main thread of a process may handle signals.
        monkeypatch.setattr(signal, "signal", self._handle)
        monkeypatch.setattr("uvicorn.server.threading.current_thread", threading.main_thread)
        self.thread = threading.Thread(
            target=serve, args=(self.house.app, self.socket, Limits(requests_a_second=0))
        )
        self.thread.start()
        eventually(self._answers)

    def stop(self) -> None:
        handler = self._handlers[signal.SIGTERM]
        handler(signal.SIGTERM, None)

    def post(self, path: str, **given: Any) -> Any:
        request = urllib.request.Request(
            f"{self.address}v1{path}",
            data=json.dumps(given).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def _handle(self, number: int, handler: Any) -> Any:
        before, self._handlers[number] = self._handlers.get(number, signal.SIG_DFL), handler
        return before

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}v1/health", timeout=5):
                return True
        except OSError:
            return False


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Running]:
    monkeypatch.setattr(signal, "raise_signal", lambda _: None)
    served = Running(tmp_path, monkeypatch)
    yield served
    if served.thread.is_alive():
        served.stop()
    served.thread.join(20)


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def slow_turn(running: Running) -> tuple[str, threading.Event, threading.Event]:
    """A session whose turns wait, once heard, until they may go on."""
    session = running.house.sessions.get(running.post("/sessions")["id"])
    begun, go_on = threading.Event(), threading.Event()

    def wait(event: Any) -> None:
        if event.kind == "heard":
            begun.set()
            go_on.wait(10)

    session.subscribe(wait)
    return session.id, begun, go_on


def test_the_end_waits_for_the_turn_in_progress(running: Running):
    session, begun, go_on = slow_turn(running)
    answers: list[Any] = []
    client = threading.Thread(
        target=lambda: answers.append(running.post(f"/sessions/{session}/turns", text="打开车窗"))
    )
    client.start()
    assert begun.wait(10)
    running.stop()
    running.thread.join(0.1)
    assert running.thread.is_alive()
    go_on.set()
    client.join(10)
    running.thread.join(10)
    assert not running.thread.is_alive()
    assert answers[0]["outcome"] == "done"
    assert running.house.store.count() == 1


def test_a_client_that_vanishes_loses_nothing_and_may_ask_again(running: Running):
    session, begun, go_on = slow_turn(running)
    body = json.dumps({"text": "音量调大一点", "id": "a"}).encode()
    head = (
        f"POST /v1/sessions/{session}/turns HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", running.port)) as client:
        client.sendall(head.encode() + body)
        assert begun.wait(10)
    go_on.set()
    answer = running.post(f"/sessions/{session}/turns", text="音量调大一点", id="a")
    assert answer["outcome"] == "done"
    car = running.house.sessions.get(session).car
    assert car.read("Vehicle.Cabin.Infotainment.Media.Volume") == 40
    assert running.house.store.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{",
        b"GET /" + b"a" * 100_000,
    ],
)
def test_what_is_no_request_harms_nobody(running: Running, sent: bytes):
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as client:
        client.sendall(sent)
    assert running.post("/sessions")["vehicle"] == "i5"


def test_a_port_in_use_is_told_with_what_to_do():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1", "\ud800", "x" * 300])
def test_a_host_that_is_not_here(host: str, monkeypatch: pytest.MonkeyPatch):
    if host == "no such host":

        def unknown(*_: object, **__: object) -> None:
            raise socket.gaierror

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(InputError):
        listen(host, 0)


def test_a_certificate_that_is_none(tmp_path: Path):
    file = tmp_path / "certificate.pem"
    file.write_text("not a certificate")
    house = Served(tmp_path)
    for tls in (Tls(file, file), Tls(tmp_path / "nothing.pem", file)):
        with pytest.raises(InputError, match="certificate cannot be used"):
            serve(house.app, listen("127.0.0.1", 0), Limits(), tls)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("example.org", False)],
)  # fmt: skip
def test_what_only_this_machine_can_reach(host: str, expected: bool):
    assert is_loopback(host) is expected
    assert (names_of(host) is not None) is expected


def test_the_address_is_one_that_can_be_typed():
    with listen("0.0.0.0", 0) as every:
        assert address_of(every) == f"http://localhost:{every.getsockname()[1]}/"
        tls = Tls(Path("c"), Path("k"))
        assert address_of(every, tls).startswith("https://localhost:")
