"""Negatives: what asks nothing of the car, and functions that no car has."""

import random
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.foundry.drafts import Draft
from fujia.foundry.splits import Split, part_of, short_hash
from fujia.foundry.values import DATA
from fujia.understanding import pattern
from fujia.understanding.plan import Argument, Command, Language

_WEIGHTS = {"chat": 0.35, "told": 0.25, "manual": 0.18, "unknown": 0.12, "later": 0.1}


class NegativeFile(BaseModel):
    """Patterns by what becomes of them."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    chat: list[str]
    """Small talk, reported speech, other domains: ``chat.reply``."""
    told: list[str]
    """What is told near a car, about cars and rooms that nobody is to touch: ``chat.reply``."""
    manual: list[str]
    """Questions about the car: ``manual.ask`` with the whole sentence."""
    unknown: list[str]
    """Functions that no car has: ``unknown.function`` with the whole sentence."""
    later: list[str]
    """What is asked for a later time and no timer can do: ``unknown.function`` as well."""


@cache
def load_negatives(language: Language) -> NegativeFile:
    """The negatives of a language; raises DataError for a broken file."""
    return load_yaml(DATA / f"negatives-{language}.yaml", NegativeFile)


def negative(language: Language, split: Split, chance: random.Random) -> Draft:
    """One utterance that must move nothing in the car."""
    data = load_negatives(language)
    (kind,) = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    patterns: dict[str, list[str]] = {
        "chat": data.chat, "told": data.told, "manual": data.manual, "unknown": data.unknown,
        "later": data.later,
    }  # fmt: skip
    chosen = chance.choice(part_of(patterns[kind], split))
    said = pattern.sample(pattern.parse(chosen, data.lists), chance, {})
    family = f"negative.{kind}:{short_hash(chosen)}"
    draft = Draft("", families=[family], source="negative")
    if kind in ("chat", "told"):
        draft.text, draft.commands = said, [Command(skill="chat.reply")]
        return draft
    # The whole sentence is the argument, so it stands as one piece of free words.
    draft.text = draft.keep(said)
    args: dict[str, Argument] = {"question" if kind == "manual" else "text": draft.text}
    skill = "manual.ask" if kind == "manual" else "unknown.function"
    draft.commands = [Command(skill=skill, args=args)]
    return draft
