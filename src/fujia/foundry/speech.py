"""How people talk: no punctuation, fillers, words said twice."""

import random
import re

from fujia.foundry.drafts import is_mark
from fujia.understanding.plan import Language

_PUNCTUATION = re.compile(r"[，。、,!?！？]|\.(?!\d)")
_FIXED = set("零一二两三四五六七八九十百半点廿成负0123456789%.")
"""Characters of numbers: said twice they would be another number."""


def without_punctuation(text: str, language: Language) -> str:
    """The text as a recogniser without punctuation writes it."""
    if language == "zh":
        return _PUNCTUATION.sub("", text)
    return " ".join(re.sub(r"[,!?]|\.(?!\d)", " ", text).split())


def finished(text: str, language: Language, chance: random.Random) -> str:
    """The text with a mark at its end, as a recogniser with punctuation writes it."""
    if not text or not text[-1].isalnum():
        return text
    return text + chance.choice("。。！" if language == "zh" else "..!")


def spoken(text: str, language: Language, chance: random.Random, fillers: list[str]) -> str:
    """The text with fillers and, now and then, a word said twice."""
    words = list(text) if language == "zh" else text.split()
    if chance.random() < 0.35:
        words = _stammer(words, language, chance)
    for _ in range(chance.choice((0, 1, 1, 2))):
        at = 0 if chance.random() < 0.5 else _pause(words, language, chance)
        words.insert(at, chance.choice(fillers))
    return ("" if language == "zh" else " ").join(words)


def _stammer(words: list[str], language: Language, chance: random.Random) -> list[str]:
    length = chance.choice((1, 2)) if language == "zh" else 1
    if len(words) <= length:
        return words
    at = chance.randrange(len(words) - length)
    said = words[at : at + length]
    if any(not _is_plain(word) for word in said):
        return words
    return words[:at] + said + words[at:]


def _is_plain(word: str) -> bool:
    return not any(is_mark(c) or c in _FIXED or not c.isalnum() for c in word)


def _pause(words: list[str], language: Language, chance: random.Random) -> int:
    """A place where people think: behind a pause, or in English between any two words."""
    places = [i + 1 for i, word in enumerate(words) if word[-1:] in ",，。、."]
    if language == "en":
        places += [i for i, word in enumerate(words) if i and _is_plain(word + words[i - 1])]
    return chance.choice(places) if places else 0
