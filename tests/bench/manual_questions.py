"""The questions that drivers ask of the handbook and of two small manuals, as data."""

from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.expert.section import Language

DATA = Path(__file__).parent / "data"
MANUALS = {
    "tyres": DATA / "manuals" / "tyres.txt",
    "home_charging": DATA / "manuals" / "home_charging.md",
}
"""The small manuals: rough Chinese running text with flattened tables, and English Markdown."""

Part = Literal["worked with", "held out", "near"]
"""The half to work with, the half that is set aside until the end, and questions of which half are
beside what the handbook tells."""
PARTS: tuple[Part, ...] = get_args(Part)

_FILES: dict[Part, Path] = {
    "worked with": DATA / "manual_questions.yaml",
    "held out": DATA / "manual_questions_held_out.yaml",
    "near": DATA / "manual_questions_near.yaml",
}
_STRICT = ConfigDict(frozen=True, extra="forbid")


class Question(BaseModel):
    """One question, and what a right answer rests on."""

    model_config = _STRICT

    id: str
    question: str
    manual: Literal["handbook", "tyres", "home_charging"]
    language: Language
    """That of the question; the small manuals have one language each, whatever this is."""
    answerable: bool
    held_out: bool
    vehicle: str = "i5"
    """Where it is asked; a handbook leaves out what a vehicle does not have."""
    sections: tuple[str, ...] = ()
    """Any of these answers it: ids of the handbook's sections, headings in the small manuals."""
    keywords: tuple[str, ...] = ()
    """What a right answer has in it, letter by letter."""
    absent: tuple[str, ...] = ()
    """Words that occur nowhere in the handbook, which is why it cannot answer."""


class _File(BaseModel):
    model_config = _STRICT

    questions: tuple[Question, ...]


def load(part: Part) -> tuple[Question, ...]:
    """The questions of one part."""
    return load_yaml(_FILES[part], _File).questions
