"""The conversation with the model about what depends on a result: its calls, one after another."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from fujia.cabin.agent.asking import needless
from fujia.cabin.agent.contract import Ended, StepKind
from fujia.cabin.agent.intent import Draft, Question
from fujia.cabin.agent.limits import Limits
from fujia.cabin.agent.planner import Ask, shown
from fujia.cabin.agent.tools import Toolbox
from fujia.cabin.agent.words import fill, load_prompts
from fujia.cabin.agent.work import Work
from fujia.cabin.skill import Scene
from fujia.cabin.skills import SKILLS
from fujia.cabin.utterance import has_words, is_data
from fujia.llm.model import Completion, Message, Request, Tool, ToolCall, own_name, wire_name
from fujia.understanding.plan import Command

ASK = "ask_person"
_ASK = Tool(
    ASK,
    "Ask the person what a change cannot be made without.",
    {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "skill": {"type": "string", "description": "the tool that makes the change"},
            "argument": {"type": "string", "description": "what is not known"},
            "args": {"type": "object", "description": "what is known already"},
        },
        "required": ["text", "skill"],
    },
)
_UNSURE = {"type": "boolean", "description": "true if you are not sure that this is meant"}


@dataclass
class Talk:
    """Rounds of calls and results, until the model has nothing left to call."""

    ask: Ask
    log: Callable[[StepKind, Any], None]
    work: Work
    tools: Toolbox
    scene: Scene
    limits: Limits
    question: Question | None = None
    """What the model asks the person, where it ended so."""
    _objected: bool = False

    def hold(self, draft: Draft) -> Ended:
        """Go on until the end; raises ModelError, CarUnreachable."""
        messages, tools = self._messages(draft), self._tools(draft)
        for _ in range(self.limits.rounds):
            request = Request(
                messages, tools=tools, language=self.scene.language, temperature=0.0,
                turn=self.work.situation.turn,
            )  # fmt: skip
            completion = self.ask(request)
            if not completion.calls:
                spoken = has_words(completion.text) and not is_data(completion.text)
                self.work.findings.said = completion.text if spoken else ""
                self.log("said", completion.text)
                return "finished"
            messages = [*messages, *self._answered(completion, request)]
            if self.question is not None:
                return "asked"
        return "steps"

    def _answered(self, completion: Completion, request: Request) -> list[Message]:
        """The model's calls and their results, as the protocol wants them."""
        calls = [
            replace(call, id=call.id or f"call-{number}")
            for number, call in enumerate(completion.calls)
        ]
        messages: list[Message] = [_call_message(completion.text, calls)]
        for number, call in enumerate(calls):
            if number >= self.limits.calls or self.question is not None:
                result: Any = {"outcome": "refused", "reason": "too many calls at once"}
            else:
                result = self._result(call, request)
            content = json.dumps(result, ensure_ascii=False)
            messages.append({"role": "tool", "content": content, "tool_call_id": call.id})
        return messages

    def _result(self, call: ToolCall, request: Request) -> Any:
        try:
            args = {name: value for name, value in call.args().items() if value is not None}
            if call.name == ASK:
                return self._asks(Question.model_validate(args))
            unsure = args.pop("unsure", False) is True
            command = Command(skill=own_name(call.name), args=args)
        except (ValidationError, ValueError, AttributeError):
            return {"outcome": "failed", "reason": "these arguments cannot be read"}
        agreed = not (unsure and self.tools.is_write(command.skill)) or self._again(
            command, request
        )
        return self.work.call(command, agreed=agreed)

    def _asks(self, question: Question) -> Any:
        objection = needless(question, self.scene, self.tools)
        if objection and not (self._objected and self.tools.is_write(question.skill)):
            self._objected = True
            self.log("not asked", objection)
            return {"outcome": "refused", "reason": f"do not ask that: {objection}"}
        self.question = question
        return {"outcome": "question"}

    def _again(self, command: Command, request: Request) -> bool:
        """Whether a second sample calls for the same."""
        second = self.ask(replace(request, sample=1, temperature=0.7))
        for call in second.calls:
            try:
                args = {name: value for name, value in call.args().items() if name != "unsure"}
            except (ValueError, AttributeError):
                continue
            if own_name(call.name) == command.skill and args == command.args:
                return True
        return False

    def _messages(self, draft: Draft) -> list[Message]:
        prompts, situation = load_prompts(), self.work.situation
        language = "Chinese" if self.scene.language == "zh" else "English"
        plan = json.dumps(
            [step.model_dump(exclude_defaults=True) for step in draft.steps], ensure_ascii=False
        )
        user = fill(prompts.user, request=self.work.request)
        if any(one.outside for one in situation.history):
            self.work.findings.outside.setdefault("history")
        history = shown(situation.history, outside=True)
        if history:
            user = fill(prompts.earlier, history=history) + user
        results = json.dumps(self.work.results, ensure_ascii=False)
        user += fill(prompts.state, plan=plan, results=results)
        system = fill(prompts.execute, language=language)
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    def _tools(self, draft: Draft) -> list[Tool]:
        """What was planned, whatever reads, and the question; other changes are not shown."""
        reads = [name for name in self.tools.parameters if not self.tools.is_write(name)]
        names = [*(step.skill for step in draft.steps), *reads]
        return [*(self._with_doubt(tool) for tool in self.tools.tools(names)), _ASK]

    def _with_doubt(self, tool: Tool) -> Tool:
        if tool.name not in SKILLS or SKILLS[tool.name].kind == "read":
            return tool
        properties = {**tool.parameters.get("properties", {}), "unsure": _UNSURE}
        return replace(tool, parameters={**tool.parameters, "properties": properties})


def _call_message(text: str, calls: list[ToolCall]) -> Message:
    made = [
        {"id": call.id, "type": "function",
         "function": {"name": wire_name(call.name), "arguments": call.arguments}}
        for call in calls
    ]  # fmt: skip
    return {"role": "assistant", "content": text, "tool_calls": made}
