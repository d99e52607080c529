"""The rough manual of an invented maker, read once, and experts on it."""

from functools import cache
from pathlib import Path

from fujia.expert.answers.expert import Expert
from fujia.expert.answers.writer import Writer
from fujia.expert.documents import read
from fujia.expert.retrieval.embed import Embedder
from fujia.expert.section import Block, BlockKind, Document, Section
from fujia.expert.store import ManualStore

ROUGH = Path(__file__).parent / "data" / "rough-manual.txt"


@cache
def rough() -> Document:
    """The rough manual."""
    return read(ROUGH)


def rough_expert(
    folder: Path, embedder: Embedder | None = None, writer: Writer | None = None
) -> Expert:
    """An expert on the rough manual alone, with vectors where there is an embedder."""
    store = ManualStore(folder / "rough.sqlite")
    store.add(rough(), "rough")
    expert = Expert(store, embedder, writer)
    expert.embed()
    return expert


def section(*blocks: tuple[BlockKind, str], title: str = "尾门", id_: str = "tailgate") -> Section:
    """A section of blocks, each given by its kind and its lines."""
    made = tuple(Block(kind, tuple(text.split("\n"))) for kind, text in blocks)
    return Section(id_, (title,), "zh", made)


def document(*sections: Section) -> Document:
    """A document of sections."""
    return Document("手册", "zh", sections, None, "0" * 64, "text")
