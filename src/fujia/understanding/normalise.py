"""Clean text for matching, without losing what was said.

Every character of the clean text knows its span in the raw text, so that free text (a song, a
place, a contact) is copied in the speaker's own words.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from fujia.understanding.plan import Language

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z0-9]")
_NUMERAL = re.compile(r"[\d零一二两三四五六七八九十]$")
_BREAKS = dict.fromkeys("，。！？；：…!?;\n~—", ",") | {"“": '"', "”": '"', "‘": '"', "’": "'"}


@dataclass(frozen=True, slots=True)
class Normalised:
    """``text`` for matching; character i of it stands for ``raw[spans[i][0]:spans[i][1]]``."""

    raw: str
    text: str
    spans: tuple[tuple[int, int], ...]
    language: Language

    def said(self, start: int, end: int) -> str:
        """The speaker's own words for ``text[start:end]``."""
        if start >= end:
            return ""
        return self.raw[self.spans[start][0] : self.spans[end - 1][1]].strip(" ,，。、")


def detect_language(text: str) -> Language:
    """Chinese as soon as one Chinese character stands in the text."""
    return "zh" if _CJK.search(text) else "en"


def normalise(
    raw: str,
    rewrites: Mapping[str, str] | None = None,
    script: Mapping[str, str] | None = None,
    language: Language | None = None,
) -> Normalised:
    """Half width, lower case, one kind of punctuation, no control characters, no emoji.

    ``rewrites`` maps dialect words to their Mandarin; the longest match wins. ``script`` maps
    single characters of another script (traditional Chinese) and comes first. ``language`` is
    the one to read it in where that is not the one that its characters look like.
    """
    script = script or {}
    language = language or detect_language(raw)
    characters: list[tuple[str, int, int]] = []
    for index, original in enumerate(raw):
        for character in unicodedata.normalize("NFKC", original).lower():
            clean = _clean(character)
            if clean:
                characters.append((script.get(clean, clean), index, index + 1))
    if language == "en":
        characters = _english_marks(characters)
    characters = _without_idle_space(characters, language)
    if rewrites:
        characters = _rewrite(characters, rewrites)
    text = "".join(character for character, _, _ in characters)
    return Normalised(raw, text, tuple((start, end) for _, start, end in characters), language)


def _clean(character: str) -> str:
    if character in _BREAKS:
        return _BREAKS[character]
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn"):
        return " " if character.isspace() else ("°" if character == "°" else "")
    return " " if character.isspace() else character


def _english_marks(characters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """A full stop is a break, and a hyphen in a word is a space: "seat-heating. Lights on."."""
    clean: list[tuple[str, int, int]] = []
    for index, (character, start, end) in enumerate(characters):
        before = characters[index - 1][0] if index else " "
        after = characters[index + 1][0] if index + 1 < len(characters) else " "
        if character == "." and after == " ":
            character = ","
        elif character == "-" and before.isalnum() and after.isalpha():
            character = " "
        clean.append((character, start, end))
    return clean


def _without_idle_space(
    characters: list[tuple[str, int, int]], language: Language
) -> list[tuple[str, int, int]]:
    """Keep a space only between two Latin words: Chinese needs none, Latin names do.

    In English a Chinese name is a word as well: "navigate to 外滩".
    """
    kept: list[tuple[str, int, int]] = []
    for position, item in enumerate(characters):
        if item[0] != " ":
            kept.append(item)
            continue
        following = next((c for c, _, _ in characters[position:] if c != " "), "")
        if not kept or kept[-1][0] == " " or not following:
            continue
        if language == "en" or (_latin(kept[-1][0]) and _latin(following)):
            kept.append(item)
    return kept


def _latin(character: str) -> bool:
    return bool(character) and not _CJK.match(character)


def _rewrite(
    characters: list[tuple[str, int, int]], rewrites: Mapping[str, str]
) -> list[tuple[str, int, int]]:
    text = "".join(character for character, _, _ in characters)
    longest = max(map(len, rewrites), default=0)
    result: list[tuple[str, int, int]] = []
    position = 0
    while position < len(text):
        for length in range(min(longest, len(text) - position), 0, -1):
            word = text[position : position + length]
            if word in rewrites and _is_whole(text, position, position + length):
                start, end = characters[position][1], characters[position + length - 1][2]
                result.extend((character, start, end) for character in rewrites[word])
                position += length
                break
        else:
            result.append(characters[position])
            position += 1
    return result


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span of the text cuts no Latin word and no time of day: 八点|开始."""
    if text[start] == "点" and _NUMERAL.search(text[:start]):
        return False
    return not any(
        at > 0 and text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum()
        for at in (start, end)
        if at < len(text)
    )
