"""The writer that asks a language model, through the gateway.

The passages travel as JSON in the question, never among the instructions, and the model gets no
tools: a manual that gives orders can at most make it write something, and what it writes is
checked by ``fujia.expert.answers.writer``.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import FujiaError
from fujia.expert.retrieval.question import parse_question
from fujia.expert.retrieval.synonyms import DATA
from fujia.expert.section import Language
from fujia.llm.model import Message, Request

if TYPE_CHECKING:
    from fujia.llm.config import Role
    from fujia.llm.gateway import Gateway

_ROLE: "Role" = "fast"
_MOST_TOKENS = 400
_MOST_S = 6.0
"""Somebody waits for the answer, and the manual has one already."""


class Prompt(BaseModel):
    """The words of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: str
    asks: str

    def messages(self, question: str, passages: Sequence[str]) -> list[Message]:
        """What a model is sent."""
        numbered = [{"number": n, "text": text} for n, text in enumerate(passages, start=1)]
        asked = self.asks.format(passages=_json(numbered), question=_json(question))
        return [
            {"role": "system", "content": self.system},
            {"role": "user", "content": asked},
        ]


class PromptFile(BaseModel):
    """``data/writer.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: Prompt
    en: Prompt


class ModelWriter:
    """Writes answers with the models of the role ``fast``; a ``Writer``."""

    def __init__(self, gateway: "Gateway") -> None:
        self._gateway = gateway

    def write(self, question: str, passages: Sequence[str]) -> str | None:
        """See ``Writer.write``; None where no model may or can be asked, or none answers."""
        language: Language = parse_question(question).language
        messages = load_prompts()[language].messages(question, passages)
        request = Request(
            messages, language=language, temperature=0.0, max_tokens=_MOST_TOKENS, time_s=_MOST_S
        )
        try:
            return self._gateway.complete(_ROLE, request).text
        except FujiaError:
            return None


def find_writer(gateway: "Gateway") -> ModelWriter | None:
    """A writer, if a model may be asked now: one is set up, and nobody has said no."""
    return ModelWriter(gateway) if gateway.usable(_ROLE) else None


@cache
def load_prompts(file: Path = DATA / "writer.yaml") -> Mapping[Language, Prompt]:
    """The packaged prompts; raises DataError for a broken file."""
    content = load_yaml(file, PromptFile)
    return {"zh": content.zh, "en": content.en}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
