"""A car behind a KUKSA-compatible gRPC server, in a thread of its own.

::

    server = serve_kuksa(car, "127.0.0.1", 55555)
    ...
    server.stop()
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import grpc
import grpc.aio
from kuksa.val.v1.val_pb2_grpc import add_VALServicer_to_server as add_v1
from kuksa.val.v2.val_pb2_grpc import add_VALServicer_to_server as add_v2

from fujia.errors import InputError
from fujia.serve.clock import Clock
from fujia.serve.kuksa.broker import Broker
from fujia.serve.kuksa.tokens import Tokens
from fujia.serve.kuksa.v1 import CallsV1
from fujia.serve.kuksa.v2 import CallsV2
from fujia.vehicle import Car, SimulatedCar

_GRACE_S = 0.3
"""For calls in progress; a subscription has no end of its own."""
_START_S = 10.0
_LARGEST_REQUEST = 1 << 20
_OPTIONS = (
    ("grpc.max_receive_message_length", _LARGEST_REQUEST),
    # Two servers on one port would each get half of the clients.
    ("grpc.so_reuseport", 0),
    # Clients that look after their connections are welcome to do so every few seconds.
    ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
)


@dataclass(frozen=True, slots=True)
class Tls:
    """The server's certificate and its private key, in PEM files."""

    certificate: Path
    key: Path

    def credentials(self) -> grpc.ServerCredentials:
        """What gRPC makes of them; raises InputError if a file cannot be read."""
        try:
            pair = (self.key.read_bytes(), self.certificate.read_bytes())
        except OSError as error:
            raise InputError(f"{error.filename}: {error.strerror}") from None
        return grpc.ssl_server_credentials([pair])


class KuksaServer:
    """A server that runs until ``stop``; made by ``serve_kuksa``."""

    def __init__(
        self, car: Car, host: str, port: int, *, tls: Tls | None, tokens: Tokens | None, clock: bool
    ) -> None:
        self.host = host
        self.port = port
        self._car = car
        self._credentials = tls.credentials() if tls else None
        self._tokens = tokens
        self._clock = Clock(car) if clock and isinstance(car, SimulatedCar) else None
        self._loop = asyncio.new_event_loop()
        self._stopping: asyncio.Event | None = None
        self._thread = Thread(target=self._run, name="kuksa-server", daemon=True)
        self._started = Future[int]()

    @property
    def address(self) -> str:
        """Where it listens, as ``HOST:PORT``."""
        return _address(self.host, self.port)

    def start(self) -> None:
        """Listen; ``port`` is the bound one afterwards. Raises InputError where that fails."""
        self._thread.start()
        self.port = self._started.result(timeout=_START_S)
        if self._clock:
            self._clock.start()

    def stop(self) -> None:
        """Finish the calls in progress for a moment, and end. Harmless when repeated."""
        if self._clock:
            self._clock.stop()
        if self._thread.is_alive() and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except Exception as error:
            if not self._started.done():
                self._started.set_exception(error)
            else:
                raise
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        broker = Broker(self._car)
        server = grpc.aio.server(options=_OPTIONS)
        add_v1(CallsV1(broker, self._tokens), server)
        add_v2(CallsV2(broker, self._tokens), server)
        port = self._bind(server)
        end: Callable[[], None] = broker.start()
        try:
            await server.start()
            self._started.set_result(port)
            await self._stopping.wait()
            await server.stop(_GRACE_S)
        finally:
            end()

    def _bind(self, server: grpc.aio.Server) -> int:
        address = _address(self.host, self.port)
        try:
            if self._credentials is None:
                return server.add_insecure_port(address)
            return server.add_secure_port(address, self._credentials)
        except RuntimeError:
            raise InputError(
                f"cannot listen on {address}: the port is in use, not permitted, or no such host"
            ) from None


def serve_kuksa(
    car: Car,
    host: str = "127.0.0.1",
    port: int = 55555,
    *,
    tls: Tls | None = None,
    tokens: Tokens | None = None,
    clock: bool = True,
) -> KuksaServer:
    """Serve a car to KUKSA clients, and return the running server; port 0 takes any free one.

    ``tokens`` must be given beyond this machine. ``clock`` lets the time of a simulated car pass;
    leave it out where something else does.

    Raises:
        InputError: the port cannot be had, a file is unreadable, or tokens are missing.
    """
    if tokens is None and not _is_loopback(host):
        raise InputError(f"{host} can be reached from elsewhere: clients must show tokens")
    server = KuksaServer(car, host, port, tls=tls, tokens=tokens, clock=clock)
    server.start()
    return server


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
