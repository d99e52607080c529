"""A turn as HTML: speech bubbles, a chip for each command, the timeline. Pure functions."""

import json
from html import escape
from typing import Any, cast

from fujia.cabin.turn import Action, Step, Turn
from fujia.cabin.wording import load_words
from fujia.llm.disclosure import load_words as load_disclosure
from fujia.serve.cockpit.marks import mark
from fujia.serve.cockpit.sources import sources_html
from fujia.serve.cockpit.texts import Texts
from fujia.serve.event import unasked
from fujia.vehicle.zone import Seat

_LONGEST_DETAIL = 160


def turn_html(turn: Turn, texts: Texts) -> str:
    """What was said, the reply and where it stands, what became of each command, the steps.

    A watched command that was carried out on its own has no words; its bubble is left out. What
    Fujia says of its own accord is called that.
    """
    said = said_html(turn.said, turn.seat, texts) if turn.said else ""
    of_its_own = unasked(turn)
    label = f"<small>{escape(texts.word(of_its_own[0]))}</small>" if of_its_own else ""
    label += by_ai_html(texts) if turn.route == "llm" else ""
    reply = f'<div class="bubble fujia">{label}{escape(turn.reply)}</div>'
    chips = "".join(chip_html(action, texts) for action in turn.actions)
    answer = f"{said}{reply}{sources_html(turn, texts)}"
    return f'{answer}<ul class="chips">{chips}</ul>{trace_html(turn, texts)}'


def said_html(said: str, seat: Seat, texts: Texts) -> str:
    """What somebody said, and where they sit."""
    return f'<div class="bubble you"><small>{escape(texts.seats[seat])}</small>{escape(said)}</div>'


def by_ai_html(texts: Texts) -> str:
    """The mark of what a language model wrote, or had a say in."""
    return f'<small class="by-ai">{escape(load_disclosure().label.text(texts.language))}</small>'


def chip_html(action: Action, texts: Texts) -> str:
    """One command, its outcome in words and as a mark, and the reason."""
    outcome = texts.outcomes[action.outcome]
    added = f" ({escape(texts.word('companion'))})" if action.companion else ""
    what = escape(wish(action, texts))
    why = _why(action, texts)
    return (
        f'<li class="chip {action.outcome}">{mark(action.outcome)}'
        f'<span><b>{escape(outcome)}</b>{added} <span class="what">{what}</span></span>{why}</li>'
    )


def wish(action: Action, texts: Texts) -> str:
    """What a command wants, in the words of replies: 打开尾门."""
    if action.outcome == "answered":
        return load_words(texts.language).name(action.skill, action.args)
    return load_words(texts.language).wish(action.skill, action.args)


def trace_html(turn: Turn, texts: Texts) -> str:
    """The steps as a timeline: when each began and how many milliseconds it took."""
    total = max(turn.ms, sum(step.ms for step in turn.trace), 0.001)
    rows: list[str] = []
    begun = 0.0
    for step in turn.trace:
        rows.append(_step_html(step, begun / total * 100, step.ms / total * 100, texts))
        begun += step.ms
    head = f"{texts.word('trace')} · {texts.routes[turn.route]} · {turn.ms:.1f} ms"
    steps = "".join(rows)
    return f'<details class="trace"><summary>{escape(head)}</summary><ol>{steps}</ol></details>'


def _step_html(step: Step, left: float, width: float, texts: Texts) -> str:
    detail = escape(_detail(step))
    return (
        f"<li><span>{escape(texts.steps[step.name])}</span>"
        f'<span class="detail" title="{detail}">{detail}</span>'
        f'<span class="track"><i style="left:{min(left, 97):.1f}%;width:{width:.1f}%"></i></span>'
        f'<span class="ms">{step.ms:.2f} ms</span></li>'
    )


def _detail(step: Step) -> str:
    """What a step says of itself, short: the ends of paths."""
    if step.name not in ("resolve", "judge", "act", "read back") or not step.detail:
        return ""
    details = cast(dict[str, Any], step.detail)
    pairs = {".".join(key.split(".")[-3:]): value for key, value in details.items()}
    text = ", ".join(
        f"{name} {json.dumps(value, ensure_ascii=False, default=str)}"
        for name, value in pairs.items()
        if value is not None
    )
    return text if len(text) <= _LONGEST_DETAIL else text[: _LONGEST_DETAIL - 1] + "…"


def _why(action: Action, texts: Texts) -> str:
    """The reason, where it says more than the outcome does, and the rule that decided."""
    if not action.reason or action.outcome in ("done", "answered"):
        return ""
    rule = ""
    is_policy = action.rule and not action.rule.startswith("suggestion ")
    if is_policy and action.outcome in ("refused", "needs_confirmation"):
        rule = f" <small>{escape(texts.word('rule'))} {escape(str(action.rule))}</small>"
    return f'<span class="why">{escape(action.reason)}{rule}</span>'
