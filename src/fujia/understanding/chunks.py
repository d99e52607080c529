"""Splitting an utterance into chunks, one command each: the best cover by readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fujia.understanding.commands import arguments
from fujia.understanding.facets import SILENT, Facets, readings
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Argument
from fujia.understanding.rules import Rule, Rules
from fujia.understanding.scoring import (
    UNKNOWN_COST,
    UNUSED_COST,
    bare_score,
    carried_score,
    free_score,
    rule_score,
    runs_on,
)
from fujia.understanding.tagger import Token
from fujia.understanding.templates import Match, Templates

_LONGEST_CHUNK = 14
_LONGEST_FREE_CHUNK = 40
_BREAK_COST = 0.8
_NOT_COST = 10.0
"""A "don't" must never be passed over."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of tokens and how it was read. Neither rule nor match: it was skipped."""

    start: int
    end: int
    score: float
    rule: Rule | None = None
    facets: Facets | None = None
    args: dict[str, Argument] | None = None
    match: Match | None = None
    is_left_alone: bool = False
    """Whether it says not to do something: 不要开窗."""

    @property
    def is_carried(self) -> bool:
        """Whether the thing must come from the command before: "a bit more"."""
        return self.facets is not None and self.rule is None and not self.is_left_alone


class Splitter:
    """Finds the best chunks of a tagged utterance."""

    def __init__(self, rules: Rules, templates: Templates) -> None:
        self.rules = rules
        self.templates = templates

    def split(self, said: Normalised, tokens: Sequence[Token], has_last: bool) -> list[Chunk]:
        """The chunks that cover the tokens best, skipped ones included."""
        best: list[tuple[float, list[Chunk]]] = [(0.0, [])]
        for end in range(1, len(tokens) + 1):
            skipped = self._skip(tokens, end - 1)
            options = [(best[end - 1][0] + skipped.score, best[end - 1][1], skipped)]
            for start in range(max(0, end - _LONGEST_FREE_CHUNK), end):
                before, chunks = best[start]
                chunk = self._best_chunk(said, tokens, start, end, has_last or bool(chunks))
                if chunk is not None:
                    options.append((before + chunk.score, chunks, chunk))
            score, chunks, chunk = max(options, key=lambda option: option[0])
            best.append((score, [*chunks, chunk]))
        return best[-1][1]

    def _skip(self, tokens: Sequence[Token], at: int) -> Chunk:
        token = tokens[at]
        if token.has("flag", "not"):
            return Chunk(at, at + 1, -_NOT_COST)
        if _is_silent(token):
            return Chunk(at, at + 1, 0.0)
        cost = UNUSED_COST if token.senses else UNKNOWN_COST
        return Chunk(at, at + 1, -cost * token.length)

    def _best_chunk(
        self, said: Normalised, tokens: Sequence[Token], start: int, end: int, carry: bool
    ) -> Chunk | None:
        span = tokens[start:end]
        if span[0].has("break") or span[-1].has("break"):
            return None
        breaks = sum(token.has("break") for token in span)
        best: Chunk | None = None
        if not breaks or said.language == "en":
            best = self._free(said, tokens, start, end)
        if end - start <= _LONGEST_CHUNK and not _has_piece(tokens, start, end):
            for facets in readings(span):
                chunk = self._read(facets, start, end, carry)
                if chunk is not None:
                    chunk = replace(chunk, score=chunk.score - _BREAK_COST * breaks)
                    if best is None or chunk.score > best.score:
                        best = chunk
        return best

    def _free(
        self, said: Normalised, tokens: Sequence[Token], start: int, end: int
    ) -> Chunk | None:
        begin, stop = tokens[start].start, tokens[end - 1].end
        stop = begin + len(said.text[begin:stop].rstrip())
        best: Chunk | None = None
        for match in self.templates.matches(said.text, begin, stop):
            if runs_on(said, match):
                continue
            score = free_score(said, match, tokens[start:end], begin)
            if best is None or score > best.score:
                best = Chunk(start, end, score, match=match)
        return best

    def _read(self, facets: Facets, start: int, end: int, carry: bool) -> Chunk | None:
        best: Chunk | None = None
        for rule in self._candidates(facets):
            args = arguments(rule, facets)
            if args is None:
                continue
            chunk = Chunk(start, end, rule_score(rule, facets), rule, facets, args)
            if best is None or chunk.score > best.score:
                best = chunk
        if best is None and "not" in facets.flags and not facets.repeats:
            return Chunk(start, end, bare_score(facets), facets=facets, is_left_alone=True)
        if best is None and carry and facets.is_bare and _says_something(facets):
            return Chunk(start, end, carried_score(facets), facets=facets)
        return best

    def _candidates(self, facets: Facets) -> list[Rule]:
        found: list[Rule] = []
        for concept in facets.concepts:
            found += self.rules.by_concept.get(concept, ())
        for kind in facets.values:
            found += self.rules.by_value.get(kind, ())
        if not found and facets.number is not None:
            found += self.rules.by_unit.get(facets.unit, ())
        return [
            rule
            for rule in found
            if all(need in facets.concepts for need in rule.needs)
            and (rule.flag is None or rule.flag in facets.flags)
        ]


def _has_piece(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a thing of one character touches an unknown word: 热 is no heat in 电热毯."""
    return any(
        token.length == 1
        and any(sense.concepts for sense in token.senses)
        and any(not beside.senses for beside in (tokens[max(0, at - 1)], *tokens[at + 1 : at + 2]))
        for at, token in enumerate(tokens[start:end], start)
    )


def _is_silent(token: Token) -> bool:
    return bool(token.senses) and any(
        not sense.concepts and all(kind in SILENT for kind, _ in sense.marks)
        for sense in token.senses
    )


def _says_something(facets: Facets) -> bool:
    return bool(facets.verbs or facets.has_amount or "same" in facets.flags)
