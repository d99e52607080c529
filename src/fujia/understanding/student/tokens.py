"""Clean text and its context as input ids of the student, with the characters each id stands for.

Chinese characters, digits and marks stand alone; Latin words are cut into the longest pieces that
the vocabulary has, "▁" marking the begin of a word as in XLM-R. A vocabulary file has one piece a
line, and the line number is the id: the specials first, then the context tokens, then the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fujia.errors import DataError, InputError
from fujia.understanding.understander import Context

SPECIALS = ("[PAD]", "[UNK]", "[BOS]", "[SEP]")
PAD, UNK, BOS, SEP = range(4)
WAITING = "[WAITING]"
RIGHT_HAND_DRIVE = "[DRIVE:right]"
MOST_LAST = 4
"""Commands of the last turn that the student sees: the latest ones."""

_UNIT = re.compile(r"([a-zß-ɏ]+)|\S")
_WORD_GOES_ON = re.compile(r"[0-9a-zß-ɏ'/&.+-]")
_MOST_WORDS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """``spans[i]`` is where id i stands in the clean text, None for what is no text."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int] | None, ...]


def context_tokens(context: Context) -> tuple[str, ...]:
    """What the student sees of a context: the seat, what waits, and the last commands."""
    tokens = [f"[SEAT:{context.seat}]"]
    if context.driver_position == "RIGHT":
        tokens.append(RIGHT_HAND_DRIVE)
    if context.waiting:
        tokens.append(WAITING)
    for command in context.last[-MOST_LAST:]:
        tokens.append(f"[LAST:{command.skill}]")
        zone = command.args.get("zone")
        if isinstance(zone, str):
            tokens.append(f"[LASTZONE:{zone}]")
    return tuple(tokens)


class Tokenizer:
    """Clean text to input ids and back to its characters."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Raises InputError unless the pieces begin with the specials and are all different."""
        if tuple(pieces[: len(SPECIALS)]) != SPECIALS:
            raise InputError(f"a vocabulary begins with {' '.join(SPECIALS)}")
        self.pieces = tuple(pieces)
        self._ids = {piece: index for index, piece in enumerate(pieces)}
        if len(self._ids) != len(self.pieces):
            raise InputError("a vocabulary has every piece once")
        self._longest = max(len(piece) for piece in self.pieces)
        self._words: dict[str, tuple[tuple[int, int], ...]] = {}

    @classmethod
    def load(cls, file: Path) -> "Tokenizer":
        """Read a vocabulary, one piece a line; raises DataError if it is none."""
        try:
            return cls(file.read_text(encoding="utf-8").removesuffix("\n").split("\n"))
        except OSError as error:
            raise DataError(file, 0, f"cannot be read: {error.strerror}") from None
        except (UnicodeDecodeError, InputError) as error:
            raise DataError(file, 0, str(error)) from None

    def encode(self, text: str, context: Sequence[str] = ()) -> Tokens:
        """[BOS] context [SEP] text [SEP].

        What the vocabulary lacks becomes [UNK]; an unknown character keeps a position of its own,
        so that it can still be copied.
        """
        ids = [BOS, *(self._ids.get(token, UNK) for token in context), SEP]
        spans: list[tuple[int, int] | None] = [None] * len(ids)
        for unit in _UNIT.finditer(text):
            start = unit.start()
            if unit[1] is None:
                ids.append(self._ids.get(unit[0], UNK))
                spans.append((start, start + 1))
                continue
            inner = start > 0 and _WORD_GOES_ON.match(text[start - 1]) is not None
            for piece, length in self._word(unit[1] if inner else "▁" + unit[1]):
                ids.append(piece)
                spans.append((start, start + length))
                start += length
        return Tokens((*ids, SEP), (*spans, None))

    def _word(self, word: str) -> tuple[tuple[int, int], ...]:
        """The pieces of a word with the number of characters that each stands for."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= _MOST_WORDS_KEPT:
                self._words.clear()
            known = self._words[word] = tuple(self._cut(word))
        return known

    def _cut(self, word: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        position = 0
        while position < len(word):
            mark = word[position] == "▁"
            for end in range(min(len(word), position + self._longest), position + mark, -1):
                piece = self._ids.get(word[position:end])
                if piece is not None:
                    found.append((piece, end - position - mark))
                    position = end
                    break
            else:
                if not mark:
                    found.append((UNK, 1))
                position += 1
        return found
