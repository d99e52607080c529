"""``fujia manual ask``, ``batch`` and ``embed``; added to the command group by ``add_to``."""

import json
import sys
from collections.abc import Collection, Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from fujia.errors import InputError

if TYPE_CHECKING:
    from fujia.expert.answers.answer import Answer
    from fujia.expert.answers.expert import Expert
    from fujia.expert.answers.writer import Writer
    from fujia.expert.store import ManualStore

VehicleOption = Annotated[
    str | None, typer.Option("--vehicle", metavar="NAME", help="Profile; see 'fujia vehicles'.")
]
ManualOption = Annotated[
    Path | None,
    typer.Option("--manual", metavar="FILE", help="Answer from this file alone."),
]
MarketOption = Annotated[
    str | None, typer.Option("--market", metavar="CN", help="Only manuals that hold there.")
]
EditionOption = Annotated[
    str | None, typer.Option("--edition", metavar="NAME", help="Only manuals of this edition.")
]
WordsOption = Annotated[
    bool, typer.Option("--words-only", help="Do not search by meaning (extra 'embed').")
]
AsItStandsOption = Annotated[
    bool, typer.Option("--as-it-stands", help="The manual's own words; ask no language model.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands in ``app``."""
    app.command("ask")(ask)
    app.command("batch")(batch)
    app.command("embed")(embed)


def ask(
    question: Annotated[str, typer.Argument(help="In Chinese or English.")],
    as_json: Annotated[bool, typer.Option("--json", help="Show one JSON object.")] = False,
    vehicle: VehicleOption = None,
    manual: ManualOption = None,
    market: MarketOption = None,
    edition: EditionOption = None,
    words_only: WordsOption = False,
    as_it_stands: AsItStandsOption = False,
) -> None:
    """Ask the manuals of a vehicle, or one file (by its words only).

    Where a language model is set up (fujia llm check), it writes the answer; every sentence is
    held to the manual.

    \b
    fujia manual ask "自动大灯怎么开"
    fujia manual ask "how do I charge at home" --manual leaflet.pdf --json
    """
    from fujia.expert.reading import Scope

    # A whole file is not read for meaning, which takes minutes, to answer one question.
    words_only = words_only or manual is not None
    with _expert(vehicle, manual, words_only=words_only, writes=not as_it_stands) as expert:
        answer = expert.ask(question, Scope(market=market, edition=edition))
    if as_json:
        typer.echo(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        typer.echo(shown(answer))


def batch(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl")],
    out: Annotated[Path, typer.Option("--out", metavar="ANSWERS.jsonl", help="One a line.")],
    vehicle: VehicleOption = None,
    manual: ManualOption = None,
    market: MarketOption = None,
    edition: EditionOption = None,
    words_only: WordsOption = False,
    as_it_stands: AsItStandsOption = False,
) -> None:
    """Answer many questions in one process.

    A question is {"id": ..., "question": ...}. Exit status 1 if a line could not be used.
    """
    from fujia.expert.answers.batch import ask_file
    from fujia.expert.reading import Scope

    if not questions.is_file():
        raise InputError(f"{questions}: no such file")
    with _expert(vehicle, manual, words_only=words_only, writes=not as_it_stands) as expert:
        tally = ask_file(questions, out, expert, Scope(market=market, edition=edition))
    typer.echo(f"{tally.questions} questions, {tally.errors} errors: {out}", err=True)
    if tally.errors:
        raise typer.Exit(1)


def embed(vehicle: VehicleOption = None) -> None:
    """Read the manuals of a vehicle for meaning (extra 'embed'): better answers from then on.

    It takes about a second for every two passages; what is done stays when it is interrupted.
    """
    from fujia.errors import MissingExtra
    from fujia.expert.answers.expert import Expert
    from fujia.expert.retrieval.embed import find_embedder

    embedder = find_embedder()
    if embedder is None:
        raise MissingExtra("embed")
    count = Expert(_library(vehicle)[0], embedder).embed(progress=_progress)
    typer.echo(f"{count} passages read for meaning")


def shown(answer: "Answer") -> str:
    """An answer as people read it: the text, where it stands, and whether an AI wrote it."""
    places = dict.fromkeys(
        f"{cited.manual}: {cited.section}" + (f", p. {cited.page}" if cited.page else "")
        for cited in answer.citations
    )
    text = answer.text
    if answer.route == "llm":
        from fujia.llm.disclosure import label

        text = label(text, answer.language)
    return "\n".join([text, *(f"  [{place}]" for place in places)])


@contextmanager
def _expert(
    vehicle: str | None, manual: Path | None, *, words_only: bool, writes: bool
) -> "Generator[Expert]":
    """Car Expert over the manuals of a vehicle, or over one file in a store that goes again."""
    from fujia.expert.answers.expert import Expert
    from fujia.expert.retrieval.embed import find_embedder
    from fujia.expert.store import ManualStore

    embedder = None if words_only else find_embedder()
    writer = _writer() if writes else None
    if manual is None:
        library, equipment = _library(vehicle)
        yield Expert(library, embedder, writer, equipment)
        return
    from fujia.expert.documents import read

    document = read(manual)
    with TemporaryDirectory(prefix="fujia-manual-") as folder:
        store = ManualStore(Path(folder) / "manual.sqlite")
        store.add(document, manual.stem)
        expert = Expert(store, embedder, writer)
        expert.embed(progress=_progress)
        yield expert


def _writer() -> "Writer | None":
    from fujia.expert.answers.model_writer import find_writer
    from fujia.llm.gateway import Gateway
    from fujia.logs import start

    return find_writer(Gateway.of(start()))


def _library(vehicle: str | None) -> "tuple[ManualStore, Collection[str]]":
    """The manuals of a vehicle, and what it has."""
    from fujia.expert.library import open_library
    from fujia.garage import Garage
    from fujia.logs import start

    settings = start()
    name = vehicle or settings.vehicle
    profile = Garage.of(settings).profile(name)
    library = open_library(settings.data_dir, profile.id, profile.equipment)
    return library, profile.equipment


def _progress(done: int, total: int) -> None:
    """One line that is written over, for people at a terminal only."""
    if sys.stderr.isatty():
        typer.echo(f"\rreading for meaning: {done} of {total} passages", err=True, nl=done >= total)
