"""The reply of an agent: what was done comes from outcomes, and the model's own words come last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fujia.cabin.agent.claims import without_claims
from fujia.cabin.agent.contract import Hands
from fujia.cabin.agent.words import phrase, source_words
from fujia.cabin.skills import SKILLS
from fujia.cabin.turn import Action
from fujia.understanding.plan import Language

_MOST_SAID = 400
"""Characters of the model's own words in a reply."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass
class Findings:
    """What came of a request."""

    language: Language = "zh"
    actions: list[Action] = field(default_factory=list[Action])
    missing: list[str] = field(default_factory=list[str])
    outside: dict[str, None] = field(default_factory=dict[str, None])
    """The sources of text from outside that was read, in order."""
    said: str = ""
    """The model's own words at the end."""


def put_together(
    findings: Findings, hands: Hands, language: Language
) -> tuple[tuple[Action, ...], str]:
    """The actions with their words, and the reply."""
    looked = [one for one in findings.actions if one.outcome == "answered"]
    wrote = [one for one in findings.actions if _is_write(one)]
    said = "" if wrote and not looked and not findings.outside else _own_words(findings, hands)
    # The model's answer stands for what it read, if its numbers are those that were read.
    stands_for = bool(said) and _numbers_are_known(said, looked)
    spoken = [one for one in findings.actions if not (stands_for and one in looked)]
    worded, reply = hands.compose(spoken) if spoken else ((), "")
    words = iter(worded)
    actions = tuple(
        one if stands_for and one in looked else next(words) for one in findings.actions
    )
    actions += tuple(_unavailable(text, language) for text in dict.fromkeys(findings.missing))
    parts: list[str] = []
    if findings.missing:
        names = ("、" if language == "zh" else ", ").join(dict.fromkeys(findings.missing))
        parts.append(phrase("missing", language, names=names))
    if said:
        parts.append(_sourced(said, findings, language))
    # What waits for an answer comes last.
    asks = any(one.outcome in ("needs_confirmation", "question") for one in spoken)
    parts.insert(len(parts) if asks else 0, reply)
    text = _joined(parts, language)
    if not actions:
        text = text or phrase("nothing_done", language)
        actions = (Action("chat.reply", {}, "answered", reply=text),)
    return actions, text


def _own_words(findings: Findings, hands: Hands) -> str:
    looked = bool(findings.outside) or any(one.outcome == "answered" for one in findings.actions)
    said = hands.clean(without_claims(findings.said, looked=looked)) if findings.said else ""
    return said if len(said) <= _MOST_SAID else said[: _MOST_SAID - 1] + "…"


def _sourced(said: str, findings: Findings, language: Language) -> str:
    if not findings.outside:
        return said
    sources = source_words(findings.outside, language)
    return phrase("outside", language, sources=sources) + said


def _numbers_are_known(said: str, looked: Sequence[Action]) -> bool:
    known = {number for one in looked for number in _NUMBER.findall(one.reply or "")}
    return set(_NUMBER.findall(said)) <= known


def _is_write(action: Action) -> bool:
    return action.skill in SKILLS and SKILLS[action.skill].kind == "write"


def _unavailable(text: str, language: Language) -> Action:
    reply = phrase("missing", language, names=text)
    return Action("unknown.function", {"text": text}, "unavailable", text, reply=reply)


def _joined(parts: Sequence[str], language: Language) -> str:
    return ("" if language == "zh" else " ").join(part for part in parts if part)
