"""What is told and not asked for: 去年妈妈把空调关了, "my boss told me to open the door".

Somebody else's words, the past, a house and its alarm clock are no business of the car, though
they may be full of its words.
"""

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.normalise import Normalised
from fujia.understanding.plan import Language
from fujia.understanding.words import DATA


class TellingFile(BaseModel):
    """One locale's ways to tell something (``data/<locale>/told.yaml``)."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    """Alternatives that the expressions name as ``<name>``; regular expressions as well."""
    told: list[str]
    """Regular expressions for what is only told; each begins where a clause begins."""
    elsewhere: list[str]
    """Regular expressions for what is asked of something that is not the car."""


@cache
def load_tellings(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is told and what is asked elsewhere; raises DataError for a broken file."""
    file = load_yaml(DATA / {"zh": "zh-CN", "en": "en"}[language] / "told.yaml", TellingFile)
    return _any(file.told, file.lists), _any(file.elsewhere, file.lists)


def _any(patterns: list[str], lists: dict[str, list[str]]) -> re.Pattern[str]:
    """One expression for all; a clause begins it, with words that only fill time before it."""
    text = "|".join(f"(?:{one})" for one in patterns)
    for _ in range(2):  # lists may name lists
        for name, words in lists.items():
            text = text.replace(f"<{name}>", f"(?:{'|'.join(words)})")
    return re.compile(rf"(?:^|,) ?(?:{'|'.join(lists['filler'])})*(?:{text})")


def is_told(said: Normalised) -> bool:
    """Whether somebody tells something, so that nothing is to be done."""
    return load_tellings(said.language)[0].search(said.text) is not None


def is_elsewhere(said: Normalised) -> bool:
    """Whether something other than the car is asked to do it: a house, an alarm clock."""
    return load_tellings(said.language)[1].search(said.text) is not None
