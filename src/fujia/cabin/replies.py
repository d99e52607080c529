"""Replies: made from outcomes alone, short while driving, without forbidden claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from fujia.cabin.conditions import phrase
from fujia.cabin.errand import CONDITION, Errand
from fujia.cabin.persona import Persona
from fujia.cabin.policy.facts import moving
from fujia.cabin.suggestions.suggester import Suggestion
from fujia.cabin.turn import Action
from fujia.cabin.wording import Words, load_words
from fujia.understanding.plan import Command, Language
from fujia.vehicle.zone import seats_of

_PROBLEMS = ("refused", "unavailable", "failed")
_QUESTIONS = ("needs_confirmation", "question")


class Replies:
    """Puts outcomes into words."""

    def __init__(self, persona: Persona) -> None:
        self.persona = persona

    def phrase(self, name: str, errand: Errand) -> str:
        """A fixed phrase of the reply file."""
        return self.persona.clean(load_words(errand.language).phrases[name])

    def suggestion(self, suggestion: Suggestion, errand: Errand) -> str:
        """A suggestion with its reason first: 下雨了，车窗还开着。要关上车窗吗？"""
        words = load_words(errand.language)
        offer = suggestion.offer + words.ask
        return self.persona.clean(_sentences([suggestion.reason, offer], words))

    def promise(self, command: Command, language: Language) -> str:
        """What is said when a command begins to be watched for."""
        words = load_words(language)
        return words.phrases["promise"].format(
            when=phrase(command.condition, language) if command.condition else "",
            wish=words.wish(command.skill, command.args),
        )

    def compose(
        self, actions: tuple[Action, ...], errand: Errand
    ) -> tuple[tuple[Action, ...], str]:
        """The actions with their own words, and the reply for all of them."""
        words = load_words(errand.language)
        spoken = tuple(
            replace(action, reply=self._words(action, words, errand)) for action in actions
        )
        reply = self.persona.clean(self._fit(spoken, words, errand))
        return spoken, reply

    def _words(self, action: Action, words: Words, errand: Errand) -> str:
        if action.skill == "chat.reply" and action.outcome == "answered":
            return self.persona.small_talk.text(errand.language).rstrip(words.stop)
        if action.rule == CONDITION:
            offer = words.wish(action.skill, action.args)
            suggestion = self.persona.suggestion.text(errand.language)
            return suggestion.format(offer=offer, when=action.reason)
        return words.action(action)

    def _fit(self, actions: Sequence[Action], words: Words, errand: Errand) -> str:
        """The fullest reply that is short enough; parked, simply the fullest."""
        versions = _versions(actions, errand.notes, words)
        fullest = next(versions)
        if not moving(errand.state) or len(fullest) <= words.limit or _is_measured(actions):
            return fullest
        shortest = fullest
        for version in versions:
            if len(version) <= words.limit:
                return version
            shortest = version
        return _clip(shortest, words.limit, words)


def _is_measured(actions: Sequence[Action]) -> bool:
    """Whether it is from the manual alone: that answer is made short without losing a warning."""
    return all(action.skill == "manual.ask" for action in actions)


def _versions(actions: Sequence[Action], notes: Sequence[str], words: Words) -> Iterator[str]:
    """The same reply, shorter and shorter: in full, done counted, problems named, counted."""
    done = [action for action in actions if action.outcome == "done"]
    problems = [action for action in actions if action.outcome in _PROBLEMS]
    answers = [action for action in actions if action.outcome == "answered"]
    questions = [action for action in actions if action.outcome in _QUESTIONS]
    hindered = _hindered(problems, words)
    full = [words.comma.join(_merged(done, words)), *hindered, *_replies(answers), *notes]
    yield _sentences([*full, *_replies(questions)], words)
    if notes:
        yield _sentences([*full[: -len(notes)], *_replies(questions)], words)
    own = [action for action in done if not action.companion]
    counted = _count(own, "count_done", words)
    yield _sentences([counted, *hindered, *_replies(answers), *_replies(questions)], words)
    named = words.comma.join(dict.fromkeys(words.name(one.skill, one.args) for one in problems))
    short = words.phrases["problems"].format(names=named) if problems else ""
    yield _sentences([counted, short, *_replies(answers), *_replies(questions)], words)
    asked = (
        _replies(questions) if len(questions) == 1 else [_count(questions, "count_asked", words)]
    )
    failed = _count(problems, "count_problems", words)
    yield _sentences([counted, failed, *_replies(answers), *asked], words)
    if done or problems:
        yield _sentences([counted, failed, *asked], words)


def _merged(done: Sequence[Action], words: Words) -> list[str]:
    """What was done, with neighbours that differ by their seat alone as one clause."""
    clauses: list[str] = []
    for _, group in groupby(done, _but_zone):
        alike = list(group)
        zones = [str(action.args.get("zone", "")) for action in alike]
        if len(alike) > 1 and all(zones):
            zone = next((name for name, seats in _GROUPS.items() if seats == set(zones)), None)
            zone = zone or words.zone_list(zones)
            together = replace(alike[0], args={**alike[0].args, "zone": zone})
            clauses.append(words.action(together))
        else:
            clauses.extend(_replies(alike))
    return clauses


def _hindered(problems: Sequence[Action], words: Words) -> list[str]:
    """What was refused or failed, with neighbours of one reason as one clause."""
    clauses: list[str] = []
    for (outcome, _), group in groupby(problems, lambda one: (one.outcome, one.reason)):
        alike = list(group)
        merges = len(alike) > 1 and outcome != "unavailable"
        clauses.extend([words.together(alike)] if merges else _replies(alike))
    return list(dict.fromkeys(clauses))


def _but_zone(action: Action) -> tuple[object, ...]:
    rest = sorted((name, str(value)) for name, value in action.args.items() if name != "zone")
    return action.skill, action.companion, tuple(rest)


_GROUPS = {zone: set(seats_of(zone)) for zone in ("front", "rear", "all")}


def _replies(actions: Sequence[Action]) -> list[str]:
    return [action.reply or "" for action in actions]


def _count(actions: Sequence[Action], phrase_name: str, words: Words) -> str:
    if not actions:
        return ""
    if len(actions) == 1 and phrase_name == "count_done":
        return actions[0].reply or ""
    return words.phrases[phrase_name].format(count=len(actions))


def _sentences(parts: Sequence[str], words: Words) -> str:
    ends = (words.stop, words.ask, "！", "!", "…")
    kept = [part for part in parts if part]
    space = "" if words.stop == "。" else " "
    return space.join(_capital(part if part.endswith(ends) else part + words.stop) for part in kept)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _clip(text: str, limit: int, words: Words) -> str:
    """Cut at the last stop or comma within the limit, or hard."""
    head = text[: limit - 1]
    cut = max(head.rfind(mark) for mark in (words.stop, words.comma.strip(), "、"))
    if cut > limit // 2:
        return head[:cut] + words.stop
    return head + "…"
