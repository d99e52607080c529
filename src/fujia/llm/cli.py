"""``fujia llm``: which models there are, what they cost, and what they were told."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fujia.errors import InputError, MissingExtra

if TYPE_CHECKING:
    from fujia.llm.config import ModelConfig
    from fujia.llm.gateway import Gateway

llm_app = typer.Typer(
    name="llm",
    help="Language models: check them, their cost, and what was sent to them.",
    no_args_is_help=True,
)
_QUESTION = "只回答一个字：好。Answer with this one character: 好"


@llm_app.command()
def check(
    dry: Annotated[bool, typer.Option("--dry", help="Only look; ask nothing.")] = False,
) -> None:
    """Which models are set up: one tiny call to each, its time and its cost.

    The exit status is 0 where every model that is set up answers, 1 where one of them does not, and
    2 where none is set up at all. Roles without a model are named either way.
    """
    from fujia.llm.config import ROLES
    from fujia.llm.gateway import Gateway, is_installed
    from fujia.logs import start
    from fujia.terminal import Terminal

    gateway = Gateway.of(start())
    config, terminal = gateway.config, Terminal()
    roles = {
        name: [role for role in ROLES if name in config.chain(role, gateway.market)]
        for name in config.models
    }
    rows: list[tuple[str, ...]] = []
    failed = False
    for name, model in config.models.items():
        state, took, cost = _state(gateway, name, model, dry=dry)
        failed = failed or state.startswith("FAILED")
        rows.append((name, ",".join(roles[name]), model.base_url, state, took, cost))
    terminal.table(("model", "roles", "server", "state", "time", "cost"), rows)
    _report(gateway)
    missing = _without_a_model(gateway)
    if len(missing) == len(ROLES):
        raise InputError(f"no language model is set up: {next(iter(missing.values()))}")
    for role, way in missing.items():
        typer.echo(f"{role}: no model is set up for it; {way}", err=True)
    if not is_installed():
        raise MissingExtra("llm")
    if failed:
        raise typer.Exit(1)


def _state(
    gateway: "Gateway", name: str, model: "ModelConfig", *, dry: bool
) -> tuple[str, str, str]:
    """State, time and cost of one model, in words."""
    from fujia.errors import FujiaError
    from fujia.llm.gateway import is_installed
    from fujia.llm.model import Request

    if not gateway.config.enabled:
        return "switched off", "", ""
    if not model.has_key:
        return f"no key in {model.key_variable}", "", ""
    if dry or not is_installed():
        return "has a key" if model.key_variable else "needs no key", "", ""
    turn = f"check-{name}-{time.time_ns()}"
    request = Request([{"role": "user", "content": _QUESTION}], max_tokens=256, turn=turn)
    begun = time.monotonic()
    try:
        answer = gateway.ask_one(name, request)
        state = f"answers: {answer.text.strip()[:20]}"
    except FujiaError as error:
        state = f"FAILED: {error}"
    spent = gateway.ledger.spent(turn=turn)
    took = f"{1000 * (time.monotonic() - begun):.0f} ms"
    return state, took, f"{spent.cost + spent.uncertain:.6f} {gateway.config.limits.currency}"


def _without_a_model(gateway: "Gateway") -> dict[str, str]:
    """The roles for which no model is set up, each with what would set one up."""
    from fujia.llm.config import ROLES

    config = gateway.config
    if not config.enabled:
        return dict.fromkeys(ROLES, "llm.yaml says 'enabled: false'")
    missing: dict[str, str] = {}
    for role in ROLES:
        models = [config.models[name] for name in config.chain(role, gateway.market)]
        if any(model.has_key for model in models):
            continue
        keys = " or ".join(dict.fromkeys(str(model.key_variable) for model in models))
        own = f"name one in llm.yaml under roles.{role}"
        missing[role] = f"put a key into the variable {keys}, or {own}" if keys else own
    return missing


def _report(gateway: "Gateway") -> None:
    limits, today = gateway.config.limits, gateway.ledger.today()
    most = "no limit" if limits.day is None else f"of {limits.day:g}"
    used = today.cost + today.uncertain
    typer.echo(f"today: {used:.4f} {limits.currency} ({most}), {today.calls} calls", err=True)


@llm_app.command()
def costs(
    days: Annotated[int, typer.Option("--days", min=1, help="How many days back.")] = 30,
) -> None:
    """Calls, tokens and cost of each day on which something was asked."""
    from fujia.llm.gateway import Gateway
    from fujia.logs import start
    from fujia.terminal import Terminal

    gateway = Gateway.of(start())
    rows = [
        (day, str(spent.calls), str(spent.failures), str(spent.prompt_tokens),
         str(spent.completion_tokens), f"{spent.cost:.4f}", f"{spent.uncertain:.4f}")
        for day, spent in gateway.ledger.days(days)
    ]  # fmt: skip
    head = ("day", "calls", "failed", "tokens in", "tokens out", "cost", "perhaps")
    Terminal().table(head, rows)


@llm_app.command()
def sent(
    last: Annotated[int, typer.Option("--last", min=1, help="How many requests.")] = 10,
    forget: Annotated[bool, typer.Option("--forget", help="Delete this record.")] = False,
) -> None:
    """Exactly what left the car for a model: one JSON object for each request."""
    from fujia.llm.gateway import Gateway
    from fujia.logs import start
    from fujia.terminal import Terminal

    book = Gateway.of(start()).sent
    assert book is not None
    if forget:
        book.forget()
        return
    terminal = Terminal()
    for record in book.read()[-last:]:
        terminal.line(json.dumps(record, ensure_ascii=False))


@llm_app.command()
def serve(
    file: Annotated[Path, typer.Argument(help="A language model of yours, a GGUF file.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8080,
    threads: Annotated[
        int | None, typer.Option("--threads", min=1, help="Of the processor.")
    ] = None,
) -> None:
    """Serve a model file of yours on this machine, for this machine, until Ctrl-C.

    Prints what to put into llm.yaml. Nothing is fetched; the licence of the file is yours to keep.

    \b
    fujia llm serve qwen.gguf
    """
    from fujia.llm.local import LocalServer
    from fujia.terminal import Terminal

    # Plans, conversation and requests of several steps begin differently.
    server = LocalServer(file, port=port, talks=3, threads=threads)
    Terminal().line(server.as_yaml())
    typer.echo(f"{file.name} is served at {server.address}; Ctrl-C ends it", err=True)
    try:
        server.wait()
    except KeyboardInterrupt:
        typer.echo("ended", err=True)
