"""Who speaks: name, tone, and what is never claimed. A YAML file a persona."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.errors import InputError
from fujia.understanding.plan import Language

_HEADS = {
    "zh": (
        "你是{name}，车里的副驾。语气：{tone}。",
        "要：", "不要：", "绝不说：", "谈到别的品牌，只说：",
    ),
    "en": (
        "You are {name}, the co-driver in the car. Tone: {tone}.",
        "Do:", "Don't:", "Never say:", "Of other brands say only:",
    ),
}  # fmt: skip
_MARKS = " \t，。！？、,.!?~～"
PERSONA_FOLDER = Path(__file__).parent / "data" / "personas"


class Wording(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class Lists(BaseModel):
    """Some words or short sentences in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def of(self, language: Language) -> tuple[str, ...]:
        """Those of one language."""
        return self.zh if language == "zh" else self.en

    @property
    def both(self) -> tuple[str, ...]:
        """Those of both languages."""
        return (*self.zh, *self.en)


class Persona(BaseModel):
    """The content of a persona file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Wording
    asked_for: Lists = Field(default_factory=Lists)
    """Whole utterances with which somebody asks for this one."""
    tone: str = ""
    greeting: Wording
    small_talk: Wording
    unheard: Wording
    suggestion: Wording
    filler: Wording = Wording(zh="我想一下……", en="Let me think...")
    """What is said while a language model thinks."""
    do: Lists = Field(default_factory=Lists)
    dont: Lists = Field(default_factory=Lists)
    forbidden: Lists = Field(default_factory=Lists)
    """Claims that a reply never makes."""
    competitors: Lists = Field(default_factory=Lists)
    about_competitors: Wording | None = None
    """All that is ever said of them; without it they may be spoken of like anything else."""

    def instructions(self, language: Language) -> str:
        """What a language model is told that speaks for this persona."""
        head, do, dont, never, others = _HEADS[language]
        parts = [head.format(name=self.name.text(language), tone=self.tone)]
        lists = ((do, self.do), (dont, self.dont), (never, self.forbidden))
        for title, known in lists:
            if known.of(language):
                parts.append(f"{title}\n" + "\n".join(f"- {each}" for each in known.of(language)))
        if self.about_competitors is not None:
            parts.append(f"{others} {self.about_competitors.text(language)}")
        return "\n\n".join(parts)

    def names_competitor(self, text: str) -> bool:
        """Whether a text speaks of a competitor, as a whole word where it is spelt in Latin."""
        found = any(name in text for name in self.competitors.zh)
        latin = "|".join(map(re.escape, self.competitors.en))
        return found or bool(latin and re.search(rf"\b(?:{latin})\b", text, re.IGNORECASE))

    def speak(self, text: str, language: Language) -> str:
        """What a language model wrote, as this persona may say it.

        Forbidden claims are left out; a text about competitors gives way to what may be said.
        """
        if self.about_competitors is not None and self.names_competitor(text):
            return self.about_competitors.text(language)
        return self.clean(text)

    def claims(self, text: str) -> tuple[str, ...]:
        """The forbidden claims that a text makes."""
        lowered = text.lower()
        return tuple(word for word in self.forbidden.both if word.lower() in lowered)

    def clean(self, text: str) -> str:
        """The text without its forbidden claims."""
        for word in self.claims(text):
            start = text.lower().find(word.lower())
            while start >= 0:
                text = text[:start] + text[start + len(word) :]
                start = text.lower().find(word.lower())
        return text


@lru_cache
def load_persona(name: str, folders: Sequence[Path] = ()) -> Persona:
    """The persona of that name, from ``<folder>/personas/<name>.yaml`` or the packaged ones.

    Raises:
        InputError: there is no such persona.
        DataError: its file does not follow the schema.
    """
    for place in _places(folders):
        file = place / f"{name}.yaml"
        if file.is_file():
            return load_yaml(file, Persona)
    raise InputError(f"there is no persona {name!r}; personas: {', '.join(_names(folders))}")


def asked_for(said: str, folders: Sequence[Path] = ()) -> tuple[str, Language] | None:
    """The persona that an utterance asks for, and in which language; None for any other.

    Raises:
        DataError: a persona's file does not follow the schema.
    """
    return _asked(folders).get(said.strip(_MARKS).casefold())


@lru_cache
def _asked(folders: Sequence[Path]) -> Mapping[str, tuple[str, Language]]:
    found: dict[str, tuple[str, Language]] = {}
    languages: tuple[Language, ...] = ("zh", "en")
    for name in _names(folders):
        asked = load_persona(name, folders).asked_for
        found |= {
            words.casefold(): (name, language)
            for language in languages
            for words in asked.of(language)
        }
    return found


def _places(folders: Sequence[Path]) -> Sequence[Path]:
    return (*(folder / "personas" for folder in folders), PERSONA_FOLDER)


def _names(folders: Sequence[Path]) -> list[str]:
    return sorted({file.stem for place in _places(folders) for file in place.glob("*.yaml")})
