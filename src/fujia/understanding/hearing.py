"""What a recogniser misheard, repaired by sound: 座倚通丰 was 座椅通风.

The text is covered by known words as the tagger does it. Where none fits, a word that sounds like
the characters may stand: dearer than a word that was written, cheaper than unknown characters.
The cheapest cover is the repaired text. Numbers and sides are never guessed, and a word of the
language that the car does not know, as songs and places hold them, lends no part of itself.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from fujia.understanding import pattern
from fujia.understanding.normalise import Normalised
from fujia.understanding.numerals import number_at
from fujia.understanding.sounds import Sounds, load_common, load_sounds
from fujia.understanding.templates import load_templates
from fujia.understanding.words import load_words

_UNKNOWN_COST = 2.4
_WORD_COST = 1.0
_SINGLE_COST = 1.3
_COMMON_COST = 2.8
"""What a word of the language costs that the car does not know: less than to cut it, but more than
one misheard character of a word that it does know."""
_GUESS_COST = 1.3
"""What a word costs more that is not written as it is."""
_STEP_COSTS = (0.0, 0.4, 0.5, 1.2)
"""The same character, a homophone, a confusion, several confusions at once."""
_EDIT_COST = 0.8
"""A character that was lost, or written twice."""
_LEAST_SURE = 4
"""Characters of a word that is known by the others if one is lost, or was taken for a number."""
_MOST_KEYS = 16
"""Ways to read a span that are tried."""
_BREAKS = ", "


@dataclass(frozen=True, slots=True)
class _Part:
    """A span of the text and the word that stands there."""

    end: int
    word: str


class Hearing:
    """Repairs misheard Chinese.

    Args:
        words: what the car is told.
        phrases: further words that may be misheard, but of which no character gets lost.
        sounds: how characters sound.
        common: words of the language that the car need not know.
    """

    def __init__(
        self,
        words: Collection[str],
        phrases: Iterable[str],
        sounds: Sounds,
        common: Collection[str] = (),
    ) -> None:
        self.sounds = sounds
        self.words = frozenset((*words, *phrases))
        self.common = frozenset(common) - self.words
        self.longest = max(map(len, self.words), default=0)
        self._alike: dict[str, list[tuple[str, int]]] = {}
        for word in sorted(self.words):
            if len(word) > 1 and not word.isascii():
                self._index(word, -1)
        for word in words:
            for lost in range(1, len(word) - 1) if len(word) >= _LEAST_SURE else ():
                # What ends in the middle of a word ends so in many sentences.
                if word[lost] not in sounds.kept:
                    self._index(word, lost)

    def repaired(self, said: Normalised) -> Normalised | None:
        """What was said with misheard words put right; None where nothing was misheard.

        Each character of a repaired word stands for the span that the word was heard in.
        """
        if said.language != "zh":
            return None
        text, spans = "", list[tuple[int, int]]()
        for start, part in self._cover(said.text):
            text += part.word
            if part.word == said.text[start : part.end]:
                spans += said.spans[start : part.end]
            else:
                spans += [(said.spans[start][0], said.spans[part.end - 1][1])] * len(part.word)
        return None if text == said.text else replace(said, text=text, spans=tuple(spans))

    def _index(self, word: str, lost: int) -> None:
        left = word if lost < 0 else word[:lost] + word[lost + 1 :]
        for key in _keys([self.sounds.said_as(character) for character in left]):
            self._alike.setdefault(key, []).append((word, lost))

    def _cover(self, text: str) -> list[tuple[int, _Part]]:
        """The cheapest parts from the first character to the last."""
        heard = [self.sounds.heard_as(character) for character in text]
        best: list[tuple[float, _Part]] = [(0.0, _Part(0, ""))] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            parts = (*self._known(text, start), *self._alike_parts(text, heard, start))
            best[start] = min(
                ((cost + best[part.end][0], part) for part, cost in parts),
                key=lambda option: option[0],
            )
        cover: list[tuple[int, _Part]] = []
        start = 0
        while start < len(text):
            cover.append((start, best[start][1]))
            start = best[start][1].end
        return cover

    def _known(self, text: str, start: int) -> Iterator[tuple[_Part, float]]:
        """What was written, with its cost."""
        unknown = 0.1 if text[start] in _BREAKS else _UNKNOWN_COST
        yield _Part(start + 1, text[start]), unknown
        number = number_at(text, start, "zh")
        if number is not None:
            yield _Part(number.end, text[start : number.end]), _WORD_COST
        for end in range(start + 1, min(start + self.longest, len(text)) + 1):
            word = text[start:end]
            if word in self.words:
                yield _Part(end, word), _WORD_COST if len(word) > 1 else _SINGLE_COST
            elif word in self.common:
                yield _Part(end, word), _COMMON_COST

    def _alike_parts(
        self, text: str, heard: Sequence[tuple[str, ...]], start: int
    ) -> Iterator[tuple[_Part, float]]:
        """What may have been said instead, with its cost."""
        for end in range(start + 2, min(start + self.longest + 1, len(text)) + 1):
            written = text[start:end]
            if written not in self.words:
                for word, cost in self._guesses(written, heard[start:end]):
                    yield _Part(end, word), _WORD_COST + _GUESS_COST + cost

    def _guesses(
        self, written: str, heard: Sequence[tuple[str, ...]]
    ) -> Iterator[tuple[str, float]]:
        """Words that sound like what was written, and what the differences cost."""
        for key in _keys(heard):
            for word, lost in self._alike.get(key, ()):
                left = word if lost < 0 else word[:lost] + word[lost + 1 :]
                cost = self._cost(written, left)
                if cost is not None and not (cost and lost >= 0):
                    yield word, cost + _EDIT_COST * (lost >= 0)
        for at in range(1, len(written)):
            once = written[:at] + written[at + 1 :]
            if written[at] == written[at - 1] and len(once) > 1 and once in self.words:
                yield once, _EDIT_COST

    def _cost(self, written: str, word: str) -> float | None:
        """What it costs to take one for the other; None if that would be mere guessing."""
        steps = [self.sounds.steps(one, other) for one, other in zip(written, word, strict=True)]
        changed = sum(map(bool, steps))
        if 2 * changed > len(steps):
            return None
        if self.sounds.kept.intersection(written) - set(word) and len(word) < _LEAST_SURE:
            return None
        return sum(_STEP_COSTS[step] for step in steps)


def _keys(groups: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """Every way to read the groups, the likeliest first; not all of them where they are many."""
    return map("".join, islice(product(*groups), _MOST_KEYS))


@cache
def load_hearing() -> Hearing:
    """With every Chinese word and the phrases of sentences with free words; raises DataError."""
    phrases = {
        phrase for template in load_templates("zh").all for phrase in _phrases(template.nodes)
    }
    return Hearing(load_words("zh").senses.keys(), phrases, load_sounds(), load_common())


def _phrases(nodes: pattern.Sequence_) -> Iterator[str]:
    """The words of a sentence, and each two that may stand side by side: 我想 and 我想吃."""
    before: set[str] = set()
    for node in nodes:
        here, may_lack = _words_of(node)
        yield from here
        yield from (one + other for one in before for other in here)
        before = here | before if may_lack else here
        if isinstance(node, pattern.Choice):
            for option in node.options:
                if len(option) > 1:
                    yield from _phrases(option)


def _words_of(node: pattern.Node) -> tuple[set[str], bool]:
    """The words that a part of a sentence may be, and whether it may be left out."""
    if isinstance(node, pattern.Literal):
        return {node.text}, False
    if isinstance(node, pattern.Slot):
        return set(), False
    found = [_words_of(option[0]) for option in node.options if len(option) == 1]
    words = {word for several, _ in found for word in several}
    return words, () in node.options or any(may_lack for _, may_lack in found)
