"""How to reach a databroker: its address, and where it asks for them, TLS and a token."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import grpc

from fujia.errors import InputError

DEFAULT_PORT = 55555
"""The port that databrokers use."""

_OPTIONS = (
    # A command must never be sent twice: whether to try again is not the channel's decision.
    ("grpc.enable_retries", 0),
    # A broker that comes back is found within a second.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    # A broker that went without a word is noticed.
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    # A broker that is started anew on the same address gets a connection of its own.
    ("grpc.use_local_subchannel_pool", 1),
)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a databroker listens, and what it wants to see.

    ``ca`` is a file of root certificates and switches TLS on; ``server_name`` is the name in the
    broker's certificate where it is not the host's. ``token`` is a JSON web token.
    """

    host: str
    port: int = DEFAULT_PORT
    ca: Path | None = None
    server_name: str | None = None
    token: str | None = None

    @classmethod
    def parse(
        cls,
        address: str,
        *,
        ca: Path | None = None,
        server_name: str | None = None,
        token_file: Path | None = None,
    ) -> "Connection":
        """The connection to ``HOST[:PORT]``; raises InputError for anything else.

        Raises:
            InputError: no such address, or the file of the certificate or the token is unreadable.
        """
        host, port = _split(address)
        for file in filter(None, (ca, token_file)):
            if not file.is_file():
                raise InputError(f"{file}: there is no such file")
        token = _read_token(token_file) if token_file else None
        return cls(host, port, ca, server_name, token)

    @property
    def target(self) -> str:
        """The address as ``HOST:PORT``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What every call carries: the token, if there is one."""
        return (("authorization", f"Bearer {self.token}"),) if self.token else ()

    def open(self) -> grpc.Channel:
        """A channel, which connects when it is first used; raises InputError for a broken file."""
        if self.ca is None:
            return grpc.insecure_channel(self.target, _OPTIONS)
        try:
            roots = self.ca.read_bytes()
        except OSError as error:
            raise InputError(f"{self.ca}: {error.strerror}") from None
        name = (("grpc.ssl_target_name_override", self.server_name),) if self.server_name else ()
        return grpc.secure_channel(
            self.target, grpc.ssl_channel_credentials(roots), (*_OPTIONS, *name)
        )


def _split(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    plain = not any(mark in address for mark in "/?#@ ")
    if not host or not plain or port == 0:
        raise InputError(f"{address!r} is not HOST:PORT, such as 127.0.0.1:{DEFAULT_PORT}")
    return host, port or DEFAULT_PORT


def _read_token(file: Path) -> str:
    try:
        token = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{file}: cannot be read as a token") from None
    if not token or any(mark.isspace() for mark in token):
        raise InputError(f"{file}: does not hold one token")
    return token
