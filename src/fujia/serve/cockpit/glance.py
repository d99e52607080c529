"""The short form of a turn, for a driver on the move: to be read in two seconds."""

from collections import Counter
from html import escape

from fujia.cabin.turn import Outcome, Turn, worst
from fujia.cabin.wording import load_words
from fujia.serve.cockpit.marks import mark
from fujia.serve.cockpit.texts import Texts
from fujia.serve.event import suggestion_of

LIMITS = {"zh": 14, "en": 38}
"""Characters that are read at a glance: some 7 Chinese characters or 4 English words a second."""


def glance(turn: Turn, texts: Texts) -> list[tuple[Outcome, str]]:
    """The reply, if it is short enough; else one line for the worst and one for the rest.

    Each line comes with the outcome that it stands for. Companions are not counted. A suggestion
    has its reason, and what a yes does.
    """
    limit = LIMITS[turn.language]
    reply = turn.reply.rstrip("。.")
    outcomes = Counter[Outcome](action.outcome for action in turn.actions if not action.companion)
    if suggestion_of(turn):
        first, words = turn.actions[0], load_words(turn.language)
        offer = words.wish(first.skill, first.args)
        return [(first.outcome, _clip(each, limit)) for each in (str(first.reason), offer)]
    if len(reply) <= limit or len(outcomes) == 0:
        return [(turn.outcome, _clip(reply, limit))]
    if set(outcomes) <= {"answered", "question"}:
        return [(turn.outcome, _clip(reply, limit))]
    gravest = worst(outcomes)
    lines: list[tuple[Outcome, str]] = [(gravest, _line(turn, gravest, outcomes[gravest], texts))]
    rest: list[Outcome] = [outcome for outcome in outcomes if outcome != gravest]
    if rest:
        counts = [_count(outcome, outcomes[outcome], texts) for outcome in rest]
        comma = "，" if texts.language == "zh" else ", "
        lines.append((rest[0], _clip(comma.join(counts), limit)))
    return lines


def glance_html(turn: Turn | None, texts: Texts) -> str:
    """The short form with its marks; an invitation to speak before the first turn."""
    invitation: list[tuple[Outcome, str]] = [("answered", texts.word("not_driven"))]
    lines = glance(turn, texts) if turn else invitation
    return "".join(
        f'<div class="big {outcome}">{mark(outcome)}<span>{escape(line)}</span></div>'
        for outcome, line in lines
    )


def _line(turn: Turn, outcome: Outcome, count: int, texts: Texts) -> str:
    """What one outcome is about and why, where that is short; else how many came to it."""
    limit = LIMITS[turn.language]
    action = next((one for one in turn.actions if one.outcome == outcome and one.reason), None)
    if action is None or outcome == "done":
        return _count(outcome, count, texts)
    words = load_words(turn.language)
    thing = words.name(action.skill, action.args).strip()
    whole = f"{thing}：{action.reason}" if turn.language == "zh" else f"{thing}: {action.reason}"
    return whole if len(whole) <= limit else _clip(str(action.reason), limit)


def _count(outcome: Outcome, count: int, texts: Texts) -> str:
    return texts.word("counts").format(count=count, outcome=texts.outcomes[outcome])


def _clip(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
