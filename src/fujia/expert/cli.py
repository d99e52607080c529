"""``fujia manual``: the manuals of a vehicle, and what they say."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fujia.errors import InputError
from fujia.expert.ask_cli import add_to
from fujia.garage import Garage
from fujia.logs import start
from fujia.terminal import Terminal

if TYPE_CHECKING:
    from fujia.expert.section import Language
    from fujia.expert.store import ManualStore

manual_app = typer.Typer(
    no_args_is_help=True,
    help="The manuals of a vehicle: put them in, and ask them.\n\n"
    "PDF, HTML, Markdown and text; Word documents by the extra 'docx', scanned pages by 'ocr'.",
)

add_to(manual_app)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The manual.")]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="See 'fujia manual list'.")]
VehicleOption = Annotated[
    str | None, typer.Option("--vehicle", metavar="NAME", help="Profile; see 'fujia vehicles'.")
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="zh|en", help="Its language; without it each section's own."),
]
MarketOption = Annotated[
    str | None,
    typer.Option("--market", metavar="CN", help="The country it is for; without it, all."),
]
EditionOption = Annotated[
    str | None, typer.Option("--edition", metavar="TEXT", help="As its publisher calls it.")
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="Without it, the title in the file.")
]

COLUMNS = ("name", "title", "lang", "market", "edition", "format", "pages", "added")


@manual_app.command()
def add(
    file: FileArgument,
    vehicle: VehicleOption = None,
    lang: LanguageOption = None,
    market: MarketOption = None,
    edition: EditionOption = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Without it, that of the file.")
    ] = None,
    title: TitleOption = None,
) -> None:
    """Put a manual in.

    \b
    fujia manual add handbook.pdf --vehicle i5 --lang zh --market CN
    """
    store = _store(vehicle)
    name = _name(name if name is not None else file.stem)
    with store.reading() as reading:
        if any(manual.name == name for manual in reading.manuals()):
            raise InputError(
                f"there is a manual '{name}' already: 'fujia manual update {name} FILE'"
            )
    _put(store, file, name, lang, market=market, edition=edition, title=title, replace=False)


@manual_app.command()
def update(
    name: NameArgument,
    file: FileArgument,
    vehicle: VehicleOption = None,
    lang: LanguageOption = None,
    market: MarketOption = None,
    edition: EditionOption = None,
    title: TitleOption = None,
) -> None:
    """Put a new edition in the place of a manual, which answers until the new one is ready.

    \b
    fujia manual update handbook handbook-2027.pdf --vehicle i5 --edition 2027
    """
    store = _store(vehicle)
    with store.reading() as reading:
        old = reading.manual(name)
    _put(
        store, file, name, lang, market=market or old.market, edition=edition, title=title,
        replace=True,
    )  # fmt: skip


@manual_app.command("list")
def list_manuals(vehicle: VehicleOption = None) -> None:
    """The manuals of a vehicle."""
    with _store(vehicle).reading() as reading:
        manuals = reading.manuals()
    Terminal().table(
        COLUMNS,
        [
            (
                each.name, each.title, each.language, each.market or "-", each.edition or "-",
                each.format, str(each.pages or "-"), each.added,
            )
            for each in manuals
        ],
    )  # fmt: skip


@manual_app.command()
def remove(name: NameArgument, vehicle: VehicleOption = None) -> None:
    """Take a manual out. The handbook that comes with Fujia comes back with the next question."""
    _store(vehicle).remove(name)
    Terminal().line(f"removed: {name}")


@manual_app.command()
def page(
    name: NameArgument,
    number: Annotated[int, typer.Argument(metavar="PAGE", help="From 1.")],
    out: Annotated[Path, typer.Option("--out", help="The picture, a PNG file.")],
    section: Annotated[
        str | None, typer.Option("--section", metavar="ID", help="Mark this section on it.")
    ] = None,
    vehicle: VehicleOption = None,
) -> None:
    """A page of a PDF manual as a picture.

    \b
    fujia manual page handbook 12 --out page.png
    """
    from fujia.expert.picture import picture_of

    with _store(vehicle).reading() as reading:
        source = reading.source(name)
        found = reading.section(name, section) if section else None
    if source is None:
        raise InputError(f"manual '{name}' has no pages to show: it is no PDF")
    marks = [box for block in (found.blocks if found else ()) for box in block.boxes]
    picture = picture_of(source, number, marks)
    try:
        out.write_bytes(picture)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}") from None


def _put(
    store: "ManualStore",
    file: Path,
    name: str,
    lang: str | None,
    *,
    market: str | None,
    edition: str | None,
    title: str | None,
    replace: bool,
) -> None:
    """Read a file and keep it, and say what came of it."""
    from fujia.expert.documents import read

    document = read(file, _language(lang), title or "")
    source = file if document.format == "pdf" else None
    store.add(
        document, name, market=_market(market), edition=edition, source=source, replace=replace
    )
    length = f"{document.pages} pages, " if document.pages else ""
    Terminal().line(f"{name}: {document.title}, {length}{len(document.sections)} sections")


def _store(vehicle: str | None) -> "ManualStore":
    """The manuals of a vehicle that exists, with the handbook that comes with it."""
    from fujia.expert.library import open_library

    settings = start()
    name = vehicle or settings.vehicle
    profile = Garage.of(settings).profile(name)
    return open_library(settings.data_dir, name, profile.equipment)


def _name(text: str) -> str:
    """A name that can be typed: letters, digits and hyphens."""
    name = re.sub(r"[^\w.]+", "-", text.strip()).strip("-.").lower()
    if not name:
        raise InputError(f"{text!r} is no name for a manual: give one with --name")
    return name


def _language(text: str | None) -> "Language | None":
    if text not in (None, "zh", "en"):
        raise InputError(f"the language is zh or en, not {text!r}")
    return text


def _market(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[A-Za-z]{2}", text):
        raise InputError(f"a market is a country code of two letters, such as CN, not {text!r}")
    return text.upper() if text else None
