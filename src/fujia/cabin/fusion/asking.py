"""Asking a model: for a plan as JSON, or for conversation that may call the car's skills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fujia.cabin.agent.claims import without_claims
from fujia.cabin.agent.tools import Toolbox
from fujia.cabin.fusion.said import Held, Words, hold
from fujia.cabin.fusion.speech import Speech
from fujia.cabin.fusion.texts import FusionTexts
from fujia.cabin.persona import Persona
from fujia.errors import FujiaError, MissingExtra, ModelError, Reason
from fujia.llm.jsontext import read_json, without_nulls
from fujia.llm.model import Listen, Message, Piece, Request, Tool
from fujia.understanding.plan import Command, Condition, Language
from fujia.vehicle.zone import Seat

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway

TOOL = "car.do"
_MOST_COMMANDS = 12
_PLAN_TOKENS, _TALK_TOKENS = 600, 400


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked, and by whom."""

    said: str
    seat: Seat
    language: Language
    turn: str
    time_s: float
    history: tuple[Message, ...] = ()
    remembered: str = ""


@dataclass(frozen=True, slots=True)
class Thought:
    """What a model came to: commands, words, or why neither."""

    held: tuple[Held, ...] = ()
    words: str = ""
    error: Reason | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands alone."""
        return tuple(each.command for each in self.held)

    @property
    def assumed(self) -> bool:
        """Whether some of it was not said."""
        return any(each.assumed for each in self.held)


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    commands: tuple[Command, ...] = Field(default=(), max_length=_MOST_COMMANDS)
    reply: str = ""


class Asker:
    """Asks the models of a gateway; never raises for what they do."""

    def __init__(self, models: "Gateway", persona: Persona, texts: FusionTexts) -> None:
        self._models, self._persona, self._texts = models, persona, texts

    def plan(self, question: Question, tools: Toolbox) -> Thought:
        """What the model takes an utterance to ask for, held against what was said."""
        messages: list[Message] = [
            {"role": "system", "content": self._fill(self._texts.plan, question, tools)},
            {"role": "user", "content": question.said},
        ]
        request = Request(
            messages, _answer_schema(tools), temperature=0.0, max_tokens=_PLAN_TOKENS,
            turn=question.turn, time_s=question.time_s,
        )  # fmt: skip
        try:
            completion = self._models.complete("fast", request)
            answer = _read(read_json(completion.text))
            held = _hold(answer.commands, question)
        except FujiaError as error:
            return Thought(error=reason_of(error))
        words = self._persona.speak(without_claims(answer.reply), question.language)
        return Thought(held, words.strip())

    def talk(self, question: Question, tools: Toolbox, speech: Speech) -> Thought:
        """Conversation: ``speech`` hears it while it is written; commands come at its end."""
        system = self._fill(self._texts.talk, question, tools)
        messages: list[Message] = [
            {"role": "system", "content": system},
            *question.history,
            {"role": "user", "content": question.said},
        ]
        tool = Tool(TOOL, self._texts.tool, _answer_schema(tools, reply=False))
        request = Request(
            messages, tools=[tool], temperature=0.7, max_tokens=_TALK_TOKENS,
            turn=question.turn, language=question.language, time_s=question.time_s,
        )  # fmt: skip
        heard: list[Piece] = []

        def listen(piece: Piece) -> None:
            heard.append(piece)
            speech.hear(piece)

        try:
            held, text = self._complete_talk(request, listen, question)
        except FujiaError as error:
            return Thought((), speech.end(), reason_of(error))
        if not heard and text:
            speech.hear(Piece(text))
        return Thought(held, speech.end())

    def _complete_talk(
        self, request: Request, listen: Listen, question: Question
    ) -> tuple[tuple[Held, ...], str]:
        completion = self._models.complete("fast", request, listen)
        commands = [one for call in completion.calls for one in _read(call.args()).commands]
        return _hold(commands, question), completion.text

    def _fill(self, text: str, question: Question, tools: Toolbox) -> str:
        texts, language = self._texts, question.language
        remembered = question.remembered
        return text.format(
            seat=texts.seats["en"][question.seat],
            language=texts.languages[language],
            skills="\n".join(tools.lines()),
            persona=self._persona.instructions(language),
            remembered=texts.remembered.format(facts=remembered) if remembered else "",
            tool=TOOL,
        )


def reason_of(error: FujiaError) -> Reason:
    """Why there is no answer, in one word."""
    if isinstance(error, ModelError):
        return error.reason
    return "not_configured" if isinstance(error, MissingExtra) else "rejected"


def _read(content: Any) -> _Answer:
    try:
        return _Answer.model_validate(without_nulls(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"no plan: {place}: {first['msg']}", "malformed") from None


def _hold(commands: Sequence[Command], question: Question) -> tuple[Held, ...]:
    """The commands as far as they were said; raises ModelError if one of them is none.

    Half a plan could be the opposite of the whole one, so there is no half of it.
    """
    words = Words(question.said)
    held: list[Held] = []
    for command in commands:
        found = hold(command, words, question.seat)
        if isinstance(found, str):
            raise ModelError(found, "malformed")
        held.append(found)
    return tuple(held)


def _answer_schema(tools: Toolbox, *, reply: bool = True) -> Mapping[str, Any]:
    condition = Condition.model_json_schema()
    command = {
        "type": "object",
        "properties": {
            "skill": {"enum": sorted(tools.parameters)},
            "args": {"type": "object"},
            "condition": {"anyOf": [condition, {"type": "null"}]},
        },
        "required": ["skill", "args"],
        "additionalProperties": False,
    }
    commands = {"type": "array", "items": command, "maxItems": _MOST_COMMANDS}
    properties: dict[str, Any] = {"commands": commands}
    if reply:
        properties["reply"] = {"type": "string"}
    return {
        "type": "object",
        "properties": properties,
        "required": ["commands"],
        "additionalProperties": False,
    }
