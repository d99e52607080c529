"""Yes, no, undo, cancel: utterances that ask for no skill."""

from collections.abc import Sequence

from fujia.understanding.plan import Act
from fujia.understanding.tagger import Token
from fujia.understanding.understander import Context

_ACTS: tuple[Act, ...] = ("confirm", "deny", "undo", "cancel")


def act_of(tokens: Sequence[Token], context: Context) -> Act | None:
    """Yes, no, undo or cancel, if an utterance says just that; cancel too if its end does."""
    spoken = [token for token in tokens if not _is_silent(token)]
    spoken = spoken or [token for token in tokens if token.has("act")]
    if not spoken:
        return None
    for act in _ACTS:
        if all(token.has("act", act) for token in spoken):
            return act
    if _thinks_better(tokens):
        return "cancel"
    if context.waiting and not any(_names(token) for token in spoken):
        # "Yes, please open it": the thing is what was asked about.
        return next((act for act in ("confirm", "deny") if tokens[0].has("act", act)), None)
    return None


def _thinks_better(tokens: Sequence[Token]) -> bool:
    """Whether the last words take back all that was said before: 打开天窗，算了."""
    turns = [at for at, token in enumerate(tokens) if token.has("break") or token.has("correct")]
    after = tokens[turns[-1] + 1 :] if turns else ()
    spoken = [token for token in after if not _is_silent(token)]
    return bool(spoken) and all(token.has("act", "cancel") for token in spoken)


def _names(token: Token) -> bool:
    """Whether it names a thing or says how much, or nobody knows it."""
    things = any(sense.concepts for sense in token.senses) and not token.has("act")
    return things or not token.senses or token.number is not None or token.has("end")


def _is_silent(token: Token) -> bool:
    return bool(token.senses) and any(
        not sense.concepts
        and all(kind in ("filler", "please", "break", "le") for kind, _ in sense.marks)
        for sense in token.senses
    )
