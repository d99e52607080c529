"""Where a vehicle's manuals are, and the handbook that every simulated car comes with.

The store of a vehicle is one file, ``manuals/<vehicle>.sqlite`` in the user's data folder. The
packaged handbook is put into it at first use, and again when a newer Fujia brings another.
"""

import re
import tempfile
from collections.abc import Collection, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from fujia.errors import InputError, StoreError
from fujia.expert.section import Document, Language
from fujia.expert.store import ManualStore

HANDBOOK = Path(__file__).parent / "data" / "handbook"
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_TITLES: dict[Language, str] = {"zh": "车主手册", "en": "Owner's handbook"}
_HEADING = re.compile(r"^(#+) ")
_FITTED = re.compile(r"^<!-- fitted: ([\w ]+) -->$")


def store_file(folder: Path, vehicle: str) -> Path:
    """The file of a vehicle's manuals in a data folder; raises InputError for no proper name."""
    if not re.fullmatch(r"[\w\-.]+", vehicle) or vehicle.startswith("."):
        raise InputError(f"{vehicle!r} is not the name of a vehicle; see 'fujia vehicles'")
    return folder / "manuals" / f"{vehicle}.sqlite"


def open_library(folder: Path, vehicle: str, equipment: Collection[str]) -> ManualStore:
    """The manuals of a vehicle, with the handbook as far as it is about what the vehicle has.

    ``equipment`` is that of its profile. Where ``folder`` cannot be written, the handbook alone
    answers from a temporary store.

    Raises:
        StoreError: the store is there and cannot be used.
    """
    file = store_file(folder, vehicle)
    try:
        store = ManualStore(file)
        _with_handbook(store, equipment)
    except StoreError:
        if file.exists():
            raise
        return _temporary(vehicle, tuple(sorted(equipment)))
    return store


def handbook(language: Language, equipment: Collection[str]) -> Document:
    """The packaged handbook in one language, without what a vehicle does not have."""
    from fujia.expert.documents.markdown import read_markdown

    text = "\n".join(
        "\n".join(_fitted(file.read_text(encoding="utf-8"), equipment))
        for file in sorted((HANDBOOK / language).glob("*.md"))
    )
    content = text.encode()
    return read_markdown(content, _TITLES[language], sha256(content).hexdigest(), language)


def _with_handbook(store: ManualStore, equipment: Collection[str]) -> None:
    """Put the handbook in where it is missing or not the one that this Fujia brings."""
    edition = _edition(frozenset(equipment))
    with store.reading() as reading:
        there = {manual.name: manual.edition for manual in reading.manuals()}
    for language in LANGUAGES:
        name = f"handbook-{language}"
        if there.get(name) != edition:
            document = handbook(language, equipment)
            store.add(document, name, edition=edition, replace=name in there)


@cache
def _edition(equipment: frozenset[str]) -> str:
    """A short name for this handbook, another for every change of it."""
    digest = sha256(" ".join(sorted(equipment)).encode())
    for file in sorted(HANDBOOK.glob("*/*.md")):
        digest.update(file.read_bytes())
    return f"fujia-{digest.hexdigest()[:12]}"


@cache
def _temporary(vehicle: str, equipment: tuple[str, ...]) -> ManualStore:
    folder = Path(tempfile.mkdtemp(prefix="fujia-manuals-"))
    store = ManualStore(store_file(folder, vehicle))
    _with_handbook(store, equipment)
    return store


def _fitted(text: str, equipment: Collection[str]) -> Iterator[str]:
    """The lines of a handbook file without the sections on what is not fitted.

    A section says what it is about in a comment below its heading, ``<!-- fitted: sunroof -->``;
    it goes with the sections below it unless everything named there is fitted.
    """
    lines = text.splitlines()
    hidden = 0
    for at, line in enumerate(lines):
        heading = _HEADING.match(line)
        if heading:
            level = len(heading[1])
            if hidden and level <= hidden:
                hidden = 0
            marks = (_FITTED.match(each.strip()) for each in lines[at + 1 : at + 4])
            needed = {word for mark in marks if mark for word in mark[1].split()}
            if not hidden and not needed <= set(equipment):
                hidden = level
        if not hidden:
            yield line
