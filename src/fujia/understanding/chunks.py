"""Splitting an utterance into chunks, one command each: the best cover by readings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fujia.understanding.commands import arguments, turn
from fujia.understanding.facets import SILENT, Facets, readings
from fujia.understanding.freewords import load_freewords
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Argument
from fujia.understanding.rules import Rule, Rules
from fujia.understanding.tagger import Token
from fujia.understanding.templates import Match, Templates

_SENTENCE_END = re.compile(r"(?<!\bst)(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bms)[.!?]\s", re.IGNORECASE)
_LONGEST_CHUNK = 14
_LONGEST_FREE_CHUNK = 40
_CHUNK_COST = 0.9
_BARE_COST = 0.5
_UNKNOWN_COST = 0.9
_UNUSED_COST = 0.8
_FREE_WORTH = 0.55
_BREAK_COST = 0.8
_REPEAT_COST = 2.0
_SPLIT_WORD_COST = 2.4
_SPLIT_FIRST_COST = 3.0
"""放倒副驾 does not play 倒副驾."""
_VAGUE_COST = 1.0
_LATE_AMOUNT_COST = 0.6
"""How much is said after the thing, seldom before it."""
_EMPTY_COST = 4.0
"""Free words that are only "the" or "and" name nothing."""
_DANGLING_COST = 1.5
"""Free words that end in "and then" hold the beginning of another command."""
_SWALLOW_COST = 8.0
"""Free words that hold "and" and a verb hold another command."""
_JOIN_COST = 1.6
""""The sunroof and the shade" are two things, though a shade may be the sunroof's."""
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
        cost = _UNUSED_COST if token.senses else _UNKNOWN_COST
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
        if end - start <= _LONGEST_CHUNK:
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
        best: Chunk | None = None
        for match in self.templates.matches(said.text, begin, stop):
            if _runs_on(said, match):
                continue
            score = match.literal + _FREE_WORTH * match.free - _CHUNK_COST
            score -= _slot_costs(said, match, tokens[start:end], begin)
            if best is None or score > best.score:
                best = Chunk(start, end, score, match=match)
        return best

    def _read(self, facets: Facets, start: int, end: int, carry: bool) -> Chunk | None:
        best: Chunk | None = None
        for rule in self._candidates(facets):
            args = arguments(rule, facets)
            if args is None:
                continue
            chunk = Chunk(start, end, _score(rule, facets), rule, facets, args)
            if best is None or chunk.score > best.score:
                best = chunk
        if best is None and "not" in facets.flags and not facets.repeats:
            score = facets.said - _UNKNOWN_COST * facets.unknown - _CHUNK_COST
            return Chunk(start, end, score, facets=facets, is_left_alone=True)
        if best is None and carry and facets.is_bare and _says_something(facets):
            score = facets.said - _UNKNOWN_COST * facets.unknown - _CHUNK_COST - _BARE_COST
            score -= _JOIN_COST * ("and" in facets.flags)
            return Chunk(start, end, score, facets=facets)
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


def _edges(token: Token) -> Sequence[int]:
    return (token.start, token.end) if token.senses else range(token.start, token.end + 1)


def _slot_costs(said: Normalised, match: Match, tokens: Sequence[Token], begin: int) -> float:
    """What speaks against free words: they cut a word, or stand first and are known things."""
    edges = {edge for token in tokens for edge in _edges(token)}
    idle_words = load_freewords(said.language).idle_end
    cost = 0.0
    for start, end in match.slots.values():
        cost += _SPLIT_WORD_COST * ((start not in edges) + (end not in edges))
        cuts_first = said.language == "zh" and begin < start < tokens[0].end
        cost += _SPLIT_FIRST_COST * (cuts_first and _names_thing(tokens[0]))
        inside = [token for token in tokens if start <= token.start and token.end <= end]
        cost += _SWALLOW_COST * _second_commands(inside)
        idle = said.language == "zh" and said.text[start:end] in idle_words
        cost += _EMPTY_COST * (idle or (bool(inside) and all(map(_is_small, inside))))
        cost += _DANGLING_COST * (len(inside) > 1 and inside[-1].has("and"))
        if start == begin:
            cost += 0.8 * sum(
                token.length
                for token in tokens
                if start <= token.start < end and any(sense.concepts for sense in token.senses)
            )
    return cost


def _names_thing(token: Token) -> bool:
    return any(sense.concepts for sense in token.senses)


def _runs_on(said: Normalised, match: Match) -> bool:
    """Whether free words run into the next sentence."""
    if said.language != "en":
        return False
    return any(_SENTENCE_END.search(said.said(*span)) for span in match.slots.values())


def _is_silent(token: Token) -> bool:
    return bool(token.senses) and any(
        not sense.concepts and all(kind in SILENT for kind, _ in sense.marks)
        for sense in token.senses
    )


def _is_small(token: Token) -> bool:
    return token.has("article") or token.has("and")


def _second_commands(tokens: Sequence[Token]) -> int:
    return sum(
        (token.has("and") or token.has("break"))
        and any(after.has("verb") or after.has("media") for after in following)
        for i, token in enumerate(tokens)
        for following in [tokens[i + 1 : i + 4]]
    )


def _says_something(facets: Facets) -> bool:
    return bool(facets.verbs or facets.has_amount or "same" in facets.flags)


def _score(rule: Rule, facets: Facets) -> float:
    known = {*rule.needs, *rule.also}
    unused = sum(length for concept, length in facets.concepts.items() if concept not in known)
    unused += sum(
        length
        for kind, length in facets.value_lengths.items()
        if kind not in rule.value and kind not in rule.also
    )
    if facets.has_amount and rule.amount is None:
        unused += 1
    if facets.zones and rule.zone is None:
        unused += 1
    score = facets.said - (1 + _UNUSED_COST) * unused - _UNKNOWN_COST * facets.unknown
    bare = turn(rule, facets) is None and not facets.has_amount and not facets.values
    if bare and not (rule.read or rule.alone or rule.wish):
        score -= _BARE_COST
    if not rule.needs and not facets.values and not (facets.verbs or "to" in facets.flags):
        score -= _VAGUE_COST
    if "to" in facets.flags and facets.changes and facets.number is None and facets.end is None:
        score -= 0.5
    if "off" in facets.verbs and (facets.number is not None or facets.end) and not rule.rises_off:
        score -= _REPEAT_COST
    score -= _REPEAT_COST * facets.repeats
    score -= _LATE_AMOUNT_COST * facets.begins_with_amount
    if "and" in facets.flags and any(concept in rule.also for concept in facets.concepts):
        score -= _JOIN_COST
    return score + rule.weight + 0.05 * len(rule.needs) - _CHUNK_COST
