"""Text as the search index knows it: words, and pairs of Chinese characters.

Words alone miss what a segmenter cuts another way in the question than in the manual; pairs find
every Chinese word of two characters wherever it stands.
"""

import re
import unicodedata

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")
_WORD = re.compile(r"\w+(?:[.\-/]\w+)*")


def normalise(text: str) -> str:
    """Full-width forms made narrow, letters made small."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> list[str]:
    """The words of ``text``, Chinese ones cut by a dictionary, and parts of longer ones as well.

    ``words("胎压监测 5.5kW")`` holds 胎压, 监测 and 5.5kw. Punctuation is left out.
    """
    import rjieba  # only here: its dictionary takes a tenth of a second

    found: list[str] = []
    for run in _WORD.findall(normalise(text)):
        found += rjieba.cut_for_search(run) if _HAN.search(run) else [run]
    return [word for word in found if any(character.isalnum() for character in word)]


def pairs(text: str) -> list[str]:
    """Each two neighbouring Chinese characters: ``pairs("胎压灯")`` is 胎压, 压灯."""
    return [
        run[at : at + 2]
        for run in _HAN.findall(normalise(text))
        for at in range(max(len(run) - 1, 1))
    ]
