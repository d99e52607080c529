"""Who speaks: name, tone, and what is never claimed. A YAML file a persona."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.errors import InputError
from fujia.understanding.plan import Language

PERSONA_FOLDER = Path(__file__).parent / "data" / "personas"


class Wording(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


class Forbidden(BaseModel):
    """Claims that a reply never makes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Persona(BaseModel):
    """The content of a persona file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Wording
    tone: str = ""
    greeting: Wording
    small_talk: Wording
    unheard: Wording
    suggestion: Wording
    forbidden: Forbidden = Field(default_factory=Forbidden)

    def claims(self, text: str) -> tuple[str, ...]:
        """The forbidden claims that a text makes."""
        lowered = text.lower()
        words = (*self.forbidden.zh, *self.forbidden.en)
        return tuple(word for word in words if word.lower() in lowered)

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
    places = (*(folder / "personas" for folder in folders), PERSONA_FOLDER)
    for place in places:
        file = place / f"{name}.yaml"
        if file.is_file():
            return load_yaml(file, Persona)
    known = sorted({file.stem for place in places for file in place.glob("*.yaml")})
    raise InputError(f"there is no persona {name!r}; personas: {', '.join(known)}")
