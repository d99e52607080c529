"""What may go in and come out: a hook, and a filter by patterns that ships with it."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, field_validator

from fujia.datafile import load_yaml

CONTENT_FILE = Path(__file__).parent / "data" / "content.yaml"
Direction = Literal["in", "out"]


class ContentFilter(Protocol):
    """Judges a text on its way to a model (``in``) or from it (``out``)."""

    def blocks(self, text: str, direction: Direction) -> str | None:
        """Why the text may not pass, in a word or two; None where it may."""
        ...


class ContentRule(BaseModel):
    """Texts that do not pass in some direction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    directions: tuple[Direction, ...]
    patterns: tuple[str, ...]

    @field_validator("patterns")
    @classmethod
    def _compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no pattern: {error}") from None
        return patterns


class ContentFile(BaseModel):
    """The rules of a content file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[ContentRule, ...]


class PatternFilter:
    """Blocks what the rules of a YAML file describe; raises DataError for a file with mistakes."""

    def __init__(self, files: Sequence[Path] = (CONTENT_FILE,)) -> None:
        rules = [rule for file in files for rule in _load(file).rules]
        self._rules = [
            (rule.id, rule.directions, re.compile("|".join(rule.patterns), re.IGNORECASE))
            for rule in rules
        ]

    def blocks(self, text: str, direction: Direction) -> str | None:
        """The id of the first rule that the text meets."""
        for name, directions, pattern in self._rules:
            if direction in directions and pattern.search(text):
                return name
        return None


@cache
def _load(file: Path) -> ContentFile:
    return load_yaml(file, ContentFile)
