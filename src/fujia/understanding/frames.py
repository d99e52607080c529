"""Frames: how the sentences of a locale are put together, for sampling them."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language
from fujia.understanding.words import DATA


class Range(BaseModel):
    """Numbers of one unit, and how they are said."""

    model_config = ConfigDict(extra="forbid")

    low: float
    high: float
    step: float = 1.0
    say: list[str]


class FrameFile(BaseModel):
    """How sentences of a locale are put together."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, list[str]]
    frames: dict[str, list[str]]
    """Patterns for ``on``, ``off``, ``set``, ``up``, ``down``, ``max``, ``min``, ``value``,
    ``value_only``, ``leave`` and ``name``."""
    zones: dict[str, list[str]]
    ranges: dict[str, Range]
    joints: list[str]
    space: str = ""
    fillings: dict[str, list[str]] = {}
    """Examples for the slots of the sentences with free words."""


@cache
def load_frames(language: Language) -> FrameFile:
    """The frames of a language; raises DataError for a broken file."""
    locale = {"zh": "zh-CN", "en": "en"}[language]
    return load_yaml(DATA / locale / "frames.yaml", FrameFile)
