"""The place in a section that answers, cut to what fits, with the warning that belongs to it.

Everything here is the manual's own text, letter by letter; only what stands between two pieces of
it is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fujia.expert.reading import Hit
from fujia.expert.retrieval.pieces import Piece, pieces_of
from fujia.expert.retrieval.question import Question
from fujia.expert.retrieval.rank import Weighted, covered, fits
from fujia.expert.section import Block, Section
from fujia.expert.segment import normalise

LIMIT = 200
"""Characters of an answer without a language model."""

_WARNING_LIMIT = 80
_AROUND = 600
"""Characters of the section, before and after the passage, that may answer as well."""

_FIT = 0.25
_TELLING = 0.6
"""The part of the best score from which on a piece answers, and its warning belongs to it."""
_BEFORE, _AFTER = 0.5, 0.25
"""An answer follows the words of its question more often than it precedes them."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What answers: ``section.text[start:end]``, and its warning, from the same section."""

    hit: Hit
    start: int
    end: int
    warning: Piece | None = None
    """What is told after the text; None where it stands within the text already."""
    guard: Piece | None = None
    """The warning that belongs to it, wherever it stands."""

    @property
    def quote(self) -> str:
        """The answering text as it stands in the section."""
        return self.hit.section.text[self.start : self.end]

    @property
    def warning_quote(self) -> str:
        """The warning as it stands in the section, empty where there is none."""
        piece = self.warning
        return self.hit.section.text[piece.start : piece.end] if piece else ""

    @property
    def guard_quote(self) -> str:
        """The warning that belongs to it, wherever it stands; empty where there is none."""
        piece = self.guard
        return self.hit.section.text[piece.start : piece.end] if piece else ""

    @property
    def text(self) -> str:
        """The answer: at most ``LIMIT`` characters, or what was asked for."""
        return "\n".join(part for part in (self.quote, self.warning_quote) if part)


def extract(question: Question, weighted: Weighted, hit: Hit, limit: int = LIMIT) -> Extract:
    """The best run of sentences, steps or rows around a passage, of at most ``limit`` characters.

    A warning in or next to the blocks that it comes from is kept, if need be in its first words.
    """
    text = hit.section.text
    pieces = pieces_of(text, *_range(hit))
    if not pieces:
        return Extract(hit, hit.start, min(hit.end, hit.start + limit))
    scores = _scores(question, weighted, text, pieces)
    start, end = _best_run(pieces, scores, limit, text)
    start, end = _from_first_step(hit.section, start, end, limit)
    warning = guard = _warning(hit.section, *_core(pieces, scores, start, end))
    if warning:
        room = limit - (warning.end - warning.start) - 1
        start, end = _best_run(pieces, scores, room, text, apart=warning)
        start, end = _from_first_step(hit.section, start, end, room)
        if start < warning.end and warning.start < end:
            warning = None  # it stands within the run
    return Extract(hit, start, end, warning, guard)


def _range(hit: Hit) -> tuple[int, int]:
    """Where to look: the passage, and what stands around it in its section."""
    return max(0, hit.start - _AROUND), min(len(hit.section.text), hit.end + _AROUND)


def _scores(
    question: Question, weighted: Weighted, text: str, pieces: Sequence[Piece]
) -> list[float]:
    """What each piece adds to an answer: its own share of the question, and its neighbours'."""
    parts = [normalise(text[piece.start : piece.end]) for piece in pieces]
    own = [covered(weighted, part) for part in parts]
    near = [
        here + _BEFORE * before + _AFTER * after
        for before, here, after in zip([0.0, *own[:-1]], own, [*own[1:], 0.0], strict=True)
    ]
    return [
        score + _FIT * fits(question, part) * min(1.0, 2 * score)
        for score, part in zip(near, parts, strict=True)
    ]


def _best_run(
    pieces: Sequence[Piece],
    scores: Sequence[float],
    limit: int,
    text: str,
    apart: Piece | None = None,
) -> tuple[int, int]:
    """The run of pieces of at most ``limit`` characters with the highest sum.

    Of equal runs the longer one wins: what follows belongs to it. A single piece that is too long
    is cut. A run never begins within the warning ``apart``.
    """
    best, chosen = (-1.0, 0), (pieces[0].start, min(pieces[0].end, pieces[0].start + limit))
    for first, opening in enumerate(pieces):
        if apart and apart.start <= opening.start < apart.end:
            continue
        total = 0.0
        for last in range(first, len(pieces)):
            if pieces[last].end - opening.start > limit and last > first:
                break
            total += scores[last]
            end = min(pieces[last].end, opening.start + limit)
            rank = (round(total, 6), end - opening.start)
            if rank > best:
                best, chosen = rank, (opening.start, end)
    return chosen


def _from_first_step(section: Section, start: int, end: int, limit: int) -> tuple[int, int]:
    """Where a run begins among steps, the run that begins with the first of them.

    Unless what was found would no longer fit: the step itself is then worth more than the way.
    """
    for block, low, high in _placed(section):
        if block.kind == "steps" and low < start < high:
            pieces = [piece for piece in pieces_of(section.text, low, end) if piece.end > low]
            first_found = next((piece.end for piece in pieces if piece.start >= start), end)
            if first_found - low <= limit:
                fitting = [piece.end for piece in pieces if piece.end - low <= limit]
                return low, max(fitting, default=end)
    return start, end


def _core(
    pieces: Sequence[Piece], scores: Sequence[float], start: int, end: int
) -> tuple[int, int]:
    """From the first to the last piece of a run that answers; the rest only fills it."""
    run = [
        (piece, score)
        for piece, score in zip(pieces, scores, strict=True)
        if start <= piece.start < end
    ]
    best = max((score for _, score in run), default=0.0)
    told = [piece for piece, score in run if score >= best * _TELLING]
    return (told[0].start, min(told[-1].end, end)) if told else (start, end)


def _warning(section: Section, start: int, end: int) -> Piece | None:
    """The warning in or next to the blocks of ``text[start:end]``, in its first sentences."""
    placed = _placed(section)
    touched = [at for at, (_, low, high) in enumerate(placed) if low < end and start < high]
    if not touched:
        return None
    around = range(max(0, touched[0] - 1), min(len(placed), touched[-1] + 2))
    for at in sorted(around, key=lambda at: min(abs(at - each) for each in touched)):
        block, low, high = placed[at]
        if block.kind == "warning":
            return _shortened(section.text, low, high)
    return None


def _placed(section: Section) -> list[tuple[Block, int, int]]:
    """The blocks with where they begin and end in the section's text."""
    placed, at = list[tuple[Block, int, int]](), 0
    for block in section.blocks:
        placed.append((block, at, at + len(block.text)))
        at += len(block.text) + 1
    return placed


def _shortened(text: str, start: int, end: int) -> Piece:
    """As many whole sentences as fit, and at least the beginning of the first."""
    if end - start <= _WARNING_LIMIT:
        return Piece(start, end)
    fitting = [each for each in pieces_of(text, start, end) if each.end - start <= _WARNING_LIMIT]
    return Piece(start, fitting[-1].end if fitting else start + _WARNING_LIMIT)
