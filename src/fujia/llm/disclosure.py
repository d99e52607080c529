"""What people must be told: that an AI speaks, that an AI wrote it, and why there is no answer."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import ModelError
from fujia.llm.model import Language

WORDS_FILE = Path(__file__).parent / "data" / "words.yaml"


class Words(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class WordsFile(BaseModel):
    """What the gateway itself says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_use: Words
    label: Words
    mark: Words
    failures: Mapping[str, Words]
    local_failures: Mapping[str, Words]
    """Those that sound otherwise where no cloud was asked."""


@cache
def load_words(file: Path = WORDS_FILE) -> WordsFile:
    """The words of a file; raises DataError."""
    return load_yaml(file, WordsFile)


def explain(error: ModelError, language: Language) -> str:
    """A short and true reply for somebody who waits for an answer that does not come."""
    words = load_words()
    failures = {**words.failures, **words.local_failures} if error.local else words.failures
    return failures.get(error.reason, failures["malformed"]).text(language)


def label(text: str, language: Language) -> str:
    """A text that an AI wrote, marked as such for whoever reads it."""
    return f"{text}{load_words().mark.text(language)}"


class FirstUse:
    """Says that an AI speaks, and remembers that, for a program in which nobody is remembered."""

    def __init__(self) -> None:
        self.told = False
        """Whether it was said."""

    def notice(self, language: Language) -> str:
        """What must be said before the first answer to each person."""
        return load_words().first_use.text(language)
