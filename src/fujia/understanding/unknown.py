"""What is asked of the car and nobody knows: a switching verb with an unknown thing."""

from collections.abc import Iterator, Sequence

from fujia.understanding.chunks import Chunk
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Command
from fujia.understanding.tagger import Token

_LEAST_UNKNOWN = 2
"""Characters that make a word of their own, and not a particle."""


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


def _unknown_spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """A verb, the unknown word right after it, and what follows up to the next pause or verb."""
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
