"""The student's vocabulary: what zh, en and the dialects need of XLM-R's 250,002 pieces.

All single Chinese characters and kana, the marks that clean text may hold, the Latin pieces of the
project's own English, and the most probable other ones, so that a name or a title is cut well too.
A character of the texts that XLM-R lacks gets a row as well, so that training can give it a sense.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from fujia.errors import InputError
from fujia.understanding.student.tokens import RIGHT_HAND_DRIVE, SPECIALS, WAITING
from fujia.understanding.words import DATA
from fujia.vehicle.zone import SEATS, ZONES

MOST_PIECES = 14_000
COMMON_LATIN = 3_000
_LATIN = re.compile(r"▁?[a-z]+")
_ENGLISH_WORD = re.compile(r"[a-z]+")
_UNKNOWN_COSTS = 10.0


class Unigram:
    """Cuts words as XLM-R does: into the pieces of the highest total score (Viterbi)."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self.ids: Mapping[str, int] = {piece: index for index, piece in enumerate(pieces)}
        self.scores = scores
        self._longest = max(map(len, pieces))

    @cached_property
    def _unknown(self) -> float:
        return min(self.scores) - _UNKNOWN_COSTS

    def cut(self, text: str) -> list[str]:
        """The pieces of a text whose spaces are "▁"; an unknown character is its own piece."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            best.append(
                max(
                    (best[start][0] + self._score(text[start:end]), start)
                    for start in range(max(0, end - self._longest), end)
                )
            )
        pieces: list[str] = []
        end = len(text)
        while end:
            start = best[end][1]
            pieces.append(text[start:end])
            end = start
        return pieces[::-1]

    def _score(self, piece: str) -> float:
        index = self.ids.get(piece)
        if index is not None:
            return self.scores[index]
        return self._unknown if len(piece) == 1 else float("-inf")


def build_vocabulary(
    unigram: Unigram, skills: Iterable[str], texts: Iterable[str] = (), common: int = COMMON_LATIN
) -> list[str]:
    """The pieces in the order of their ids: specials, context, text by XLM-R's own order.

    ``texts`` are sentences besides the project's own data, such as generated ones; ``common`` is
    how many of the most probable Latin pieces come along. The same input gives the same list.

    Raises:
        InputError: the texts ask for more pieces than a small model should have.
    """
    corpus = [*project_texts(), *texts]
    ids = unigram.ids
    chosen = {piece for piece in ids if len(piece) == 1 and _kept_alone(piece)}
    chosen |= {piece for word in _english_words(corpus) for piece in unigram.cut("▁" + word)}
    latin = [piece for piece in ids if _LATIN.fullmatch(piece)]
    chosen |= set(sorted(latin, key=lambda piece: (-unigram.scores[ids[piece]], piece))[:common])
    chosen |= {f"▁{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"} & ids.keys()
    added = {character for text in corpus for character in text if is_chinese(character)} - chosen
    pieces = [
        *SPECIALS,
        *context_pieces(skills),
        *sorted(chosen & ids.keys(), key=ids.__getitem__),
        *sorted(added),
    ]
    if len(pieces) > MOST_PIECES:
        raise InputError(f"{len(pieces)} pieces are more than {MOST_PIECES}: give fewer texts")
    return pieces


def plain_vocabulary(skills: Iterable[str], texts: Iterable[str] = ()) -> list[str]:
    """For a student that starts from nothing: every character and Latin word of the texts.

    It needs no weights; letters stand alone in words that the texts do not have.
    """
    corpus = [*project_texts(), *texts]
    letters = {chr(code) for code in range(33, 127) if not chr(code).isupper()}
    characters = {c for text in corpus for c in text if is_chinese(c)}
    words = {f"▁{word}" for word in _english_words(corpus)}
    return [*SPECIALS, *context_pieces(skills), *sorted(letters | characters | words)]


def context_pieces(skills: Iterable[str]) -> list[str]:
    """Every token that a context can bring, in the order of their ids."""
    return [
        *(f"[SEAT:{seat}]" for seat in SEATS),
        WAITING,
        RIGHT_HAND_DRIVE,
        *(f"[LAST:{skill}]" for skill in sorted(skills)),
        *(f"[LASTZONE:{zone}]" for zone in ZONES),
    ]


def project_texts() -> list[str]:
    """The project's words and sentences of every locale, as their files have them."""
    return [file.read_text(encoding="utf-8") for file in sorted(DATA.rglob("*.yaml"))]


def write_vocabulary(pieces: Sequence[str], file: Path) -> None:
    """One piece a line; the tokenizer reads it back."""
    file.write_text("\n".join(pieces) + "\n", encoding="utf-8", newline="\n")


def _english_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _ENGLISH_WORD.findall(text.lower())}


def is_chinese(character: str) -> bool:
    """Any ideograph, rare ones of the dialects included."""
    return character >= "\u3400" and unicodedata.name(character, "").startswith("CJK UNIFIED")


def _kept_alone(character: str) -> bool:
    """Characters that clean text can hold: no capitals, no full-width forms, no emoji."""
    if unicodedata.normalize("NFKC", character).lower() != character:
        return False
    if character < "\u0250":
        return character.isprintable() and character != " "
    return is_chinese(character) or "\u3001" <= character <= "\u30ff"
