"""Splitting an utterance into chunks, one command each: the best cover by readings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fujia.understanding.commands import arguments
from fujia.understanding.facets import SILENT, Facets, Readings
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
"""A "don't" or an "except" must never be passed over."""
_SOUNDING = ("media.", "radio.", "video.")
"""Skills with free words after which "louder" speaks of what was asked for."""
_TORN_COST = 1.5
"""The last word goes with what comes after: a place before a thing, a verb after a pause."""


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
    def is_read(self) -> bool:
        """Whether it was understood, and not skipped."""
        return self.facets is not None or self.match is not None

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
        spans: list[_Span] = []
        for end in range(1, len(tokens) + 1):
            skipped = self._skip(tokens, end - 1)
            options = [(best[end - 1][0] + skipped.score, best[end - 1][1], skipped)]
            spans.append(_Span(tokens, end - 1))
            for span in spans[-_LONGEST_FREE_CHUNK:]:
                before, chunks = best[span.start]
                span.grow()
                chunk = self._best_chunk(said, span, _carries(chunks, has_last))
                if chunk is not None:
                    options.append((before + chunk.score, chunks, chunk))
            score, chunks, chunk = max(options, key=lambda option: option[0])
            best.append((score, [*chunks, chunk]))
        return best[-1][1]

    def _skip(self, tokens: Sequence[Token], at: int) -> Chunk:
        token = tokens[at]
        if token.has("flag", "not") or token.has("flag", "except"):
            return Chunk(at, at + 1, -_NOT_COST)
        if is_silent(token):
            return Chunk(at, at + 1, 0.0)
        cost = UNUSED_COST if token.senses else UNKNOWN_COST
        return Chunk(at, at + 1, -cost * max(1, token.length))

    def _best_chunk(self, said: Normalised, span: "_Span", carry: bool) -> Chunk | None:
        if span.begins_or_ends_with_break or span.is_cut:
            return None
        if said.language == "en" and (span.ends_with_a_second_deed or span.is_exception):
            return None
        best: Chunk | None = None
        if not span.breaks or said.language == "en":
            best = self._free(said, span.tokens, span.start, span.end)
        for facets in span.facets():
            chunk = self._read(facets, span.start, span.end, carry)
            if chunk is not None and span.breaks and chunk.rule and chunk.rule.text:
                continue  # words that are copied end where the clause ends
            cost = _BREAK_COST * span.breaks + _TORN_COST * span.is_torn
            if chunk is not None and cost:
                chunk = replace(chunk, score=chunk.score - cost)
            if chunk is not None and (best is None or chunk.score > best.score):
                best = chunk
        return best

    def _free(
        self, said: Normalised, tokens: Sequence[Token], start: int, end: int
    ) -> Chunk | None:
        begin, stop = tokens[start].start, tokens[end - 1].end
        stop = begin + len(said.text[begin:stop].rstrip())
        best: Chunk | None = None
        matches = self.templates.matches(said.text, begin, stop) if begin < stop else ()
        for match in matches:
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


class _Span:
    """Tokens that may be one command. It grows to the right, and what it may say with it."""

    def __init__(self, tokens: Sequence[Token], start: int) -> None:
        self.tokens, self.start = tokens, start
        self.end: int = start
        self.breaks = 0
        self.begins_or_ends_with_break = False
        self.is_cut = False
        """Whether a pause that nobody spoke parts two commands in it."""
        self._readings: Readings | None = None if tokens[start].has("break") else Readings()

    def grow(self) -> None:
        """Take in the next token."""
        last = self.tokens[self.end]
        is_break = last.has("break")
        self.breaks += is_break
        self.is_cut = self.is_cut or (is_break and not last.length)
        self.begins_or_ends_with_break = is_break or self.tokens[self.start].has("break")
        if self.end - self.start >= _LONGEST_CHUNK or _is_piece(self.tokens, self.end):
            self._readings = None
        elif self._readings is not None:
            self._readings.add(last)
        self.end += 1

    @property
    def ends_with_a_second_deed(self) -> bool:
        """Whether it ends in an "and" and a verb, whose thing comes behind: "heat it and close"."""
        at = self.end - 1
        while at > self.start and self.tokens[at].has("article"):
            at -= 1
        if at < self.start + 2 or self.end == len(self.tokens):
            return False
        joint, deed, after = self.tokens[at - 1], self.tokens[at], self.tokens[self.end]
        begins = deed.has("verb", "on") or deed.has("verb", "off") or deed.has("change")
        return joint.has("and") and begins and not after.has("break")

    @property
    def is_exception(self) -> bool:
        """Whether it begins with what the command before it leaves out: "... except mine"."""
        before = self.tokens[self.start - 1] if self.start else None
        left_out = self.tokens[self.start].has("flag", "except")
        return left_out and before is not None and not before.has("break")

    @property
    def is_torn(self) -> bool:
        """Whether the last word goes with the next: 左窗和右|窗, 车道保持，关闭|启停."""
        if self.end == len(self.tokens):
            return False
        if self._waits_for_a_verb:
            return True
        if self.end - self.start < 2:
            return False
        before, last, after = (
            self.tokens[self.end - 2],
            self.tokens[self.end - 1],
            self.tokens[self.end],
        )
        if last.has("flag", "mine"):
            return before.has("and")  # "22 in the back and mine | to 20"
        if last.has("verb") and before.has("break"):
            return not after.has("break") and not after.has("and")
        return last.has("zone") and not _is_thing(last) and before.has("and") and _is_thing(after)

    @property
    def _waits_for_a_verb(self) -> bool:
        """Whether the verb of its last thing comes next: 把音乐|停了, 视频|也关了."""
        last, after = self.tokens[self.end - 1], self.tokens[self.end : self.end + 2]
        if last.has("flag", "also"):
            return after[0].has("verb") and self.end > 1 and _is_thing(self.tokens[self.end - 2])
        if last.has("verb") or not _is_thing(last):
            return False
        if after[0].has("flag", "also"):
            return len(after) > 1 and after[1].has("verb")
        handed = self.end > 1 and self.tokens[self.end - 2].has("please")
        return handed and after[0].has("verb")

    def facets(self) -> Iterable[Facets]:
        """What it may say by words and rules; nothing if it is too long, or cuts a word."""
        return () if self._readings is None else self._readings.facets()


def _carries(chunks: Sequence[Chunk], has_last: bool) -> bool:
    """Whether words without a thing may speak of what was said before them.

    After the name of a place or a person a number belongs to the name: "to Terminal Five".
    """
    said = [chunk for chunk in chunks if chunk.is_read]
    if not said or said[-1].match is None:
        return has_last or bool(said)
    return said[-1].match.template.skill.startswith(_SOUNDING)


def _is_piece(tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing of one character touches an unknown word: 热 is no heat in 电热毯."""
    token = tokens[at]
    if token.length != 1 or not _is_thing(token):
        return False
    return any(not beside.senses for beside in (tokens[max(0, at - 1)], *tokens[at + 1 : at + 2]))


def _is_thing(token: Token) -> bool:
    return any(sense.concepts for sense in token.senses)


def is_silent(token: Token) -> bool:
    """Whether a word may be passed over: it asks for nothing by itself."""
    return bool(token.senses) and any(
        not sense.concepts and all(kind in SILENT for kind, _ in sense.marks)
        for sense in token.senses
    )


def _says_something(facets: Facets) -> bool:
    leaves_out = "except" in facets.flags
    asks = facets.verbs or facets.has_amount or {"same", "other"} & facets.flags
    return bool(asks) and not leaves_out
