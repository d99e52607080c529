"""Text to tokens: the cheapest way to cover it with known words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from fujia.understanding import numerals
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Language
from fujia.understanding.words import Sense, Words

_UNKNOWN_COST = 2.4
_WORD_COST = 1.0


@dataclass(frozen=True, slots=True)
class Token:
    """A span of the clean text with its senses; no senses means unknown."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    number: float | None = None
    percent: bool = False

    @property
    def length(self) -> int:
        """Characters covered."""
        return self.end - self.start

    def has(self, kind: str, value: str | None = None) -> bool:
        """Whether a sense carries a mark of this kind (and value)."""
        for sense in self.senses:
            for name, mark in sense.marks:
                if name == kind and (value is None or mark == value):
                    return True
        return False


_NUMBER = Sense((), (("number", ""),))
_FILLER = Sense((), (("filler", ""),))
_BREAK = Sense((), (("break", ""),))


def tag(normalised: Normalised, words: Words) -> list[Token]:
    """Cover the text; unknown characters that stand together become one token."""
    text = normalised.text
    chinese = normalised.language == "zh"
    best: list[tuple[float, Token | None]] = [(0.0, None)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        best[start] = min(
            (
                (cost + best[token.end][0], token)
                for token, cost in _candidates(text, start, words, chinese)
            ),
            key=lambda option: option[0],
        )
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        token = best[position][1]
        if token is None:
            break
        position = token.end
        if text[token.start : token.end].strip() or (tokens and not tokens[-1].senses):
            tokens.append(token)
    return _merged(_uncounted(tokens, text))


def _merged(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with unknown ones that stand together as one."""
    merged: list[Token] = []
    for token in tokens:
        if not token.senses and merged and not merged[-1].senses:
            merged[-1] = Token(merged[-1].start, token.end, ())
        else:
            merged.append(token)
    return merged


def _uncounted(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens without numbers that count nothing: 煮一壶茶, "the left one"."""
    result = list(tokens)
    for at, token in enumerate(tokens):
        if token.number is None or at == 0:
            continue
        before, after = tokens[at - 1], tokens[at + 1 : at + 2]
        if not before.senses and after and not after[0].senses:
            result[at] = Token(token.start, token.end, ())
        elif text[token.start : token.end] == "one" and _is_pointed_at(tokens[:at], text):
            result[at] = Token(token.start, token.end, (_FILLER,))
    return result


def _is_pointed_at(before: Sequence[Token], text: str) -> bool:
    """Whether words end in "the left", "the other"."""
    last = before[-1]
    if last.has("article"):
        return text.startswith("the", last.start)
    article = text.startswith("the ", last.start) or (len(before) > 1 and before[-2].has("article"))
    return article and (last.has("zone") or last.has("flag", "rest"))


def _candidates(text: str, start: int, words: Words, chinese: bool) -> list[tuple[Token, float]]:
    first = text[start]
    if first == " ":
        return [(Token(start, start + 1, ()), 0.0)]
    if first in ',、"':
        return [(Token(start, start + 1, (_BREAK,)), 0.1)]
    found: list[tuple[Token, float]] = []
    if chinese or _word_starts(text, start):
        for length in range(1, min(words.longest.get(first, 0), len(text) - start) + 1):
            senses = words.senses.get(text[start : start + length])
            if senses and (chinese or _word_ends(text, start + length)):
                # One character alone is often part of an unknown word, so it costs a little more.
                cost = _WORD_COST + (0.3 if length == 1 and chinese else 0.0)
                found.append((Token(start, start + length, senses), cost))
        number = _number(text, start, "zh" if chinese else "en")
        if number is not None:
            found.append((number, _WORD_COST))
    end = start + 1
    if not chinese or first.isascii():
        while end < len(text) and (
            (text[end].isascii() and text[end].isalnum()) or _inside_word(text, end)
        ):
            end += 1
    found.append((Token(start, end, ()), _UNKNOWN_COST))
    # The first of equal costs wins: in English the longer word, "turn on" before "on the left".
    return found if chinese else found[::-1]


def _number(text: str, start: int, language: Language) -> Token | None:
    spoken = numerals.number_at(text, start, language)
    if spoken is None:
        return None
    return Token(start, spoken.end, (_NUMBER,), spoken.value, spoken.percent)


def _inside_word(text: str, at: int) -> bool:
    """Whether an apostrophe stands between letters, as in "don't"."""
    return text[at] == "'" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _word_starts(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum() or not text[start].isalnum()


def _word_ends(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum() or not text[end - 1].isalnum()
