"""Asking the manuals of one vehicle: one state of their store, whatever is changed meanwhile."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from fujia.errors import InputError, UnknownManual
from fujia.expert.records import Manual, section_of
from fujia.expert.section import Language, Section
from fujia.expert.segment import pairs, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Scope:
    """Which manuals are asked; None is no restriction."""

    language: Language | None = None
    """Sections in this language only."""
    market: str | None = None
    """Manuals for this market, and those for every market."""
    edition: str | None = None
    manuals: tuple[str, ...] | None = None
    """Names of manuals."""

    def sql(self) -> tuple[str, list[Any]]:
        """A condition on ``manuals m`` and ``sections s``, with its values."""
        terms, values = ["1"], list[Any]()
        if self.language:
            terms.append("s.language = ?")
            values.append(self.language)
        if self.market:
            terms.append("(m.market IS NULL OR m.market = ?)")
            values.append(self.market)
        if self.edition:
            terms.append("m.edition = ?")
            values.append(self.edition)
        if self.manuals is not None:
            terms.append(f"m.name IN ({', '.join('?' * len(self.manuals))})")
            values += self.manuals
        return " AND ".join(terms), values


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    passage: int
    """Its number in this store, until its manual is replaced."""
    manual: str
    section: Section
    start: int
    end: int
    page: int | None
    text: str
    """``section.text[start:end]``"""
    score: float
    """BM25 of its words, higher is better; 0 where it was not searched for by words."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a found word counts for in each column of the index."""

    heading: float = 2.0
    body: float = 1.0
    pairs: float = 0.5


_NO_SCOPE, _DEFAULT_WEIGHTS = Scope(), Weights()


class Reading:
    """One state of the store, whatever is changed meanwhile; see :meth:`ManualStore.reading`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, Section] = {}

    def manuals(self) -> list[Manual]:
        """All manuals, by name."""
        rows = self._connection.execute(
            "SELECT name, title, language, market, edition, format, pages, source_sha256, added"
            " FROM manuals ORDER BY name"
        )
        return [Manual(*row) for row in rows]

    def manual(self, name: str) -> Manual:
        """The manual of that name; raises UnknownManual."""
        for manual in self.manuals():
            if manual.name == name:
                return manual
        known = ", ".join(each.name for each in self.manuals()) or "none"
        raise UnknownManual(f"there is no manual '{name}' (there are: {known})")

    def search(
        self,
        terms: Iterable[str],
        scope: Scope = _NO_SCOPE,
        *,
        weights: Weights = _DEFAULT_WEIGHTS,
        limit: int = 20,
    ) -> list[Hit]:
        """The passages that hold any word of any of ``terms``, best first by BM25.

        ``terms`` are pieces of text, a whole question or one word each; they are segmented as the
        manuals were.
        """
        match = _match(terms)
        if not match:
            return []
        condition, values = scope.sql()
        rows = self._connection.execute(
            f"{_SELECT_HIT}, -bm25(words, ?, ?, ?) AS score FROM words w"
            f" JOIN passages p ON p.id = w.rowid {_JOIN}"
            f" WHERE words MATCH ? AND {condition} ORDER BY score DESC, p.id LIMIT ?",
            [*astuple(weights), match, *values, limit],
        )
        return [self._hit(row) for row in rows]

    def passages(self, numbers: Sequence[int]) -> list[Hit]:
        """The passages of these numbers, in this order; those that are gone are left out."""
        rows = self._connection.execute(
            f"{_SELECT_HIT}, 0.0 FROM passages p {_JOIN}"
            f" WHERE p.id IN ({', '.join('?' * len(numbers))})",
            list(numbers),
        )
        found = {hit.passage: hit for hit in map(self._hit, rows)}
        return [found[number] for number in numbers if number in found]

    def all_passages(self, scope: Scope = _NO_SCOPE) -> list[Hit]:
        """Every passage in scope, in reading order."""
        condition, values = scope.sql()
        rows = self._connection.execute(
            f"{_SELECT_HIT}, 0.0 FROM passages p {_JOIN} WHERE {condition} ORDER BY p.id", values
        )
        return [self._hit(row) for row in rows]

    def section(self, manual: str, section: str) -> Section:
        """The section with that id; raises UnknownManual or InputError."""
        for found in self._sections(manual, "s.slug = ?", section):
            return found
        raise InputError(f"manual '{manual}' has no section '{section}'")

    def sections(self, manual: str) -> list[Section]:
        """All sections in reading order; raises UnknownManual."""
        return self._sections(manual, "1")

    def _sections(self, manual: str, condition: str, *values: str) -> list[Section]:
        name = self.manual(manual).name
        rows = self._connection.execute(
            "SELECT s.slug, s.path, s.language, s.page, s.blocks FROM sections s"
            f" JOIN manuals m ON m.id = s.manual WHERE m.name = ? AND {condition} ORDER BY s.id",
            (name, *values),
        )
        return [section_of(*row) for row in rows]

    def source(self, manual: str) -> bytes | None:
        """The manual's file, where it was kept; raises UnknownManual."""
        name = self.manual(manual).name
        row = self._connection.execute(
            "SELECT content FROM sources JOIN manuals m ON m.id = manual WHERE m.name = ?", (name,)
        ).fetchone()
        return row[0] if row else None

    def vectors(
        self, model: str, scope: Scope = _NO_SCOPE
    ) -> "tuple[list[int], NDArray[np.float32]]":
        """Numbers of the passages in scope that ``model`` has embedded, and a matrix of a row each.

        The matrix has shape (passages, dimensions), or (0, 0) where there is none.
        """
        import numpy as np

        condition, values = scope.sql()
        rows = self._connection.execute(
            f"SELECT p.id, v.vector FROM vectors v JOIN passages p ON p.id = v.passage {_JOIN}"
            f" WHERE v.model = ? AND {condition} ORDER BY p.id",
            [model, *values],
        ).fetchall()
        if not rows:
            return [], np.zeros((0, 0), np.float32)
        matrix = np.frombuffer(b"".join(row[1] for row in rows), np.float32)
        return [row[0] for row in rows], matrix.reshape(len(rows), -1)

    def revision(self) -> int:
        """A number that changes with every change of the store: for caches."""
        row = self._connection.execute("SELECT number FROM revision").fetchone()
        return int(row[0])

    def _hit(self, row: Sequence[Any]) -> Hit:
        number, manual, section, start, end, page, text, score = row
        if section not in self._known:  # many passages of a long section are read once
            found = self._connection.execute(
                "SELECT slug, path, language, page, blocks FROM sections WHERE id = ?", (section,)
            ).fetchone()
            self._known[section] = section_of(*found)
        return Hit(number, manual, self._known[section], start, end, page, text, score)


_SELECT_HIT = "SELECT p.id, m.name, p.section, p.start, p.end, p.page, p.text"
_JOIN = "JOIN sections s ON s.id = p.section JOIN manuals m ON m.id = s.manual"


def _match(terms: Iterable[str]) -> str:
    """An FTS5 expression for any word or pair of the terms; empty where they hold none."""
    kept = list(terms)
    return " OR ".join(
        f"{{{columns}}} : ({' OR '.join(tokens)})"
        for columns, segment in (("heading body", words), ("pairs", pairs))
        if (tokens := dict.fromkeys(f'"{token}"' for term in kept for token in segment(term)))
    )
