"""What nobody knows: a switching verb with an unknown thing, a clause of unknown words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.chunks import Chunk
from fujia.understanding.facets import SILENT
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Command, Language
from fujia.understanding.tagger import Token
from fujia.understanding.words import DATA

_LEAST_UNKNOWN = 2
"""Characters that make a word of their own, and not a particle."""
_LEAST_STRANGE = 3
"""Characters before a deed that rather are who does it than a small word."""
_LOST_SHARE = 0.3
"""The share of unknown characters from which on a clause is about something else."""


class AskingFile(BaseModel):
    """How one locale asks for something (``data/<locale>/unknown.yaml``)."""

    model_config = ConfigDict(extra="forbid")

    asks: list[str]
    """Regular expressions for how a clause begins that asks for a deed."""
    demands: list[str] = []
    """Regular expressions for how an utterance begins that asks for what no car does."""


@cache
def _asking(language: Language) -> AskingFile:
    return load_yaml(DATA / {"zh": "zh-CN", "en": "en"}[language] / "unknown.yaml", AskingFile)


@cache
def load_asking(language: Language) -> re.Pattern[str]:
    """How a clause begins that asks for a deed; raises DataError for a broken file."""
    file = _asking(language)
    return re.compile("|".join(f"(?:{one})" for one in [*file.demands, *file.asks]))


@cache
def _demanding(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _asking(language).demands) or r"(?!)")


def unknown_function(said: Normalised, tokens: Sequence[Token]) -> list[Command]:
    """The whole utterance as a function that this car may lack; empty if it asks for none."""
    if not tokens or _negated(tokens):
        return []
    if _demanding(said.language).match(said.text, tokens[0].start):
        return [_command(said, tokens)]
    if not any(map(_switches, tokens)):
        return []
    if all(token.senses for token in tokens):
        return []
    return [_command(said, tokens)]


def passed_over(
    said: Normalised, tokens: Sequence[Token], chunks: Sequence[Chunk], understood: int
) -> list[tuple[int, Command]]:
    """Unknown things that were asked for beside ``understood`` commands, and the token of each.

    What is not understood must not be passed over in silence: 打开座椅加热，打开弹射座椅.
    """
    if _negated(tokens) or sum(map(_switches, tokens)) <= understood:
        return []
    free = {at for chunk in chunks if chunk.match for at in range(chunk.start, chunk.end)}
    spans = [span for span in _unknown_spans(tokens) if not free & set(range(*span))]
    return [(start, _command(said, tokens[start:end])) for start, end in spans]


def unread_clauses(
    said: Normalised, tokens: Sequence[Token], chunks: Sequence[Chunk]
) -> list[tuple[int, Command]]:
    """Clauses that ask for something of which no chunk knows anything, and where they begin.

    打开车窗然后煮杯咖啡 opens the window, and must say that there is no coffee.
    """
    read = {at for one in chunks for at in _read(tokens, one)}
    asks = load_asking(said.language)
    unread: list[tuple[int, Command]] = []
    for start, end in _clauses(tokens, joined=True):
        part = tokens[start:end]
        strange = sum(token.length for token in part if not token.senses)
        if strange < _LEAST_UNKNOWN or read & set(range(start, end)) or _negated(part):
            continue
        if asks.match(said.text, part[0].start, part[-1].end):
            unread.append((start, _command(said, part)))
    return unread


def _read(tokens: Sequence[Token], chunk: Chunk) -> range:
    """The tokens of a chunk from the first to the last that says something."""
    if chunk.match is None and chunk.facets is None:
        return range(0)
    if chunk.match:
        return range(chunk.start, chunk.end)
    saying = [at for at in range(chunk.start, chunk.end) if not _is_small(tokens[at])]
    return range(saying[0], saying[-1] + 1) if saying else range(0)


def _is_small(token: Token) -> bool:
    """Whether it is unknown, or a small word in one of its senses."""
    silent = (all(kind in SILENT for kind, _ in one.marks) for one in token.senses)
    return not token.senses or any(
        quiet and not one.concepts for quiet, one in zip(silent, token.senses, strict=True)
    )


def lost_clauses(
    said: Normalised, tokens: Sequence[Token], chunks: Sequence[Chunk]
) -> list[tuple[int, int]]:
    """The clauses that name something of the car among so many unknown words that it is talk.

    Unknown words before a deed are who does it: 小说的主角打开了车门. Unknown words beside a thing
    that is only named say something about it: 这个座椅按摩真舒服.
    """
    lost: list[tuple[int, int]] = []
    for start, end in _talking_clauses(said, tokens):
        inside = [chunk for chunk in chunks if start < chunk.end and chunk.start < end]
        acting = [chunk for chunk in inside if _acts(chunk)]
        if not acting or acting[-1].end > end or acting[0].start < start:
            continue
        if tokens[start].has("please"):
            continue
        free = {at for chunk in inside if chunk.match for at in range(chunk.start, chunk.end)}
        strange = [at for at in range(start, end) if not tokens[at].senses and at not in free]
        unknown = sum(tokens[at].length for at in strange)
        before = sum(tokens[at].length for at in strange if at < _last_known(tokens, acting[0]))
        share = unknown / sum(token.length for token in tokens[start:end])
        only_named = all(map(is_only_named, acting)) and unknown >= _LEAST_UNKNOWN
        if (
            only_named
            or _has_other_object(tokens, acting[-1], end)
            or (before >= _LEAST_STRANGE and share >= _LOST_SHARE)
        ):
            lost.append((start, end))
    return lost


def _talking_clauses(said: Normalised, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The clauses; those with several requests in parts: boil the kettle and close the roof."""
    asks = load_asking(said.language)
    for start, end in _clauses(tokens):
        if start < end and asks.match(said.text, tokens[start].start, tokens[end - 1].end):
            parts = _clauses(tokens[start:end], joined=True)
            yield from ((start + first, start + last) for first, last in parts)
        else:
            yield start, end


def _has_other_object(tokens: Sequence[Token], chunk: Chunk, end: int) -> bool:
    """Whether the object of a verb is unknown: "unlock the safe"."""
    verb, *after = tokens[chunk.start : min(end, chunk.start + 3)]
    if chunk.end > chunk.start + 3 or len(after) < 2:
        return False
    return verb.has("verb") and after[0].has("article") and not after[1].senses


def handed(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Unknown things that are handed to a verb, from the 把 to behind the verb: 把帐篷关了."""
    for at, word in enumerate(tokens):
        end = at + 1
        while end < len(tokens) and not (_ends(tokens[end]) or tokens[end].has("please")):
            end += 1
        thing = tokens[at + 1 : end]
        named = any(sense.concepts for token in thing for sense in token.senses)
        is_long = sum(token.length for token in thing) >= _LEAST_UNKNOWN
        strange = is_long and not named and any(not token.senses for token in thing)
        if word.has("please") and strange and end < len(tokens) and _switches(tokens[end]):
            yield at, end + 1


def _last_known(tokens: Sequence[Token], chunk: Chunk) -> int:
    return max(at for at in range(chunk.start, chunk.end) if tokens[at].senses)


def _clauses(tokens: Sequence[Token], *, joined: bool = False) -> Iterator[tuple[int, int]]:
    """Where the words between two pauses begin and end; with ``joined`` an "and" begins as well."""
    start = 0
    for at, token in enumerate(tokens):
        if token.has("break"):
            yield start, at
            start = at + 1
        elif joined and token.has("and") and any(not one.has("and") for one in tokens[start:at]):
            yield start, at
            start = at
    yield start, len(tokens)


def _acts(chunk: Chunk) -> bool:
    rule = chunk.rule
    if rule is None or rule.read or rule.wish or rule.alone or rule.text:
        return False
    return bool(rule.needs) or not rule.value  # 听些歌 and 节能模式 say all by themselves


def is_only_named(chunk: Chunk) -> bool:
    """Whether a thing is mentioned, and nothing said of what shall be done to it."""
    rule, facets = chunk.rule, chunk.facets
    if rule is None or facets is None or "not" in facets.flags:
        return False
    if facets.values or facets.has_amount or facets.verbs:
        return False
    return not (rule.read or rule.alone or rule.wish)


def lost_command(said: Normalised, tokens: Sequence[Token]) -> list[Command]:
    """The clause as a function that this car may lack; empty if nothing is switched in it."""
    return [] if _negated(tokens) or not any(map(_switches, tokens)) else [_command(said, tokens)]


def _unknown_spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """A verb, the unknown word right after it, and what follows up to the next pause or verb; or
    an unknown word that is handed to a verb: 把帐篷关了."""
    yield from handed(tokens)
    for at, verb in enumerate(tokens):
        thing = at + 1
        while thing < len(tokens) and tokens[thing].has("article"):
            thing += 1
        if not _switches(verb) or thing >= len(tokens) or not _is_unknown(tokens[thing]):
            continue
        end = thing + 1
        while end < len(tokens) and not _ends(tokens[end]):
            end += 1
        yield at, end


def _is_unknown(token: Token) -> bool:
    return not token.senses and token.length >= _LEAST_UNKNOWN


def _ends(token: Token) -> bool:
    return token.has("break") or token.has("and") or _switches(token)


def _switches(token: Token) -> bool:
    return token.has("verb", "on") or token.has("verb", "off")


def _negated(tokens: Sequence[Token]) -> bool:
    return any(token.has("flag", "not") for token in tokens)


def _command(said: Normalised, tokens: Sequence[Token]) -> Command:
    while len(tokens) > 1 and (tokens[0].has("and") or tokens[0].has("break")):
        tokens = tokens[1:]
    text = said.said(tokens[0].start, tokens[-1].end)
    return Command(skill="unknown.function", args={"text": text})
