"""An understander that asks a language model for the plan, as the foundry asks its teacher.

The words are the teacher's, with a shorter list of skills: names, arguments and a few Chinese words
each, about 3,500 tokens in all. The list is whole and the same for every utterance, not a choice of
likely skills: a server keeps what it has read as long as the beginning stays the same, so it is
read once, at the start, and each utterance costs its own words only. What arguments take is not
told but enforced: the answer must follow the JSON schema of the skills.

An answer that cannot be read, or that does not come in time, is ``chat.reply`` with confidence 0;
one that the model doubts has confidence 0 too.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from fujia.cabin.command_schema import definitions, without_null
from fujia.cabin.skills import SKILLS
from fujia.errors import FujiaError
from fujia.foundry.prompts import Answer, label_messages, read_answer
from fujia.foundry.skillbook import answer_schema, describe
from fujia.llm.gateway import Gateway
from fujia.llm.local import LocalServer
from fujia.llm.model import Message, Request
from fujia.understanding.normalise import detect_language
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context, Understander

ANSWER_S = 120.0
"""Seconds that one answer may take."""
READING_S = 1800.0
"""Seconds that reading the list of skills may take, once."""
_MOST_TOKENS = 400
_TYPES = re.compile(r"(!?): (?:zone|amount|boolean|words|skill|number|integer)(?=[,)])")
_MANY = re.compile(r": (?:[^,:()|]+\|){9,}[^,()]*")


class AskedUnderstander(Understander):
    """Asks the models of a gateway that have the role *teacher*."""

    def __init__(self, models: Gateway) -> None:
        self.unanswered = 0
        """How often there was no answer that can be used."""
        self._models = models
        self._server: LocalServer | None = None

    @classmethod
    def of(cls, server: LocalServer) -> "AskedUnderstander":
        """The model of a server, which is kept, and has read the skills; raises ModelError."""
        config = server.config("teacher", time_s=READING_S, attempts=1, cache_minutes=0.0)
        understander = cls(Gateway(config))
        understander._server = server
        understander.warm_up()
        return understander

    def warm_up(self) -> None:
        """Let the model read what is the same for all; raises ModelError where it does not."""
        request = Request(messages("你好", Context()), max_tokens=1, time_s=READING_S)
        self._models.complete("teacher", request)

    def understand(self, text: str, context: Context) -> Plan:
        """The model's plan."""
        request = Request(
            messages(text, context), schema(),
            temperature=0.0, max_tokens=_MOST_TOKENS, time_s=ANSWER_S,
        )  # fmt: skip
        try:
            answer = read_answer(self._models.complete("teacher", request).text)
        except FujiaError as error:
            answer = str(error)
        if isinstance(answer, str) or not all(map(_is_valid, answer.commands)):
            self.unanswered += 1
            nothing = (Command(skill="chat.reply"),)
            return Plan(language=detect_language(text), commands=nothing, confidence=0.0)
        return _plan(answer, text)


def messages(text: str, context: Context) -> list[Message]:
    """The teacher's words for an utterance, with the short list of skills."""
    first, *rest = label_messages(text, context, 0)
    return [{"role": "system", "content": first["content"].replace(describe(), brief())}, *rest]


@cache
def brief() -> str:
    """Every skill on a line of its own: ``seat.heating(level, zone) 座椅加热档位，0 为关``."""
    return "\n".join(map(_brief_line, describe().splitlines()))


@cache
def schema() -> Mapping[str, Any]:
    """The schema of a teacher's answer without what a small model misuses.

    What was not said is left out; there is no ``null`` for it.
    """
    plain = without_null(answer_schema())
    for one in plain["properties"]["commands"]["items"]["anyOf"]:
        one["properties"]["condition"] = {"$ref": "#/$defs/condition"}
    return {**plain, "$defs": definitions()}


def _brief_line(line: str) -> str:
    signature = _TYPES.sub(r"\1", _MANY.sub("", line.partition(") ")[0] + ")"))
    return f"{signature} {SKILLS[signature.partition('(')[0]].zh}"


def _is_valid(command: Command) -> bool:
    try:
        SKILLS[command.skill].arguments.model_validate(dict(command.args))
    except (KeyError, ValidationError):
        return False
    return True


def _plan(answer: Answer, text: str) -> Plan:
    plan = answer.plan(text)
    commands = answer.commands if answer.act == "do" else ()
    confidence = 0.0 if answer.doubt else 1.0
    return plan.model_copy(update={"commands": commands, "confidence": confidence})
