"""``fujia serve``: the API, the cockpit and, where asked for, a KUKSA server."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fujia.errors import InputError, MissingExtra
from fujia.logs import start
from fujia.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from fujia.serve.gate import Guard
    from fujia.serve.server import Tls
    from fujia.vehicle.car import Car

PORT = 8321

serve_app = typer.Typer(
    invoke_without_command=True,
    help="Serve the API and the cockpit in the browser, on this machine only unless told "
    "otherwise.",
)


def _token_file(settings: Settings) -> Path:
    return settings.data_dir / "tokens.yaml"


HostOption = Annotated[
    str, typer.Option("--host", help="Where to listen; beyond this machine tokens are asked.")
]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")]
VehicleOption = Annotated[
    str | None, typer.Option("--vehicle", metavar="NAME", help="The car that is shared.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="sqlite:///FILE or postgresql://..."),
]
CockpitOption = Annotated[
    bool, typer.Option("--cockpit/--no-cockpit", help="The page in the browser.")
]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the cockpit in the browser.")]
TokensOption = Annotated[
    Path | None, typer.Option("--tokens", help="Ask everybody for one of this file's tokens.")
]
CertificateOption = Annotated[
    Path | None, typer.Option("--tls-certificate", help="PEM; with --tls-key: HTTPS.")
]
KeyOption = Annotated[Path | None, typer.Option("--tls-key", help="PEM.")]
RateOption = Annotated[
    float, typer.Option("--rate", min=0, help="Requests a second from one client; 0: any.")
]
KuksaOption = Annotated[
    str | None,
    typer.Option("--kuksa", metavar="HOST:PORT", help="Serve the shared car to KUKSA clients."),
]
KuksaKeyOption = Annotated[
    Path | None,
    typer.Option("--kuksa-key", help="Public key (PEM) that KUKSA clients' tokens must fit."),
]
BrokerOption = Annotated[
    str | None,
    typer.Option("--kuksa-broker", metavar="HOST:PORT", help="Drive the car behind a broker."),
]


@dataclass(frozen=True, slots=True)
class _Kuksa:
    """How the shared car is served to KUKSA clients."""

    address: str
    public_key: Path | None


@serve_app.callback()
def serve(
    context: typer.Context,
    host: HostOption = "127.0.0.1",
    port: PortOption = PORT,
    vehicle: VehicleOption = None,
    database: DatabaseOption = None,
    cockpit: CockpitOption = True,
    show: OpenOption = False,
    tokens: TokensOption = None,
    certificate: CertificateOption = None,
    key: KeyOption = None,
    rate: RateOption = 200.0,
    kuksa: KuksaOption = None,
    kuksa_key: KuksaKeyOption = None,
    kuksa_broker: BrokerOption = None,
) -> None:
    """Serve until interrupted; turns in progress are finished first.

    \b
    fujia serve                                   the cockpit at http://127.0.0.1:8321/
    fujia serve --kuksa 127.0.0.1:55555           and the car for KUKSA clients
    fujia serve token head-unit --role cabin      a token, for servers beyond this machine
    """
    if context.invoked_subcommand is not None:
        return
    settings = start()
    from fujia.serve.server import Tls, address_of, listen
    from fujia.serve.server import serve as answer

    if (certificate is None) != (key is None):
        raise InputError("--tls-certificate and --tls-key go together")
    given = {"vehicle": vehicle, "database": database, "kuksa_broker": kuksa_broker}
    settings = settings.model_copy(update={name: each for name, each in given.items() if each})
    tls = Tls(certificate, key) if certificate and key else None
    guard = _guard(settings, host, tokens, rate)
    with ExitStack() as stack:
        listening = stack.enter_context(listen(host, port))
        served = _Kuksa(kuksa, kuksa_key) if kuksa else None
        app = _house(stack, settings, guard, served, tls, cockpit=cockpit)
        address = address_of(listening, tls)
        typer.echo(f"Fujia is at {address if cockpit else f'{address}v1/'}  (Ctrl+C ends it)")
        if show and cockpit:
            _open(address)
        answer(app, listening, guard.limits, tls)


def _house(
    stack: ExitStack,
    settings: Settings,
    guard: "Guard",
    kuksa: _Kuksa | None,
    tls: "Tls | None",
    *,
    cockpit: bool,
) -> "FastAPI":
    """Everything that is served; ``stack`` closes it."""
    from fujia.garage import Garage
    from fujia.serve.app import create_app
    from fujia.serve.sessions import Sessions
    from fujia.serve.store import Store

    garage = Garage.of(settings)
    garage.profile(settings.vehicle)
    store = Store(settings.database or f"sqlite:///{settings.data_dir}/turns.db")
    stack.callback(store.close)
    sessions = Sessions(garage, keeper=store.keep)
    stack.callback(sessions.close_all)
    sessions.warm_up()
    app = create_app(sessions, store, guard=guard, keep=timedelta(days=settings.keep_days))
    if cockpit:
        from fujia.serve.cockpit import add_cockpit

        add_cockpit(app, sessions, settings)
    if kuksa:
        stack.callback(_serve_kuksa(sessions.shared(settings.vehicle).car, kuksa, tls))
    return app


@serve_app.command("token")
def token(
    name: Annotated[str, typer.Argument(help="Whose it is.")],
    role: Annotated[
        str,
        typer.Option("--role", help="reader looks; cabin talks too; workshop does everything."),
    ] = "cabin",
    file: Annotated[
        Path | None, typer.Option("--tokens", help="The file; else tokens.yaml among your data.")
    ] = None,
) -> None:
    """Make a token for a client, and show it this once."""
    settings = start()
    from fujia.serve.tokens import ROLES, add_token

    if role not in ROLES:
        raise InputError(f"there is no role {role!r}; roles: {', '.join(ROLES)}")
    if not 0 < len(name) <= 64:
        raise InputError("the name of a token has 1 to 64 characters")
    typer.echo(add_token(file or _token_file(settings), name, role))


def _guard(settings: Settings, host: str, tokens: Path | None, rate: float) -> "Guard":
    """What the gate asks for: tokens from everybody once others can reach the server."""
    from fujia.serve.gate import Guard
    from fujia.serve.limits import Limits
    from fujia.serve.server import is_loopback, names_of
    from fujia.serve.tokens import Tokens

    file = tokens
    if file is None and not is_loopback(host):
        file = _token_file(settings)
        if not file.exists():
            raise InputError(
                f"{host} can be reached from elsewhere: make a token first with "
                "'fujia serve token NAME --role cabin'"
            )
    known = Tokens.load(file) if file else None
    if known is not None and not known.tokens:
        raise InputError(f"{file} holds no token; 'fujia serve token' makes one")
    limits = Limits(requests_a_second=rate, burst=max(1, round(2 * rate)))
    return Guard(known, names_of(host), limits)


def _serve_kuksa(car: "Car", kuksa: _Kuksa, tls: "Tls | None") -> Callable[[], None]:
    """Serve a car to KUKSA clients; returns what ends it."""
    try:
        from fujia.serve.kuksa.server import Tls, serve_kuksa
        from fujia.serve.kuksa.tokens import Tokens
    except ImportError:
        raise MissingExtra("kuksa") from None
    host, colon, port = kuksa.address.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise InputError(f"--kuksa {kuksa.address}: give HOST:PORT, such as 127.0.0.1:55555")
    server = serve_kuksa(
        car,
        host.strip("[]") or "127.0.0.1",
        int(port),
        tls=Tls(tls.certificate, tls.key) if tls else None,
        tokens=Tokens(kuksa.public_key) if kuksa.public_key else None,
        clock=False,  # time passes in every session's car already
    )
    typer.echo(f"KUKSA clients find the car at {server.address}")
    return server.stop


def _open(address: str) -> None:
    """Open a page in the browser of whoever sits there; nobody does where nothing is a terminal."""
    import os
    import webbrowser

    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if sys.stdin.isatty() and (has_display or sys.platform == "darwin"):
        webbrowser.open(address)
