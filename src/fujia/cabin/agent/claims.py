"""What a language model may not say: that something was done, or how a thing stands unseen.

Whatever was done is told from outcomes, so nothing true is lost when such a sentence goes.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language

CLAIMS_FILE = Path(__file__).parent / "data" / "claims.yaml"
_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?\n]+|\.(?=\s|$)|$)")
_CLAUSE = re.compile(r"[，、；：,;:]|(?:\band\b)|(?:\bbut\b)|[“”\"「」（）()]")
_STOPS = "。！.! \n"


class Patterns(BaseModel):
    """What claims look like in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    deeds: tuple[str, ...]
    states: tuple[str, ...]
    unless: tuple[str, ...]


class Claims(BaseModel):
    """The content of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: Patterns
    en: Patterns


def sentences(text: str) -> list[str]:
    """The sentences of a text, with their stops."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def claims(sentence: str, *, looked: bool = False) -> bool:
    """Whether a sentence says that something was done; with ``looked`` false, or how it stands.

    Both languages are tried: models mix them.
    """
    for patterns in _compiled().values():
        for clause in _CLAUSE.split(sentence):
            said = clause.strip().rstrip(_STOPS).casefold().replace("’", "'")
            if not said or any(one.search(said) for one in patterns["unless"]):
                continue
            found = patterns["deeds"] if looked else patterns["deeds"] + patterns["states"]
            if any(one.search(said) for one in found):
                return True
    return False


def without_claims(text: str, *, looked: bool = False) -> str:
    """A text without the sentences that claim something; empty where all of them do."""
    kept = [one for one in sentences(text) if not claims(one, looked=looked)]
    return "".join(f"{one} " if one.endswith((".", "!", "?")) else one for one in kept).strip()


@cache
def _compiled() -> Mapping[Language, Mapping[str, tuple[re.Pattern[str], ...]]]:
    content = load_yaml(CLAIMS_FILE, Claims)

    def compiled(patterns: Patterns) -> dict[str, tuple[re.Pattern[str], ...]]:
        every = patterns.model_dump().items()
        return {name: tuple(re.compile(one, re.IGNORECASE) for one in many) for name, many in every}

    return {"zh": compiled(content.zh), "en": compiled(content.en)}
