"""Words that mean the same: the lexicon has far more of them than anybody puts into patterns."""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from fujia.understanding.normalise import normalise
from fujia.understanding.plan import Language
from fujia.understanding.tagger import Token, tag
from fujia.understanding.words import Sense, load_words


@cache
def groups(language: Language) -> Mapping[tuple[Sense, ...], Sequence[str]]:
    """The words of a language by what they mean, all their senses together."""
    found: dict[tuple[Sense, ...], list[str]] = {}
    for word, senses in load_words(language).senses.items():
        found.setdefault(senses, []).append(word)
    return found


def any_word(language: Language, chance: random.Random) -> tuple[str, tuple[Sense, ...]]:
    """A word of any meaning; a meaning with many words comes up no more often than others."""
    senses = chance.choice(list(groups(language)))
    return chance.choice(groups(language)[senses]), senses


@cache
def marked(language: Language, mark: str) -> Sequence[str]:
    """The words with a mark or a concept of that name: ``quote``, ``act``, ``uncovered`` ..."""
    return [
        word
        for senses, words in groups(language).items()
        if any(mark in sense.concepts or mark in dict(sense.marks) for sense in senses)
        for word in words
    ]


def reworded(
    said: str, language: Language, chance: random.Random, is_same: Callable[[str], bool]
) -> str:
    """``said`` with one word changed for another of the same meaning.

    ``is_same`` has the last word: what it does not take is left as it was.
    """
    words = load_words(language)
    clean = normalise(said, words.rewrites, language=language)
    options = [
        (token, others)
        for token in tag(clean, words)
        if token.number is None and len(others := groups(language).get(token.senses, ())) > 1
    ]
    if not options:
        return said
    token, others = chance.choice(options)
    start, end = _place(token, clean.spans)
    if end - start != token.length:
        return said  # something that is no word stands within
    new = said[:start] + chance.choice(others) + said[end:]
    return new if new != said and is_same(new) else said


def _place(token: Token, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return spans[token.start][0], spans[token.end - 1][1]
