"""The manuals of the benchmark with their questions, as retrieval sees them.

``rough`` is a manual of an invented maker as running text with rough headings and flattened
tables; the others are the default handbook, as each vehicle has it, and two leaflets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.expert.answers.expert import Expert
from fujia.expert.documents import read
from fujia.expert.library import handbook
from fujia.expert.retrieval.embed import Embedder
from fujia.expert.section import Document
from fujia.expert.store import ManualStore
from fujia.vehicle import load_profile
from tests.bench.manual_questions import MANUALS, Part, Question, load

ROUGH = Path(__file__).parents[1] / "expert" / "data"


@dataclass(frozen=True)
class Asked:
    """A question; ``keywords`` stand in a right answer, ``sections`` (ids or headings) hold it."""

    question: str
    answerable: bool
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class RoughAsked(BaseModel):
    """A question to the rough manual; without keywords it has no answer there."""

    model_config = ConfigDict(extra="forbid")

    ask: str
    keywords: tuple[str, ...] = ()


class RoughFile(BaseModel):
    """The questions to the rough manual."""

    model_config = ConfigDict(extra="forbid")

    questions: list[RoughAsked]


@dataclass(frozen=True)
class ManualSet:
    """One manual and the questions to it."""

    name: str
    document: Document
    questions: tuple[Asked, ...]
    equipment: tuple[str, ...] | None = None
    """What the vehicle has; None where the manual is of none."""

    def expert(self, folder: Path, embedder: Embedder | None) -> Expert:
        """Car Expert over this manual alone, in a store of its own in ``folder``."""
        store = ManualStore(folder / f"{self.name}.sqlite")
        store.add(self.document, self.name)
        expert = Expert(store, embedder, equipment=self.equipment)
        expert.embed()
        return expert


def load_sets(part: Part = "worked with") -> list[ManualSet]:
    """The sets of one part; the rough manual belongs to the half to work with."""
    asked = sorted(load(part), key=_source)
    sets = [_rough()] if part == "worked with" else []
    for source, questions in groupby(asked, key=_source):
        own = tuple(
            Asked(each.question, each.answerable, each.sections, each.keywords)
            for each in questions
        )
        fitted = load_profile(source[2]).equipment if source[0] == "handbook" else None
        sets.append(ManualSet("-".join(source), _document(*source), own, fitted))
    return sets


def experts(
    sets: Sequence[ManualSet], embedder: Embedder | None
) -> Iterator[tuple[ManualSet, Expert]]:
    """Each set with its expert; the stores go again at the end."""
    for each in sets:
        with TemporaryDirectory(prefix="fujia-bench-") as folder:
            yield each, each.expert(Path(folder), embedder)


def _source(question: Question) -> tuple[str, ...]:
    """Which manual a question is asked of; the leaflets have one language each."""
    if question.manual == "handbook":
        return (question.manual, question.language, question.vehicle)
    return (question.manual,)


def _document(manual: str, language: str = "", vehicle: str = "") -> Document:
    if manual != "handbook":
        return read(MANUALS[manual])
    return handbook("zh" if language == "zh" else "en", load_profile(vehicle).equipment)


def _rough() -> ManualSet:
    asked = load_yaml(ROUGH / "rough-questions.yaml", RoughFile).questions
    questions = tuple(Asked(each.ask, bool(each.keywords), (), each.keywords) for each in asked)
    return ManualSet("rough", read(ROUGH / "rough-manual.txt"), questions)
