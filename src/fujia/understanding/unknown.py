"""What nobody knows: a switching verb with an unknown thing, a clause of unknown words."""

from collections.abc import Iterator, Sequence

from fujia.understanding.chunks import Chunk
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Command
from fujia.understanding.tagger import Token

_LEAST_UNKNOWN = 2
"""Characters that make a word of their own, and not a particle."""
_LEAST_STRANGE = 3
"""Characters before a deed that rather are who does it than a small word."""
_LOST_SHARE = 0.3
"""The share of unknown characters from which on a clause is about something else."""


def unknown_function(said: Normalised, tokens: Sequence[Token]) -> list[Command]:
    """The whole utterance as a function that this car may lack; empty if it asks for none."""
    if not tokens or _negated(tokens) or not any(map(_switches, tokens)):
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


def lost_clauses(tokens: Sequence[Token], chunks: Sequence[Chunk]) -> list[tuple[int, int]]:
    """The clauses that name something of the car among so many unknown words that it is talk.

    Unknown words before a deed are who does it: 小说的主角打开了车门. Unknown words beside a thing
    that is only named say something about it: 这个座椅按摩真舒服.
    """
    lost: list[tuple[int, int]] = []
    for start, end in _clauses(tokens):
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


def _clauses(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the words between two pauses begin and end."""
    pauses = [at for at, token in enumerate(tokens) if token.has("break")]
    yield from zip([0, *(at + 1 for at in pauses)], [*pauses, len(tokens)], strict=True)


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
    text = said.said(tokens[0].start, tokens[-1].end)
    return Command(skill="unknown.function", args={"text": text})
