"""Listening: a socket, TLS, and an end that lets every turn finish."""

import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from fujia.errors import InputError
from fujia.serve.limits import Limits

GRACE_S = 20
"""How long requests in progress may take after the server was told to end, in seconds."""
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Tls:
    """A certificate and its private key, in PEM files."""

    certificate: Path
    key: Path


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on that address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(host: str) -> frozenset[str] | None:
    """By which names a server there may be called; None for any."""
    return _LOOPBACK_NAMES | {host} if is_loopback(host) else None


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises InputError where it cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise InputError(f"{host!r} is no address of this machine; see --host") from None
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise InputError(
            f"cannot listen on {host}, port {port}: {error.strerror}; choose another with --port"
        ) from None
    return listening


def address_of(listening: socket.socket, tls: Tls | None = None) -> str:
    """The address to type into a browser."""
    host, port = listening.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "::") else str(host)
    shown = f"[{shown}]" if ":" in shown else shown
    return f"{'https' if tls else 'http'}://{shown}:{port}/"


def serve(app: FastAPI, listening: socket.socket, limits: Limits, tls: Tls | None = None) -> None:
    """Answer until the process is told to end (SIGINT, SIGTERM), then finish what is in progress.

    Raises:
        InputError: the certificate or its key cannot be used.
    """
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=limits.body_bytes,
        timeout_graceful_shutdown=GRACE_S,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    try:
        config.load()
    except OSError as error:  # ssl.SSLError is one
        raise InputError(f"the certificate cannot be used: {error.strerror or error}") from None
    # Told to end, uvicorn ends in order and then raises the signal anew: by then it means nothing.
    handlers = {each: signal.signal(each, _ignore) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        listening.close()


def _ignore(*_: object) -> None:
    pass
