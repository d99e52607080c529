"""What words share with their neighbours: "turn up the volume and the heat", "the other one"."""

from collections.abc import Sequence
from dataclasses import replace

from fujia.understanding.chunks import is_silent
from fujia.understanding.facets import Facets
from fujia.understanding.plan import Command
from fujia.understanding.tagger import Token

_MOVES = frozenset(
    ("forward", "backward", "upward", "downward", "leftward", "rightward", "tilt", "fold", "unfold")
)
"""Things to do that are no verbs: "lower my seat and tilt the backrest forward"."""
_DEEDS = ("verb", "media", "change")
_BITS = (("flag", "bit"), ("flag", "too"))
_HOW_MUCH = ("end", "amount", "change")

_BESIDE = {
    "driver": "passenger", "passenger": "driver",
    "rear_left": "rear_right", "rear_right": "rear_left",
}  # fmt: skip


def passed_on(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with the direction of one thing said again for the next.

    What is added has no length: it was not spoken there. Only things that are named and nothing
    else take it: not the roof in "turn up the heat and open the roof".
    """
    result: list[Token] = []
    start = 0
    direction: Token | None = None
    for at in [*(at for at, token in enumerate(tokens) if _joins(token)), len(tokens)]:
        part = tokens[start:at]
        begun = _direction(part)
        if begun is None and direction is not None and _is_thing_only(part):
            part = [direction, *part]
        else:
            direction = begun
        behind = _direction_behind(tokens[at + 1 :])
        if behind is not None and _is_set_only(part):
            part = [*part, behind]
        result += [*part, *tokens[at : at + 1]]
        start = at + 1
    return result


def _joins(token: Token) -> bool:
    return token.has("and") or token.has("break")


def _direction(part: Sequence[Token]) -> Token | None:
    """The "turn up" or "dim" that a clause begins with, if it names a thing as well."""
    saying = [token for token in part if not is_silent(token)]
    if not saying or not saying[0].has("change") or not any(map(_names, saying)):
        return None
    return _without_thing(saying[0])


def _is_thing_only(part: Sequence[Token]) -> bool:
    """Whether a thing is named, and at most by how much."""
    steps = any(token.has("flag", "by") for token in part)
    others = (_DEEDS, _HOW_MUCH, ("number", "polite", "if", "ask"))
    saying = [token for token in part if not is_silent(token) and not _is_step(token, steps)]
    if not any(map(_names, saying)) or not all(token.senses for token in saying):
        return False
    if any(_MOVES.intersection(sense.concepts) for token in saying for sense in token.senses):
        return False
    return not any(token.has(kind) for token in saying for kinds in others for kind in kinds)


def _is_step(token: Token, steps: bool) -> bool:
    return steps and (token.has("flag", "by") or token.has("number") or token.has("unit"))


def _is_set_only(part: Sequence[Token]) -> bool:
    """Whether a clause says to turn a thing and not yet which way: "turn the volume"."""
    saying = [token for token in part if not is_silent(token)]
    return len(saying) > 1 and saying[0].has("verb", "set") and _is_thing_only(saying[1:])


def _direction_behind(tokens: Sequence[Token]) -> Token | None:
    """The "up" behind the next thing: "... and the temperature up"."""
    end = next((at for at, token in enumerate(tokens) if _joins(token)), len(tokens))
    saying = [token for token in tokens[:end] if not is_silent(token)]
    if len(saying) < 2 or not saying[-1].has("change") or not _is_thing_only(saying[:-1]):
        return None
    return _without_thing(saying[-1])


def _names(token: Token) -> bool:
    return any(sense.concepts for sense in token.senses)


def _without_thing(token: Token) -> Token:
    """The direction in a word, as one that was not spoken: that of "turn up the volume"."""
    directions = (
        replace(sense, concepts=(), marks=tuple(one for one in sense.marks if one not in _BITS))
        for sense in token.senses
        if sense.mark("change") is not None
    )
    return Token(token.end, token.end, tuple(dict.fromkeys(directions)))


def beside(facets: Facets, models: Sequence[Command]) -> Facets:
    """The seat beside the one that was spoken of: "the other one", "no, the left one"."""
    before = [zone for one in models if (zone := str(one.args.get("zone"))) in _BESIDE]
    if "other" in facets.flags and before:
        return replace(facets, zones=[_BESIDE[zone] for zone in before])
    if facets.zones in (["left"], ["right"]) and before:
        row = "rear" if before[0].startswith("rear") else "front"
        return replace(facets, zones=[row, *facets.zones])
    return facets
