"""What people must be told: that an AI speaks, that an AI wrote it, and why there is no answer."""

import json
import threading
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
    """Remembers to whom it was said that an AI speaks.

    ``file`` holds names of occupants who were told; one without a name (a guest, a child) is told
    once in each conversation, and leaves no trace.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._told: set[str] = set()

    def notice(self, language: Language, occupant: str = "") -> str | None:
        """What must be said before the first answer; None where it was said already."""
        with self._lock:
            told = self._told | self._stored()
            if occupant in told:
                return None
            self._told.add(occupant)
            if occupant and self._file:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                names = sorted({*told, occupant} - {""})
                self._file.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
            return load_words().first_use.text(language)

    def forget(self, occupant: str) -> None:
        """Forget that somebody was told."""
        with self._lock:
            self._told.discard(occupant)
            if self._file and self._file.exists():
                names = sorted(self._stored() - {occupant})
                self._file.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    def _stored(self) -> set[str]:
        if self._file is None or not self._file.exists():
            return set()
        try:
            names = json.loads(self._file.read_text(encoding="utf-8"))
        except ValueError:
            return set()  # whoever cannot be sure of having said it says it again
        return {str(name) for name in names} if isinstance(names, list) else set()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
