"""Conditions that only say that a thing is not yet as it shall be: 天窗开着的话关上.

Closing what is closed changes nothing, so "if the sunroof is open, close it" is "close the
sunroof". A question before it only asks for its sake: "is the sunroof open? If so close it".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Language
from fujia.understanding.words import DATA


class StandingFile(BaseModel):
    """One locale's ways to say how a thing stands (``data/<locale>/standing.yaml``)."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    """Alternatives that the expressions name as ``<name>``; regular expressions as well."""
    signs: list[str]
    """Words, one of which stands in every such condition."""
    patterns: list[str]
    """Regular expressions with the groups ``clause`` (the condition), ``thing``, and ``here``, in
    whose place the thing is named."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The compiled expressions of a language."""

    signs: Sequence[str]
    patterns: Sequence[re.Pattern[str]]


@cache
def load_standing(language: Language) -> Standing:
    """The expressions of a language; raises DataError for a broken file."""
    file = load_yaml(DATA / {"zh": "zh-CN", "en": "en"}[language] / "standing.yaml", StandingFile)
    patterns = [re.compile(_filled(pattern, file.lists)) for pattern in file.patterns]
    return Standing(file.signs, patterns)


def _filled(pattern: str, lists: dict[str, list[str]]) -> str:
    for _ in range(2):  # lists may name lists
        for name, words in lists.items():
            pattern = pattern.replace(f"<{name}>", f"(?:{'|'.join(words)})")
    return pattern


def settled(said: Normalised) -> Normalised | None:
    """What was said, with the deed in place of such a condition; None if there is none."""
    known = load_standing(said.language)
    if not any(sign in said.text for sign in known.signs):
        return None
    found = (pattern.search(said.text) for pattern in known.patterns)
    return next((_rewritten(said, one) for one in found if one is not None), None)


def _rewritten(said: Normalised, found: re.Match[str]) -> Normalised:
    """The text without the condition, and with the thing where a pronoun stands for it."""
    start, end = found.span("clause")
    here, after = found.span("here") if found["here"] else (end, end)
    places = [*range(start), *range(end, here), *range(*found.span("thing"))]
    places += range(after, len(said.text))
    text = "".join(said.text[at] for at in places)
    return replace(said, text=text, spans=tuple(said.spans[at] for at in places))
