"""What is told and not asked for: 去年妈妈把空调关了, "my boss told me to open the door".

Somebody else's words, the past, a house and its alarm clock are no business of the car, though
they may be full of its words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Language
from fujia.understanding.tagger import Token
from fujia.understanding.words import DATA


class TellingFile(BaseModel):
    """One locale's ways to tell something (``data/<locale>/told.yaml``)."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    """Alternatives that the expressions name as ``<name>``; regular expressions as well."""
    told: list[str]
    """Regular expressions for what is only told; each begins where a clause begins."""
    idle: list[str]
    """Regular expressions for clauses that ask for nothing, whatever stands beside them."""
    elsewhere: list[str]
    """Regular expressions for what is asked of something that is not the car."""
    joints: list[str]
    """What stands between two clauses."""


@dataclass(frozen=True, slots=True)
class Tellings:
    """The compiled expressions of a language."""

    told: re.Pattern[str]
    idle: re.Pattern[str]
    elsewhere: re.Pattern[str]
    joint: re.Pattern[str]


@cache
def load_tellings(language: Language) -> Tellings:
    """What is told and what is asked elsewhere; raises DataError for a broken file."""
    file = load_yaml(DATA / {"zh": "zh-CN", "en": "en"}[language] / "told.yaml", TellingFile)
    joint = "|".join(file.joints)
    told, idle, elsewhere = (
        _any(patterns, file.lists, joint) for patterns in (file.told, file.idle, file.elsewhere)
    )
    return Tellings(told, idle, elsewhere, re.compile(joint))


def _any(patterns: list[str], lists: dict[str, list[str]], joint: str) -> re.Pattern[str]:
    """One expression for all; a clause begins it, with words that only fill time before it."""
    text = "|".join(f"(?:{one})" for one in patterns)
    for _ in range(3):  # lists may name lists
        for name, words in lists.items():
            text = text.replace(f"<{name}>", f"(?:{'|'.join(words)})")
    return re.compile(rf"(?:^|{joint}) ?(?:{'|'.join(lists['filler'])})*(?:{text})")


def is_told(said: Normalised) -> bool:
    """Whether somebody tells something, so that nothing is to be done."""
    return load_tellings(said.language).told.search(said.text) is not None


def without_idle(said: Normalised, tokens: Sequence[Token]) -> list[Token]:
    """The tokens outside of clauses that ask for nothing: 我刚把窗关了，打开空调."""
    known = load_tellings(said.language)
    spans: list[tuple[int, int]] = []
    for found in known.idle.finditer(said.text):
        end = known.joint.search(said.text, found.end())
        spans.append((found.start(), end.start() if end else len(said.text)))
    return [token for token in tokens if not any(a <= token.start < b for a, b in spans)]


def before_reason(said: Normalised, tokens: Sequence[Token]) -> list[Token]:
    """The tokens of an order without what the speaker did: "light on, I dropped my keys"."""
    begins = next((token for token in tokens if not token.has("polite")), None)
    if said.language != "en" or begins is None or not begins.has("verb"):
        return list(tokens)
    for at, token in enumerate(tokens):
        tells = token.has("quote") and said.text.startswith(("i ", "we "), token.start)
        if tells and at > 2 and not tokens[at - 1].has("if"):
            return list(tokens[:at])
    return list(tokens)


def is_elsewhere(said: Normalised) -> bool:
    """Whether something other than the car is asked to do it: a house, an alarm clock."""
    return load_tellings(said.language).elsewhere.search(said.text) is not None
