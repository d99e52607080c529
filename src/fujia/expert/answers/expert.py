"""Car Expert itself: a question in, a cited answer out."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from fujia.errors import UnknownManual
from fujia.expert.answers.answer import Answer, Citation, Route
from fujia.expert.answers.evidence import Evidence, gather, load_calibration
from fujia.expert.answers.extract import LIMIT, Extract, extract
from fujia.expert.answers.fittings import load_fittings, name_of
from fujia.expert.answers.phrases import load_phrases
from fujia.expert.answers.writer import Writer, supported
from fujia.expert.reading import Hit, Reading, Scope
from fujia.expert.retrieval.context import shown
from fujia.expert.retrieval.corpus import Corpus
from fujia.expert.retrieval.embed import Embedder
from fujia.expert.retrieval.question import Question, parse_question
from fujia.expert.retrieval.rank import Ranked, Weighted, reorder, search, weigh
from fujia.expert.store import ManualStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PASSAGES = 5
_Told = tuple[str, tuple[Citation, ...], Route, str]
"""The text, the places, who wrote it, and the warning at its end."""
_CACHED = 8


class Expert:
    """Answers questions from one store. Several threads may ask at once.

    ``embedder`` makes the search by meaning; ``writer`` writes answers in its own words. Without
    them the words of the manual are found by words and given as they stand. ``equipment`` is what
    the vehicle has, as its profile says; None where no vehicle is known.
    """

    def __init__(
        self,
        store: ManualStore,
        embedder: Embedder | None = None,
        writer: Writer | None = None,
        equipment: Collection[str] | None = None,
    ) -> None:
        self.store = store
        self._equipment = equipment
        self._embedder = embedder
        self._writer = writer
        self._corpora: dict[tuple[int, Scope], Corpus] = {}
        self._lock = Lock()

    def ask(
        self,
        text: str,
        scope: Scope | None = None,
        limit: int = LIMIT,
        writer: Writer | None = None,
    ) -> Answer:
        """Answer a question from the manuals in scope, in at most ``limit`` characters.

        Where manuals in the question's language are in scope, only those are asked. ``writer``
        writes this one answer, in the place of the expert's own.

        Raises:
            UtteranceError: no question, or more than 5,000 characters.
            UnknownManual: no manual is in scope.
            StoreError: the store cannot be read.
        """
        began = time.perf_counter()
        question, ranked, corpus = self._search(text, scope or Scope())
        weighted, writer = weigh(question, corpus), writer or self._writer
        answer = self._answer(question, weighted, ranked, corpus, limit, writer)
        return replace(answer, ms=(time.perf_counter() - began) * 1000)

    def evidence(self, text: str, scope: Scope | None = None) -> Evidence:
        """What speaks for an answer being there, for calibration; raises as ``ask`` does."""
        question, ranked, corpus = self._search(text, scope or Scope())
        return gather(weigh(question, corpus), ranked, corpus)

    def lacks(self, text: str) -> bool:
        """Whether it is about equipment that the vehicle does not have; raises as ``ask``."""
        return self._lacking(parse_question(text)) is not None

    def _lacking(self, question: Question) -> str | None:
        if self._equipment is None:
            return None
        return load_fittings().lacking(question, self._equipment)

    def _search(self, text: str, scope: Scope) -> tuple[Question, list[Ranked], Corpus]:
        question = parse_question(text)
        with self.store.reading() as reading:
            scope = _narrowed(reading, scope, question)
            corpus = self._corpus(reading, scope)
            vector = self._vector(question, corpus)
            found = search(question, reading, scope, corpus, vector)
        return question, reorder(question, found, corpus), corpus

    def embed(
        self, scope: Scope | None = None, progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Give every passage in scope that has none a vector; returns how many it was.

        ``progress`` is called with how many are done, of how many.

        Raises:
            StoreError: the vectors cannot be written.
        """
        if self._embedder is None:
            return 0
        with self.store.reading() as reading:
            hits = reading.all_passages(scope or Scope())
            known, _ = reading.vectors(self._embedder.name, scope or Scope())
        missing = [hit for hit in hits if hit.passage not in set(known)]
        for at in range(0, len(missing), _BATCH):
            batch = missing[at : at + _BATCH]
            vectors = self._embedder.passages([embedded_text(hit) for hit in batch])
            pairs = zip(batch, vectors, strict=True)
            self.store.put_vectors(
                self._embedder.name, {hit.passage: vector for hit, vector in pairs}
            )
            if progress:
                progress(min(at + _BATCH, len(missing)), len(missing))
        return len(missing)

    def _corpus(self, reading: Reading, scope: Scope) -> Corpus:
        key = (reading.revision(), scope)
        with self._lock:
            known = self._corpora.get(key)
        if known is not None:
            return known
        name = self._embedder.name if self._embedder else None
        corpus = Corpus.read(reading, scope, name)
        with self._lock:
            current = {each: kept for each, kept in self._corpora.items() if each[0] == key[0]}
            self._corpora = dict(list(current.items())[-_CACHED:]) | {key: corpus}
        return corpus

    def _vector(self, question: Question, corpus: Corpus) -> "NDArray[np.float32] | None":
        if self._embedder is None or corpus.vectors is None:
            return None
        return self._embedder.query(question.text)

    def _answer(
        self,
        question: Question,
        weighted: Weighted,
        ranked: Sequence[Ranked],
        corpus: Corpus,
        limit: int,
        writer: Writer | None,
    ) -> Answer:
        hits = [each.hit for each in ranked]
        passages = tuple(shown(hits, corpus, PASSAGES))
        evidence = gather(weighted, ranked, corpus)
        calibration = load_calibration()
        weights = calibration.words if corpus.vectors is None else calibration.vectors
        lacking = self._lacking(question)
        if lacking or not hits or not weights.accepts(evidence):
            text = _not_fitted(question, lacking) if lacking else _refusal(question, hits)
            return Answer(text, False, (), passages, "device", 0.0, question.language)
        written = _written(writer, question, weighted, hits[:PASSAGES], limit) if writer else None
        text, citations, route, warning = written or _as_it_stands(
            extract(question, weighted, hits[0], limit)
        )
        return Answer(text, True, citations, passages, route, 0.0, question.language, warning)


_BATCH = 16


def embedded_text(hit: Hit) -> str:
    """What a passage's vector is made of: its headings and its text."""
    return f"{' > '.join(hit.section.path)}\n{hit.text}"


def _narrowed(reading: Reading, scope: Scope, question: Question) -> Scope:
    manuals = [
        manual
        for manual in reading.manuals()
        if (scope.manuals is None or manual.name in scope.manuals)
        and (scope.market is None or manual.market in (None, scope.market))
        and (scope.edition is None or manual.edition == scope.edition)
    ]
    if not manuals:
        raise UnknownManual("no manual is there to ask; add one with 'fujia manual add FILE'")
    own = [manual.name for manual in manuals if manual.language == question.language]
    if scope.language or not own or len(own) == len(manuals):
        return scope
    return replace(scope, manuals=tuple(own))


def _not_fitted(question: Question, item: str) -> str:
    name = name_of(item, question.language)
    return load_phrases(question.language).not_fitted.format(name=name)


def _refusal(question: Question, hits: Sequence[Hit]) -> str:
    phrases = load_phrases(question.language)
    if not hits:
        return phrases.not_found
    page = phrases.page.format(page=hits[0].page) if hits[0].page else ""
    title = hits[0].section.title[:40]
    return phrases.not_found + phrases.nearest.format(title=title, page=page)


def _written(
    writer: Writer, question: Question, weighted: Weighted, hits: Sequence[Hit], limit: int
) -> _Told | None:
    """The model's answer as far as the manual supports it; None leaves it to the extract.

    The warnings that belong to the cited places come last, in the manual's own words.
    """
    draft = writer.write(question.text, [hit.text for hit in hits])
    written = supported(draft, hits) if draft else None
    if written is None:
        return None
    extracts = [extract(question, weighted, hit, limit) for hit in written.cited]
    warned = {each.guard_quote: each.hit for each in extracts if each.guard_quote}
    text = written.text
    for warning in warned:
        text = text.replace(warning, "").strip()
    citations = [_citation(hit, hit.text) for hit in written.cited]
    citations += [_citation(hit, warning) for warning, hit in warned.items()]
    warning = "\n".join(warned)
    told = "\n".join(part for part in (text, warning) if part)
    return told, tuple(citations), "llm", warning


def _as_it_stands(found: Extract) -> _Told:
    quotes = [quote for quote in (found.quote, found.warning_quote) if quote]
    citations = tuple(_citation(found.hit, quote) for quote in quotes)
    return found.text, citations, "device", found.warning_quote


def _citation(hit: Hit, quote: str) -> Citation:
    return Citation(hit.manual, hit.section.id, hit.page, quote)
