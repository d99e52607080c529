"""What is shown of a hit: its passage with as much of what stands around it as there is room."""

from collections.abc import Sequence

from fujia.expert.passage import PASSAGE_LENGTH
from fujia.expert.reading import Hit
from fujia.expert.retrieval.corpus import Corpus
from fujia.expert.retrieval.pieces import pieces_of


def shown(
    ranked: Sequence[Hit], corpus: Corpus, count: int, limit: int = PASSAGE_LENGTH
) -> list[str]:
    """The texts of the first ``count`` places, best first, each at most ``limit`` characters.

    A short passage takes in what follows it and then what precedes it, headings included, as a
    reader would; a passage that was taken in already is not shown a second time.
    """
    texts, used = list[str](), set[int]()
    for hit in ranked:
        if len(texts) == count:
            break
        at = corpus.place[hit.passage]
        if at not in used:
            texts.append(_grown(corpus, at, limit, used))
    return texts


def _grown(corpus: Corpus, at: int, limit: int, used: set[int]) -> str:
    used.add(at)
    text = _titled(corpus, at, None)[:limit]
    first = last = at
    while _joins(corpus, last, last + 1):
        tail = "\n" + _titled(corpus, last + 1, corpus.hits[last])
        if len(text) + len(tail) > limit:
            text += _beginning(tail, limit - len(text))
            break
        text, last = text + tail, last + 1
        used.add(last)
    while _joins(corpus, first, first - 1):
        head = _titled(corpus, first - 1, None) + "\n"
        if len(text) + len(head) > limit:
            break
        text, first = head + text, first - 1
        used.add(first)
    return text


def _joins(corpus: Corpus, at: int, other: int) -> bool:
    """Whether a neighbour exists and is of the same manual."""
    hits = corpus.hits
    return 0 <= other < len(hits) and hits[other].manual == hits[at].manual


def _titled(corpus: Corpus, at: int, before: Hit | None) -> str:
    """A passage under its heading, which is left out where the passage before had the same."""
    hit = corpus.hits[at]
    if before is not None and before.section.id == hit.section.id:
        return hit.text
    return f"{hit.section.title}\n{hit.text}"


def _beginning(text: str, room: int) -> str:
    """The whole sentences that fit."""
    ends = [piece.end for piece in pieces_of(text) if piece.end <= room]
    return text[: ends[-1]] if ends else ""
