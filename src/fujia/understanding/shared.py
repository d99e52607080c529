"""Aspects that two things share: 座椅和方向盘加热, "heat my seat and the steering wheel"."""

from collections.abc import Sequence

from fujia.understanding.rules import Rules
from fujia.understanding.tagger import Token
from fujia.understanding.words import Sense

_ASPECTS = ("heating", "ventilation", "massage")
_PAUSE = Sense((), (("break", ""),))
_SMALL = ("article", "filler", "please")


def shared_out(tokens: Sequence[Token], rules: Rules) -> list[Token]:
    """The tokens, with the aspect of two things said for each, and a pause between them.

    What is added has no length: it was not spoken there.
    """
    if len(tokens) < 3 or not any(_is(token, one) for token in tokens for one in _ASPECTS):
        return list(tokens)
    added: dict[int, str] = {}
    pairs: set[int] = set()
    for at in range(1, len(tokens)):
        first, joined = _thing_before(tokens, at)
        if first is None:
            continue
        for aspect in _ASPECTS:
            behind = _next(tokens, at + 1)
            own = joined and _is(tokens[at], aspect)  # 方向盘和座椅加热
            follows = own or (behind is not None and _is(tokens[behind], aspect))
            bears = own or _bears(tokens[at], aspect, rules)
            if bears and follows and _bears(tokens[first], aspect, rules):
                added[first] = aspect
                pairs.add(first)
            elif joined and bears and not follows and _is_said_before(tokens, first, aspect, rules):
                added[at] = aspect
                pairs.add(first)
    result: list[Token] = []
    for at, token in enumerate(tokens):
        result.append(token)
        if at in added:
            result.append(_unspoken(token, Sense((added[at],), ())))
        if at in pairs:
            result.append(_unspoken(token, _PAUSE))
    return result


def _unspoken(after: Token, sense: Sense) -> Token:
    return Token(after.end, after.end, (sense,))


def _thing_before(tokens: Sequence[Token], at: int) -> tuple[int | None, bool]:
    """The word that a thing is named beside, and whether an "and" joins the two."""
    before = _next(tokens, at - 1, -1)
    joined = before is not None and tokens[before].has("and")
    return (_next(tokens, before - 1, -1) if joined and before else before), joined


def _next(tokens: Sequence[Token], at: int, step: int = 1) -> int | None:
    """The next word that is no small one; None at a pause or an end."""
    while 0 <= at < len(tokens) and _is_small(tokens[at]):
        at += step
    return at if 0 <= at < len(tokens) and not tokens[at].has("break") else None


def _is_small(token: Token) -> bool:
    return any(map(token.has, _SMALL)) or token.has("flag", "own")


def _is(token: Token, aspect: str) -> bool:
    return any(aspect in sense.concepts for sense in token.senses)


def _is_said_before(tokens: Sequence[Token], first: int, aspect: str, rules: Rules) -> bool:
    """Whether the aspect opens what is named: "heat my seat", "the heating of my seat"."""
    if _is(tokens[first], aspect):
        return True
    before = _next(tokens, first - 1, -1)
    return (
        before is not None and _is(tokens[before], aspect) and _bears(tokens[first], aspect, rules)
    )


def _bears(token: Token, aspect: str, rules: Rules) -> bool:
    """Whether a token names a thing alone that can have the aspect, as a seat can be heated."""
    things = {sense.concepts[0] for sense in token.senses if len(sense.concepts) == 1}
    fitting = (rule for one in (aspect, *things) for rule in rules.by_concept.get(one, ()))
    return not _is(token, aspect) and any(
        aspect in rule.needs
        and things & {*rule.needs, *rule.also}
        and {*rule.needs} <= {aspect, *things}
        for rule in fitting
    )
