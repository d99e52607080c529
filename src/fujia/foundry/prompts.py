"""The words that go to a teacher, and what is read from its answers."""

import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from fujia.datafile import load_yaml
from fujia.foundry.skillbook import describe
from fujia.llm.jsontext import without_nulls
from fujia.llm.model import Message
from fujia.understanding.normalise import detect_language
from fujia.understanding.plan import Act, Command, Plan
from fujia.understanding.understander import Context

PROMPTS = Path(__file__).parent / "data" / "prompts"
PARAPHRASES: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "paraphrases": {"type": "array", "items": {"type": "string"}},
        "doubt": {"type": ["string", "null"]},
    },
    "required": ["paraphrases"],
    "additionalProperties": False,
}
"""The JSON schema of an answer with paraphrases."""


class Shown(BaseModel):
    """One example of a good answer."""

    model_config = ConfigDict(extra="forbid")

    said: str
    answer: dict[str, Any]


class Prompt(BaseModel):
    """One prompt file."""

    model_config = ConfigDict(extra="forbid")

    system: str
    examples: list[Shown] = []

    def messages(self, said: str, sample: int, words: Mapping[str, str]) -> list[Message]:
        """The conversation that ends with ``said``.

        A second sample sees the examples in another order, so that it is more than an echo. The
        long part stays the same for all: providers charge less for what they have just seen.
        """
        system = self.system
        for name, value in words.items():
            system = system.replace(f"{{{name}}}", value)
        shown = list(self.examples)
        if sample:
            random.Random(sample).shuffle(shown)
        messages: list[Message] = [{"role": "system", "content": system}]
        for example in shown:
            answer = json.dumps(example.answer, ensure_ascii=False)
            messages.append({"role": "user", "content": example.said.strip()})
            messages.append({"role": "assistant", "content": answer})
        return [*messages, {"role": "user", "content": said}]


class Answer(BaseModel):
    """What a teacher says about one utterance."""

    model_config = ConfigDict(extra="forbid")

    act: Act = "do"
    commands: tuple[Command, ...] = ()
    doubt: str | None = None

    @field_validator("commands", mode="before")
    @classmethod
    def _said(cls, commands: Any) -> Any:
        return without_nulls(commands)

    def plan(self, text: str) -> Plan:
        """The plan, in the language of the utterance."""
        return Plan(language=detect_language(text), act=self.act, commands=self.commands)


class Rewritten(BaseModel):
    """What a teacher says when it is asked for paraphrases."""

    model_config = ConfigDict(extra="forbid")

    paraphrases: list[str] = Field(max_length=100)
    doubt: str | None = None


@cache
def load_prompt(name: str) -> Prompt:
    """The packaged prompt of that name; raises DataError for a broken file."""
    return load_yaml(PROMPTS / f"{name}.yaml", Prompt)


def label_messages(text: str, context: Context, sample: int) -> list[Message]:
    """Ask for the plan of an utterance; what is unusual about the situation is said too."""
    situation = [f"said from the seat: {context.seat}"] * (context.seat != "driver")
    if context.last:
        last = [command.model_dump(exclude_defaults=True) for command in context.last]
        situation.append(f"the turn before: {json.dumps(last, ensure_ascii=False)}")
    situation += ["a question waits for a yes or a no"] * context.waiting
    said = "\n".join([text, *(f"({line})" for line in situation)])
    return load_prompt("label").messages(said, sample, {"skills": describe()})


def paraphrase_messages(text: str, plan: Plan, count: int) -> list[Message]:
    """Ask for ``count`` paraphrases of an utterance."""
    asked = plan.model_dump(exclude_defaults=True, exclude={"language", "confidence"})
    said = f"{text}\n{json.dumps(asked, ensure_ascii=False)}"
    return load_prompt("paraphrase").messages(said, 0, {"count": str(count)})


def read_answer(text: str) -> Answer | str:
    """The answer in a completion, or in words what is wrong with it."""
    try:
        return Answer.model_validate_json(_bare(text))
    except ValidationError as error:
        return _problem(error)


def read_paraphrases(text: str) -> Rewritten | str:
    """The paraphrases in a completion, or in words what is wrong with it."""
    try:
        return Rewritten.model_validate_json(_bare(text))
    except ValidationError as error:
        return _problem(error)


def _bare(text: str) -> str:
    """Without the code fence that some models put around JSON."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.removesuffix("```").partition("\n")[2]
    return text.encode("utf-8", "replace").decode()


def _problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
