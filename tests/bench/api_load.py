"""The API under load: an open loop of many sessions, and as much as it can take.

The server is ``fujia serve`` in a process of its own, with its store; the client keeps one
connection for each session.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.latency import Times

EVERY_S = 3.0
"""How often each session says something in the open loop."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def memory_mib(self) -> float:
        """Its resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024

    def cpu_s(self) -> float:
        """The processor time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving() -> Generator[Server]:
    """``fujia serve`` without cockpit and rate limit, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "fujia", "serve", "--no-cockpit", "--port", "0"]
        command += ["--rate", "0", "--database", f"sqlite:///{folder}/turns.db"]
        environment = {**os.environ, "PYTHONPATH": "src", "FUJIA_DATA_DIR": folder}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stdout
            try:
                found = re.search(r":(\d+)/", process.stdout.readline())
                assert found
                yield Server(int(found[1]), process.pid)
            finally:
                process.terminate()


class Client:
    """One connection; as little as HTTP/1.1 allows, so that the client is not what is measured."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, content: Any) -> Any:
        """The JSON of the answer; raises RuntimeError for anything but success."""
        if self._writer is None or self._reader is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        body = json.dumps(content).encode()
        self._writer.write(
            f"POST /v1{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        answer = await self._reader.readexactly(int(length[1])) if length else b""
        if " 20" not in head.partition("\r\n")[0]:
            raise RuntimeError(answer.decode())
        return json.loads(answer)

    async def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()


@dataclass
class Talker:
    """One session and its connection."""

    client: Client
    session: str

    @classmethod
    async def open(cls, port: int) -> "Talker":
        """A new session on a connection of its own."""
        client = Client(port)
        return cls(client, (await client.post("/sessions", {}))["id"])

    async def say(self, text: str) -> float:
        """Say something; returns how long the answer took, in milliseconds."""
        start = time.perf_counter()
        await self.client.post(f"/sessions/{self.session}/turns", {"text": text})
        return (time.perf_counter() - start) * 1000


async def warm_up(server: Server, said: Sequence[str]) -> None:
    """Say everything once, so that what is loaded only once is no session's."""
    talker = await Talker.open(server.port)
    for text in said:
        await talker.say(text)
    await talker.client.close()


async def open_loop(
    server: Server, said: Sequence[str], sessions: int, seconds: float
) -> dict[str, Any]:
    """Every session says something every 3 s, whether or not the last answer has come.

    A time runs from when the turn was due, so that waiting for one's place counts.
    """
    await warm_up(server, said)
    empty = server.memory_mib()
    talkers = [await Talker.open(server.port) for _ in range(sessions)]
    fresh = server.memory_mib()
    times: list[float] = []
    began, cpu = time.perf_counter(), server.cpu_s()

    async def talk(number: int, talker: Talker) -> None:
        due = began + EVERY_S * number / sessions
        turn = number
        while due < began + seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await talker.say(said[turn % len(said)])
            times.append((time.perf_counter() - due) * 1000)
            due += EVERY_S
            turn += 7

    await asyncio.gather(*(talk(number, each) for number, each in enumerate(talkers)))
    used = (server.cpu_s() - cpu) / (time.perf_counter() - began)
    after = server.memory_mib()
    for talker in talkers:
        await talker.client.close()
    return {
        "sessions": sessions,
        "seconds": seconds,
        "turn_ms": asdict(Times.of(times)),
        "server_cpu": round(used, 3),
        "mib_empty": round(empty, 1),
        "kib_a_session_fresh": round((fresh - empty) * 1024 / sessions, 1),
        "kib_a_session_after": round((after - empty) * 1024 / sessions, 1),
    }


async def saturation(
    server: Server, said: Sequence[str], sessions: int, seconds: float
) -> dict[str, Any]:
    """Every session says the next thing as soon as it has its answer."""
    await warm_up(server, said)
    talkers = [await Talker.open(server.port) for _ in range(sessions)]
    times: list[float] = []
    end = time.perf_counter() + seconds
    began = time.perf_counter()

    async def talk(number: int, talker: Talker) -> None:
        turn = number
        while time.perf_counter() < end:
            times.append(await talker.say(said[turn % len(said)]))
            turn += 7

    await asyncio.gather(*(talk(number, each) for number, each in enumerate(talkers)))
    elapsed = time.perf_counter() - began
    for talker in talkers:
        await talker.client.close()
    return {
        "sessions": sessions,
        "turns": len(times),
        "turns_a_second": round(len(times) / elapsed, 1),
        "turn_ms": asdict(Times.of(times)),
    }
