"""What the manuals of a vehicle say and what their pages look like."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from pydantic import Field
from starlette.responses import Response

from fujia.cabin.folders import data_folder
from fujia.expert.library import open_library
from fujia.expert.picture import picture_of
from fujia.expert.quotes import boxes_of
from fujia.expert.reading import Reading
from fujia.expert.records import Manual
from fujia.expert.section import Block, BlockKind, Language, Section
from fujia.expert.store import ManualStore
from fujia.serve.routes.common import TheHouse, needs, problems
from fujia.serve.schemas import Shown

router = APIRouter(
    prefix="/vehicles/{vehicle}/manuals",
    tags=["manuals"],
    dependencies=[Depends(needs("reader"))],
    responses=problems(404, 503),
)
Name = Annotated[str, Path(max_length=200)]


class ManualShown(Shown):
    """A manual of a vehicle."""

    name: str = Field(examples=["handbook-en"])
    title: str
    language: Language
    market: str | None
    edition: str | None
    pages: int | None = Field(description="null in a manual without pages")

    @classmethod
    def of(cls, manual: Manual) -> "ManualShown":
        """The manual as it is in the store."""
        return cls(
            name=manual.name, title=manual.title, language=manual.language, market=manual.market,
            edition=manual.edition, pages=manual.pages,
        )  # fmt: skip


class BlockShown(Shown):
    """A part of a section; a row of a table has ' | ' between its cells."""

    kind: BlockKind
    lines: list[str]
    page: int | None

    @classmethod
    def of(cls, block: Block) -> "BlockShown":
        """The block as it was read."""
        return cls(kind=block.kind, lines=list(block.lines), page=block.page)


class SectionShown(Shown):
    """What stands under one heading: text, steps, tables and warnings, in order."""

    manual: str
    id: str = Field(examples=["light-auto"])
    path: list[str] = Field(description="the headings it stands under; its own is the last")
    language: Language
    page: int | None
    blocks: list[BlockShown]

    @classmethod
    def of(cls, manual: str, section: Section) -> "SectionShown":
        """The section as it was read."""
        return cls(
            manual=manual, id=section.id, path=list(section.path), language=section.language,
            page=section.page, blocks=[BlockShown.of(block) for block in section.blocks],
        )  # fmt: skip


def library(house: TheHouse, vehicle: Name) -> ManualStore:
    """The manuals of a vehicle; raises UnknownVehicle or StoreError."""
    profile = house.sessions.garage.profile(vehicle)
    return open_library(data_folder(), profile.id, profile.equipment)


Library = Annotated[ManualStore, Depends(library)]


@router.get("")
def list_manuals(store: Library) -> list[ManualShown]:
    """The manuals of a vehicle model."""
    with store.reading() as reading:
        return [ManualShown.of(manual) for manual in reading.manuals()]


@router.get("/{manual}/sections/{section}")
def section_of(store: Library, manual: Name, section: Name) -> SectionShown:
    """A section as text."""
    with store.reading() as reading:
        return SectionShown.of(manual, _find(reading, manual, section))


_PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("/{manual}/pages/{page}.png", response_class=Response, responses=_PNG)
def page_of(
    store: Library,
    manual: Name,
    page: Annotated[int, Path(ge=1, le=100_000)],
    section: Annotated[
        str | None, Query(max_length=200, description="mark this section on the page")
    ] = None,
    quote: Annotated[
        list[str] | None, Query(max_length=10, description="mark only where these words stand")
    ] = None,
    width: Annotated[int, Query(ge=200, le=2000, description="pixels across")] = 1000,
) -> Response:
    """A page of a PDF manual as a picture."""
    with store.reading() as reading:
        known = reading.manual(manual)
        source = reading.source(manual)
        found = _find(reading, manual, section) if section else None
    if source is None or known.pages is None:
        raise HTTPException(404, f"manual '{manual}' has no pages; ask for its sections")
    if page > known.pages:
        raise HTTPException(404, f"there is no page {page}: it has {known.pages}")
    marks = boxes_of(found, quote or ()) if found else ()
    picture = picture_of(source, page, marks, width)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, no-cache"})


def _find(reading: Reading, manual: str, section: str) -> Section:
    """A section; raises UnknownManual, or HTTPException where the manual has none of that id."""
    for each in reading.sections(manual):
        if each.id == section:
            return each
    raise HTTPException(404, f"manual '{manual}' has no section '{section}'")
