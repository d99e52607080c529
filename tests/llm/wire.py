"""A server in this process that speaks the OpenAI protocol, and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]


def chunk(
    text: str | None = None, *, finish: str | None = None, usage: bool = False, **delta: Any
) -> dict[str, Any]:
    """One piece of a streamed answer."""
    said = {"role": "assistant", **({} if text is None else {"content": text}), **delta}
    counted = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    return {
        "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": said, "finish_reason": finish}],
        **({"usage": counted} if usage else {}),
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the behaviour of the server."""

    server: "Wire"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.bodies.append(body)
        self.server.headers.append(dict(self.headers))
        with suppress(BrokenPipeError, ConnectionResetError):
            self.server.behaviour()(self, body)

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def event(self, content: dict[str, Any] | str) -> None:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        self.wfile.write(f"data: {text}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002


class Wire(ThreadingHTTPServer):
    """Listens on a port of its own; ``behaviours`` are used up in turn, the last one stays."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours: list[Behaviour] = [says("好")]
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.stop = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def behaviour(self) -> Behaviour:
        return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


def running() -> Iterator[Wire]:
    """A server that runs until the test is over."""
    wire = Wire()
    thread = threading.Thread(
        target=wire.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    yield wire
    wire.stop.set()
    wire.shutdown()
    wire.server_close()


def says(*texts: str, pause_s: float = 0.0, thoughts: str = "") -> Behaviour:
    """Streams an answer; with thoughts before it."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        handler.start()
        if thoughts:
            handler.event(chunk(reasoning_content=thoughts))
        for text in texts:
            time.sleep(pause_s)
            handler.event(chunk(text))
        handler.event(chunk(finish="stop", usage=True))
        handler.event("[DONE]")

    return behave


def calls(name: str, *arguments: str) -> Behaviour:
    """Streams one tool call, its arguments in parts."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        handler.start()
        head = {"index": 0, "id": "c1", "type": "function", "function": {"name": name}}
        handler.event(chunk(tool_calls=[head]))
        for part in arguments:
            handler.event(chunk(tool_calls=[{"index": 0, "function": {"arguments": part}}]))
        handler.event(chunk(finish="tool_calls", usage=True))
        handler.event("[DONE]")

    return behave


def answers(status: int, text: str = "{}", **headers: str) -> Behaviour:
    """A status and a body."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        handler.start(status, "application/json", **headers)
        handler.wfile.write(text.encode())

    return behave


def hangs(handler: Handler, body: dict[str, Any]) -> None:
    """Says nothing until the test is over."""
    handler.server.stop.wait(30)


def breaks_off(handler: Handler, body: dict[str, Any]) -> None:
    """Half an answer, and then half a line."""
    handler.start()
    handler.event(chunk("我觉得"))
    handler.wfile.write(b'data: {"id": "1", "choi')


def thinks_forever(handler: Handler, body: dict[str, Any]) -> None:
    """Thoughts without end."""
    handler.start()
    while not handler.server.stop.wait(0.01):
        handler.event(chunk(reasoning_content="and then, " * 50))


def drips(handler: Handler, body: dict[str, Any]) -> None:
    """A word now and then, without end."""
    handler.start()
    while not handler.server.stop.wait(0.05):
        handler.event(chunk("嗯"))


def no_choice(handler: Handler, body: dict[str, Any]) -> None:
    """An answer without a choice."""
    handler.start()
    handler.event(chunk("x") | {"choices": []})
    handler.event("[DONE]")
