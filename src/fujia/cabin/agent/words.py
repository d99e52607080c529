"""The words of the agent: what it says itself, and what it tells the model."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.understanding.plan import Language

_DATA = Path(__file__).parent / "data"
Phrase = Literal[
    "missing", "nothing_done", "out_of_time", "too_many_steps", "not_done", "outside",
    "offer_unsure", "offer_unasked", "offer_outside", "too_long", "and",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """One text in both languages."""

    zh: str
    en: str


class AgentWords(_Strict):
    """The content of ``words.yaml``."""

    missing: Text
    nothing_done: Text
    out_of_time: Text
    too_many_steps: Text
    not_done: Text
    outside: Text
    offer_unsure: Text
    offer_unasked: Text
    offer_outside: Text
    too_long: Text
    and_: Text
    sources: Mapping[str, Text]


class Prompts(_Strict):
    """The content of ``prompts.yaml``."""

    plan: str
    execute: str
    user: str
    earlier: str
    again: str
    not_asked: str
    state: str


def phrase(name: Phrase, language: Language, **parts: str) -> str:
    """One of the agent's own phrases."""
    text: Text = getattr(_words(), "and_" if name == "and" else name)
    return getattr(text, language).format(**parts)


def source_words(sources: Iterable[str], language: Language) -> str:
    """What sources of text from outside are called: 短信和日历."""
    known = _words().sources
    named = [
        getattr(known.get(one) or known.get(one.split(".")[0]) or known["other"], language)
        for one in sources
    ]
    return phrase("and", language).join(dict.fromkeys(named))


def fill(template: str, **parts: str) -> str:
    """A prompt with its ``{names}`` filled in; braces elsewhere stay, and so do those of a part."""
    pieces = template.split("{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, closes, rest = piece.partition("}")
        filled.append(parts[name] + rest if closes and name in parts else "{" + piece)
    return "".join(filled)


@cache
def load_prompts() -> Prompts:
    """What the model is told."""
    return load_yaml(_DATA / "prompts.yaml", Prompts)


@cache
def _words() -> AgentWords:
    return load_yaml(_DATA / "words.yaml", AgentWords)
