"""What Car Expert gives back: an answer, where it stands, and the passages it was taken from."""

from dataclasses import dataclass
from typing import Any, Literal

from fujia.expert.section import Language

Route = Literal["device", "llm"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a manual; ``quote`` stands there letter by letter."""

    manual: str
    section: str
    """The section's id."""
    page: int | None
    """From 1; None in a manual without pages."""
    quote: str

    def as_json(self) -> dict[str, Any]:
        """The citation as the contract shows it."""
        return {
            "manual": self.manual, "section": self.section, "page": self.page, "quote": self.quote,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question."""

    text: str
    answerable: bool
    """False where the manual does not say; ``text`` then says so, and what is nearest."""
    citations: tuple[Citation, ...]
    passages: tuple[str, ...]
    """The five best places, best first, each at most 400 characters."""
    route: Route
    ms: float
    language: Language
    """That of the question."""
    warning: str = ""
    """The warning at the end of ``text``, if there is one."""

    def as_json(self, identity: str | int | None = None) -> dict[str, Any]:
        """The answer as ``manual ask --json`` and ``manual batch`` show it."""
        return {
            "id": identity,
            "answer": self.text,
            "answerable": self.answerable,
            "citations": [citation.as_json() for citation in self.citations],
            "passages": list(self.passages),
            "route": self.route,
            "ms": round(self.ms, 2),
        }
