"""The first part of an agent: the plan, made from the person's own words."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fujia.cabin.agent.asking import needless
from fujia.cabin.agent.contract import Said, Situation, StepKind
from fujia.cabin.agent.intent import DRAFT_SCHEMA, Draft, Intent, draft_grammar, read_draft
from fujia.cabin.agent.tools import Toolbox
from fujia.cabin.agent.words import fill, load_prompts
from fujia.cabin.skill import AskBack, Effect, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.errors import DataError, InputError, ModelError
from fujia.llm.jsontext import read_json
from fujia.llm.model import Completion, Message, Request

Ask = Callable[[Request], Completion]
"""Asks the model within the time that is left."""
Log = Callable[[StepKind, Any], None]

_PREFERENCES = ("temperature", "fan", "seat_heating", "seat_ventilation", "volume")
"""Numbers alone: a remembered text could hold instructions; a step has to look it up."""
_MOST_SAID = 12
"""Things said before that the model is told."""
_NOT_SHOWN = "(text from outside was read out here)"


@dataclass(frozen=True)
class Planner:
    """Asks the model for the plan of one request."""

    ask: Ask
    log: Log
    scene: Scene
    tools: Toolbox
    request: str
    situation: Situation

    def plan(self) -> tuple[Draft, frozenset[int]]:
        """The plan, and the positions of the steps that two samples do not agree on.

        Raises:
            ModelError: no plan that can be used.
        """
        draft = self._checked()
        unsure = [n for n, step in enumerate(draft.steps) if self._is_doubtful(step)]
        if not unsure:
            return draft, frozenset()
        second = self._draft(1)
        agreed = [_meaning(step, self.scene) for step in second.steps] if second else []
        doubtful = [n for n in unsure if _meaning(draft.steps[n], self.scene) not in agreed]
        self.log("planned", {"sampled twice": unsure, "no agreement on": doubtful})
        return draft, frozenset(doubtful)

    def _is_doubtful(self, step: Intent) -> bool:
        return step.unsure and self.tools.is_write(step.skill)

    def _checked(self) -> Draft:
        draft = self._draft(0)
        objection = self._objection(draft)
        if objection is not None:
            self.log("not asked" if draft and draft.question else "blocked", objection)
            draft = self._draft(0, objection) or draft
        if draft is None:
            raise ModelError("the model made no plan that can be read", "malformed", billed=True)
        question = draft.question
        if question is not None and not self.tools.is_write(question.skill):
            draft = draft.model_copy(update={"question": None})
        self.log("planned", draft.model_dump(exclude_defaults=True))
        return draft

    def _objection(self, draft: Draft | None) -> str | None:
        """What the model must put right, in words."""
        prompts = load_prompts()
        if draft is None:
            return fill(prompts.again, problem="it does not follow the schema")
        for step in draft.steps:
            known = self.tools.missing(step.command) is None
            problem = self.tools.problem(step.command) if known and step.is_plain else None
            if problem:
                return fill(prompts.again, problem=f"{step.skill}: {problem}")
        reason = needless(draft.question, self.scene, self.tools) if draft.question else None
        return fill(prompts.not_asked, reason=reason) if reason else None

    def _draft(self, sample: int, objection: str = "") -> Draft | None:
        messages = self._messages()
        if objection:
            messages.append({"role": "user", "content": objection})
        request = Request(
            messages,
            schema=DRAFT_SCHEMA,
            grammar=draft_grammar(self.tools.parameters),
            sample=sample,
            temperature=0.7 if sample else 0.0,
            turn=self.situation.turn,
        )
        answer = self.ask(request)
        return read_draft(read_json(answer.text))

    def _messages(self) -> list[Message]:
        prompts = load_prompts()
        system = fill(
            prompts.plan,
            seat=self.scene.seat.replace("_", " "),
            language="Chinese" if self.scene.language == "zh" else "English",
            remembered=remembered(self.scene) or "nothing",
            tools="\n".join(self.tools.lines()),
        )
        user = fill(prompts.user, request=self.request)
        history = shown(self.situation.history, outside=False)
        if history:
            user = fill(prompts.earlier, history=history) + user
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def remembered(scene: Scene) -> str:
    """The preferences of the speaker that a change may need; no places, no notes."""
    if scene.memory is None:
        return ""
    try:
        facts = [fact for fact in scene.memory.facts() if fact.what in _PREFERENCES]
    except DataError:
        return ""
    return "; ".join(fact.text(scene.language) for fact in facts)


def shown(history: Sequence[Said], *, outside: bool) -> str:
    """What was said before, a line each; text from outside is quoted or left out."""
    lines: list[str] = []
    for one in history[-_MOST_SAID:]:
        text = one.text
        if one.outside:
            text = quoted(one.text) if outside else _NOT_SHOWN
        lines.append(f"{one.by}: {text}")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Text from outside between marks that it cannot close itself."""
    return f"<outside>{text.replace('<', '‹').replace('>', '›')}</outside>"


def _meaning(step: Intent, scene: Scene) -> str:
    """What a step comes to on this car: two that write the same mean the same."""
    if step.is_plain:
        try:
            result = find_skill(step.skill)(scene, step.args)
        except (Unavailable, AskBack, Refused, InputError, ValueError):
            result = None
        if isinstance(result, Effect) and result.writes:
            writes = sorted((write.path, str(write.value)) for write in result.writes)
            return json.dumps(writes)
    args = dict(sorted(step.args.items()))
    return json.dumps([step.skill, args, sorted(step.later), bool(step.only_if)])
