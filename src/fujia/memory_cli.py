"""``fujia memory``: what is remembered of somebody, what they consented to, and its end."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fujia.errors import InputError

if TYPE_CHECKING:
    from fujia.cabin.memory import Consents, Fact, Memories, Memory, Receipt

memory_app = typer.Typer(
    name="memory",
    help="What is remembered of people, on this machine: see it, forget it, prove that it is gone.",
    no_args_is_help=True,
)
_ID_LENGTH = 16
CONSENT_COLUMNS = ("purpose", "allowed", "since", "until", "用途", "what for")

PersonOption = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", help="Whose; else the driver of the settings."),
]


@memory_app.command("list")
def list_facts(
    person: PersonOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Everything that is remembered of somebody, with the id by which it is forgotten."""
    from fujia.terminal import Terminal

    facts = _memory(_memories(), person).facts()
    if as_json:
        for fact in facts:
            shown = fact.model_dump_json(exclude={"nonce"}, exclude_defaults=True)
            typer.echo(f'{{"id":"{_id(fact)}",{shown[1:]}')
        return
    rows = [(_id(fact), str(fact.what), fact.text("zh"), fact.text("en")) for fact in facts]
    Terminal().table(("id", "what", "是什么", "in English"), rows)


@memory_app.command()
def people() -> None:
    """Everybody of whom something is kept."""
    for name in _memories().people():
        typer.echo(name)


@memory_app.command()
def forget(
    what: Annotated[
        str | None, typer.Argument(help="An id of 'list', or a kind such as temperature.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All there is, consents too; the key is destroyed.")
    ] = False,
    person: PersonOption = None,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete what is remembered, for good, and print the receipt that proves it.

    \b
    fujia memory forget temperature > receipt.json
    fujia memory verify receipt.json
    """
    if (what is None) != everything:
        raise InputError("give an id or a kind of 'fujia memory list', or --all for everything")
    memory = _memory(_memories(), person)
    if everything:
        if memory.is_stored:
            _ask(sure, f"everything of {memory.name}")
        _print(memory.erase() if memory.is_stored else None)
        return
    facts = _chosen(memory, str(what))
    _ask(sure, *(f"{fact.text('zh')} · {fact.text('en')}" for fact in facts))
    _print(memory.forget(*facts))


@memory_app.command()
def consents(
    person: PersonOption = None,
    grant: Annotated[
        str | None, typer.Option("--grant", metavar="PURPOSE", help="Consent to a purpose.")
    ] = None,
    days: Annotated[float | None, typer.Option("--days", help="With --grant: how long.")] = None,
    revoke: Annotated[
        str | None, typer.Option("--revoke", metavar="PURPOSE", help="Take consent back, at once.")
    ] = None,
    delete: Annotated[
        str | None,
        typer.Option("--delete", metavar="PURPOSE", help="Delete its record; prints a receipt."),
    ] = None,
) -> None:
    """What may leave the car, by purpose, since when and until when; with an option, change it.

    Taken back, it holds no more; deleted, its record is gone too, and a receipt proves it.

    \b
    fujia memory consents --grant position --days 7
    fujia memory consents --delete position > receipt.json
    """
    from fujia.cabin.memory.consent import find_purpose
    from fujia.terminal import Terminal

    if sum(one is not None for one in (grant, revoke, delete)) > 1:
        raise InputError("--grant, --revoke and --delete do not go together")
    if days is not None and grant is None:
        raise InputError("--days goes with --grant")
    held = _memory(_memories(), person).consents
    if delete is not None:
        find_purpose(delete)
        _print(held.delete(delete))
        return
    if grant is not None:
        held.grant(grant, days)
    if revoke is not None:
        held.revoke(revoke)
    Terminal().table(CONSENT_COLUMNS, consent_rows(held))


@memory_app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A receipt, as 'forget' prints it; - for a pipe.")],
) -> None:
    """Whether a receipt is genuine and what it names is gone; exit status 1 if not."""
    memories, receipt = _memories(), _receipt(file)
    genuine = receipt.is_genuine(memories.ledger.key)
    gone = memories.is_gone(receipt)
    typer.echo("genuine: signed here, and unchanged" if genuine else "NOT genuine")
    typer.echo("gone: nothing that it names is kept" if gone else "NOT gone: some of it is kept")
    if not (genuine and gone):
        raise typer.Exit(1)


def consent_rows(held: "Consents") -> list[tuple[str, ...]]:
    """A row for every purpose: whether it is allowed, since when, and when that ends or ended."""
    from fujia.cabin.memory.consent import load_purposes

    grants = {grant.purpose: grant for grant in held.all()}
    rows: list[tuple[str, ...]] = []
    for name, purpose in load_purposes().items():
        grant, allowed = grants.get(name), held.allows(name)
        since = f"{grant.given:%Y-%m-%d}" if grant else ""
        until = f"{grant.expires:%Y-%m-%d}" if grant else ""
        if grant and not allowed:
            until = f"taken back {grant.revoked:%Y-%m-%d}" if grant.revoked else f"ended {until}"
        rows.append((name, "yes" if allowed else "no", since, until, purpose.zh, purpose.en))
    return rows


def _memories() -> "Memories":
    from fujia.cabin.memory import Memories
    from fujia.logs import start

    return Memories(start().memory_dir)


def _memory(memories: "Memories", person: str | None) -> "Memory":
    """The memory of that person, else of the driver of the settings; raises InputError."""
    from fujia.settings import load_settings

    name = load_settings().settings.driver if person is None else person
    if not name.strip():
        raise InputError("the driver is a guest, of whom nothing is kept; --person names somebody")
    return memories.person(name)


def _id(fact: "Fact") -> str:
    return fact.commitment[:_ID_LENGTH]


def _chosen(memory: "Memory", what: str) -> "tuple[Fact, ...]":
    """The fact with that id, or all of that kind; raises InputError if there is none."""
    found = tuple(fact for fact in memory.facts() if what in (_id(fact), fact.what))
    if not found:
        raise InputError(f"nothing of {memory.name} is called {what!r}; see 'fujia memory list'")
    return found


def _ask(sure: bool, *things: str) -> None:
    """Ask before something is gone for good; raises InputError where nobody can be asked."""
    if sure:
        return
    if not sys.stdin.isatty():
        raise InputError("what is forgotten cannot be brought back: say --yes to do it")
    for thing in things:
        typer.echo(thing, err=True)
    if not typer.confirm("Forget this for good?", err=True):
        raise typer.Exit(1)


def _print(receipt: "Receipt | None") -> None:
    if receipt is None:
        typer.echo("there was nothing to delete", err=True)
    else:
        typer.echo(receipt.model_dump_json())


def _receipt(file: Path) -> "Receipt":
    from pydantic import ValidationError

    from fujia.cabin.memory import Receipt

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{file}: cannot be read") from None
    try:
        return Receipt.model_validate_json(text)
    except ValidationError:
        raise InputError(f"{file}: is not a receipt") from None
