"""The few words of our own around what a manual says."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.expert.retrieval.synonyms import DATA
from fujia.expert.section import Language


class Phrases(BaseModel):
    """``data/phrases.yaml``: the phrases of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    not_found: str
    nearest: str
    not_fitted: str
    page: str
    no_manual: str
    offer: str
    more: str
    no_light: str


class PhraseFile(BaseModel):
    """``data/phrases.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: Mapping[Language, Phrases]


@cache
def load_phrases(language: Language, file: Path = DATA / "phrases.yaml") -> Phrases:
    """The packaged phrases of a language; raises DataError for a broken file."""
    return load_yaml(file, PhraseFile).phrases[language]
