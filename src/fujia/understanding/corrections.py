"""Self-corrections: 二十三不对二十二度, "the driver, no, the passenger window"."""

from collections.abc import Sequence

from fujia.understanding.tagger import Token

_KINDS = ("verb", "zone", "number", "unit", "change", "end")


def corrected(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what was taken back.

    Whatever kind of word follows the correction replaces the last word of that kind before it.
    """
    result = list(tokens)
    while True:
        at = next((i for i, token in enumerate(result) if token.has("correct")), None)
        if at is None:
            return result
        before, after = result[:at], result[at + 1 :]
        while after and after[0].has("break"):
            after = after[1:]
        if not before or not after:
            return [*before, *after]
        for kind in _kinds_of(after):
            taken = next(
                (i for i in range(len(before) - 1, -1, -1) if kind in _kinds(before[i])), None
            )
            if taken is not None:
                del before[taken]
        result = [*before, *after]


def _kinds_of(tokens: Sequence[Token]) -> list[str]:
    kinds: list[str] = []
    for token in tokens:
        if token.has("break") or token.has("and"):
            break
        for kind in _kinds(token):
            if kind not in kinds:
                kinds.append(kind)
    return kinds


def _kinds(token: Token) -> set[str]:
    kinds = {kind for kind in _KINDS if token.has(kind)}
    if any(sense.concepts for sense in token.senses):
        kinds.add("concept")
    kinds |= {name for sense in token.senses for name, _ in sense.marks if name == "color"}
    return kinds
