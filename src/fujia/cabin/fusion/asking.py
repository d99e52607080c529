"""Asking a model: for a plan as JSON, or for conversation that may call the car's skills."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fujia.cabin.agent.claims import without_claims
from fujia.cabin.agent.tools import Toolbox
from fujia.cabin.fusion.answer import (
    Planned,
    answer_grammar,
    answer_schema,
    hold_all,
    read_answer,
    read_plan,
)
from fujia.cabin.fusion.said import Held
from fujia.cabin.fusion.speech import Speech
from fujia.cabin.fusion.texts import FusionTexts
from fujia.cabin.persona import Persona
from fujia.errors import FujiaError, MissingExtra, ModelError, Reason
from fujia.llm.checked import ask_again
from fujia.llm.model import Listen, Message, Piece, Request, Tool
from fujia.understanding.plan import Command, Language
from fujia.vehicle.zone import Seat

if TYPE_CHECKING:
    from fujia.llm.gateway import Gateway

TOOL = "car.do"
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

    @property
    def dropped(self) -> tuple[str, ...]:
        """The arguments that were left out of its commands: ``media.control.station``."""
        return tuple(f"{each.command.skill}.{name}" for each in self.held for name in each.dropped)


class Asker:
    """Asks the models of a gateway; never raises for what they do."""

    def __init__(self, models: "Gateway", persona: Persona, texts: FusionTexts) -> None:
        self._models, self._texts = models, texts
        self.persona = persona
        """Who speaks."""

    def plan(self, question: Question, tools: Toolbox) -> Thought:
        """What the model takes an utterance to ask for, held against what was said."""
        try:
            planned = self._planned(self._plan_request(question, tools), question)
        except FujiaError as error:
            return Thought(error=reason_of(error))
        words = self.persona.speak(without_claims(planned.reply), question.language)
        return Thought(planned.held, words.strip())

    def _planned(self, request: Request, question: Question) -> Planned:
        """The plan; a model that made a mistake is told once what it was. Raises FujiaError."""
        until = time.monotonic() + question.time_s
        completion = self._models.complete("fast", request)
        first: Planned | ModelError
        try:
            first = read_plan(completion.text, question.said, question.seat)
            problem = first.problem
        except ModelError as error:
            first, problem = error, str(error)
        left = until - time.monotonic()
        if problem and left > 0:
            again = replace(ask_again(request, completion, problem), time_s=left)
            # Where the second answer is no better, the first one holds.
            with suppress(FujiaError):
                second = self._models.complete("fast", again)
                return read_plan(second.text, question.said, question.seat)
        if isinstance(first, ModelError):
            raise first
        return first

    def talk(self, question: Question, tools: Toolbox, speech: Speech) -> Thought:
        """Conversation: ``speech`` hears it while it is written; commands come at its end."""
        heard: list[Piece] = []

        def listen(piece: Piece) -> None:
            heard.append(piece)
            speech.hear(piece)

        try:
            request = self._talk_request(question, tools)
            held, text = self._complete_talk(request, listen, question)
        except FujiaError as error:
            return Thought((), speech.end(), reason_of(error))
        if not heard and text:
            speech.hear(Piece(text))
        return Thought(held, speech.end())

    def warm_up(self, plan: Question, talk: Question, tools: Toolbox) -> None:
        """Let models on this machine read what plans and conversations begin with."""
        requests = self._plan_request(plan, tools), self._talk_request(talk, tools)
        self._models.warm_up("fast", requests)

    def _plan_request(self, question: Question, tools: Toolbox) -> Request:
        messages: list[Message] = [
            {"role": "system", "content": self._fill(self._texts.plan, question, tools)},
            {"role": "user", "content": question.said},
        ]
        return Request(
            messages, answer_schema(tools), grammar=answer_grammar(tools), temperature=0.0,
            max_tokens=_PLAN_TOKENS, turn=question.turn, time_s=question.time_s,
        )  # fmt: skip

    def _talk_request(self, question: Question, tools: Toolbox) -> Request:
        messages: list[Message] = [
            {"role": "system", "content": self._fill(self._texts.talk, question, tools)},
            *question.history,
            {"role": "user", "content": question.said},
        ]
        schemas = answer_schema(tools, reply=False), answer_grammar(tools, reply=False)
        tool = Tool(TOOL, self._texts.tool, *schemas)
        return Request(
            messages, tools=[tool], temperature=0.7, max_tokens=_TALK_TOKENS,
            turn=question.turn, language=question.language, time_s=question.time_s,
        )  # fmt: skip

    def _complete_talk(
        self, request: Request, listen: Listen, question: Question
    ) -> tuple[tuple[Held, ...], str]:
        completion = self._models.complete("fast", request, listen)
        commands = [one for call in completion.calls for one in read_answer(call.args()).commands]
        return hold_all(commands, question.said, question.seat), completion.text

    def _fill(self, text: str, question: Question, tools: Toolbox) -> str:
        texts, language = self._texts, question.language
        remembered = question.remembered
        return text.format(
            seat=texts.seats["en"][question.seat],
            language=texts.languages[language],
            skills="\n".join(tools.lines()),
            persona=self.persona.instructions(language),
            remembered=texts.remembered.format(facts=remembered) if remembered else "",
            tool=TOOL,
        )


def reason_of(error: FujiaError) -> Reason:
    """Why there is no answer, in one word."""
    if isinstance(error, ModelError):
        return error.reason
    return "not_configured" if isinstance(error, MissingExtra) else "rejected"
