"""A reading: the commands of some words, and the chunks that they came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from fujia.understanding.chunks import Chunk, is_silent
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Command
from fujia.understanding.tagger import Token
from fujia.understanding.times import Later
from fujia.understanding.words import Sense

CHAT = Command(skill="chat.reply")
"""The command of words that ask for nothing."""
SAME = Token(0, 0, (Sense((), (("flag", "same"),)),))
"""A "the same" that nobody spoke."""
_TITLED = ("media.", "video.", "weather.")
"""Skills whose free words may be titles, or days."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and from which chunks."""

    commands: Sequence[Command]
    chunks: Sequence[Chunk]
    confidence: float
    is_answer: bool = False
    """Whether nothing is done, only answered."""


def is_act_only(token: Token) -> bool:
    """Whether a word is a yes or a no, and no side: "right" may be either."""
    return token.has("act") and not token.has("zone")


def is_place_only(tokens: Sequence[Token]) -> bool:
    """Whether words only say for whom, as an answer does: "the passenger side", "all of them"."""
    saying = [token for token in tokens if not (is_silent(token) or is_act_only(token))]
    return bool(saying) and all(token.has("zone") for token in saying)


def is_partial(reading: Reading) -> bool:
    """Whether something in it was not understood."""
    return any(command.skill == "unknown.function" for command in reading.commands)


def joined(parts: Sequence[Reading]) -> Reading:
    """The readings of several parts as one."""
    commands = [command for part in parts for command in part.commands if command != CHAT]
    chunks = [chunk for part in parts for chunk in part.chunks]
    return Reading(
        commands or [CHAT],
        chunks,
        min(part.confidence for part in parts),
        all(part.is_answer for part in parts),
    )


def not_understood(said: Normalised, tokens: Sequence[Token] = ()) -> Reading:
    """When something is to be done is not understood, so nothing is done."""
    clause = said.said(tokens[0].start, tokens[-1].end) if tokens else ""
    is_part = bool(tokens) and tokens[-1].end - tokens[0].start < len(said.text.strip(" ,"))
    unknown = Command(skill="unknown.function", args={"text": clause if is_part else said.raw})
    return Reading([unknown], (), 0.5)


def is_named(start: int, end: int, chunks: Sequence[Chunk]) -> bool:
    """Whether words are part of a name: 播放明天会更好, 导航去明天广场."""
    for chunk in chunks:
        for first, last in chunk.match.slots.values() if chunk.match else ():
            titled = chunk.match is not None and chunk.match.template.skill.startswith(_TITLED)
            if first <= start and end <= last and (titled or end < last):
                return True
    return False


def is_habit(later: Later, chunks: Sequence[Chunk], tokens: Sequence[Token]) -> bool:
    """Whether a time is what somebody tells of themselves: 我每天八点去公司."""
    return any(
        chunk.match is not None
        and chunk.match.template.skill == "memory.remember"
        and tokens[chunk.start].start <= later.start
        and later.end <= tokens[chunk.end - 1].end
        for chunk in chunks
    )


def covered(tokens: Sequence[Token], chunks: Sequence[Chunk], is_answer: bool) -> float:
    """The share of characters that a chunk used, pauses aside; the small words of a question, such
    as 多少, are read too where it is answered."""
    pauses = {at for at, token in enumerate(tokens) if token.has("break")}
    total = sum(token.length for at, token in enumerate(tokens) if at not in pauses) or 1
    read = {
        at
        for chunk in chunks
        if chunk.is_read
        for at in range(chunk.start, chunk.end)
        if tokens[at].senses or chunk.match is not None
    }
    if is_answer:
        read |= {at for at, token in enumerate(tokens) if is_silent(token)}
    return round(sum(tokens[at].length for at in read - pauses) / total, 3)
