"""One request on its way through an agent: plan, execute, verify."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fujia.cabin.agent.contract import AgentResult, AgentStep, Ended, Hands, Situation, StepKind
from fujia.cabin.agent.intent import Draft, Question
from fujia.cabin.agent.limits import Limits
from fujia.cabin.agent.planner import Planner
from fujia.cabin.agent.reply import Findings, put_together
from fujia.cabin.agent.talk import Talk
from fujia.cabin.agent.tools import Toolbox, toolbox
from fujia.cabin.agent.words import phrase
from fujia.cabin.agent.work import Work
from fujia.cabin.errand import NO_ANSWER
from fujia.cabin.skill import Scene
from fujia.cabin.turn import Action
from fujia.errors import CarUnreachable, FujiaError, ModelError, Reason
from fujia.llm.disclosure import explain
from fujia.llm.model import ChatModel, Completion, Request
from fujia.understanding.normalise import detect_language


class Run:
    """The state of one request."""

    def __init__(
        self,
        model: ChatModel,
        limits: Limits,
        clock: Callable[[], float],
        request: str,
        hands: Hands,
        situation: Situation,
    ) -> None:
        self._model, self._limits, self._clock = model, limits, clock
        self._request, self._hands, self._situation = request, hands, situation
        self._began = clock()
        self._steps: list[AgentStep] = []
        self._error: Reason | None = None

    def result(self) -> AgentResult:
        """Carry it all out; raises nothing that a model, the car or a text does."""
        try:
            scene = self._hands.scene()
        except CarUnreachable:
            return self._unreachable()
        tools = toolbox(scene, self._situation.readers, self._situation.lacking)
        planner = Planner(self._ask, self.log, scene, tools, self._request, self._situation)
        try:
            draft, doubtful = planner.plan()
        except FujiaError as error:
            return self._without_plan(error, scene)
        if draft.question is not None:
            return self._asked(draft.question, scene, Findings())
        work = Work(self._hands, tools, self._request, self._situation, self.log, self._limits)
        work.take(draft, doubtful, scene.language)
        try:
            return self._worked(work, draft, scene, tools)
        except CarUnreachable:
            return self._finished(work.findings, scene, "car")

    def _unreachable(self) -> AgentResult:
        language = detect_language(self._request)
        return AgentResult((), f"{NO_ANSWER.text(language)}", tuple(self._steps), "car")

    def log(self, kind: StepKind, detail: Any) -> None:
        """Write a step into the trace."""
        self._steps.append(AgentStep(kind, 1000 * (self._clock() - self._began), detail))

    def _worked(self, work: Work, draft: Draft, scene: Scene, tools: Toolbox) -> AgentResult:
        work.do_plain()
        ended: Ended = "finished"
        has_text = any(name in tools.readers for name in work.findings.outside)
        if work.pending or draft.think or has_text:
            talk = Talk(self._ask, self.log, work, tools, scene, self._limits)
            try:
                ended = talk.hold(draft)
            except FujiaError as error:
                if isinstance(error, CarUnreachable):
                    raise
                ended = self._failure(error)
            if talk.question is not None:
                return self._asked(talk.question, scene, work.findings)
        elif not draft.steps:
            work.findings.said = draft.say
        work.verify(is_whole=ended == "finished")
        return self._finished(work.findings, scene, ended)

    def _ask(self, request: Request) -> Completion:
        """Ask the model within the time that is left; raises FujiaError."""
        left = self._limits.seconds - (self._clock() - self._began)
        if left <= 0:
            raise ModelError("the time of the agent is used up", "timeout")
        completion = self._model.complete(replace(request, time_s=left))
        if self._clock() - self._began > self._limits.seconds:
            raise ModelError("the answer came too late", "timeout", billed=True)
        return completion

    def _failure(self, error: FujiaError) -> Ended:
        self._error = error.reason if isinstance(error, ModelError) else "not_configured"
        self.log("model", str(error))
        return "time" if self._error == "timeout" else "model"

    def _why(self, reason: Reason) -> ModelError:
        return ModelError("", reason, local=self._model.is_local)

    def _without_plan(self, error: FujiaError, scene: Scene) -> AgentResult:
        ended = self._failure(error)
        assert self._error is not None
        reply = explain(self._why(self._error), scene.language)
        return AgentResult((), reply, tuple(self._steps), ended, self._error)

    def _asked(self, question: Question, scene: Scene, findings: Findings) -> AgentResult:
        self.log("asked", question.model_dump(exclude_defaults=True))
        text = self._hands.clean(question.text)
        asked = Action(question.skill, dict(question.args), "question", text, reply=text)
        findings.actions.append(asked)
        return self._finished(findings, scene, "asked")

    def _finished(self, findings: Findings, scene: Scene, ended: Ended) -> AgentResult:
        actions, reply = put_together(findings, self._hands, scene.language)
        if ended == "steps":
            reply = f"{reply}{phrase('too_many_steps', scene.language)}"
        elif ended == "car" and not findings.actions:
            reply = f"{reply}{NO_ANSWER.text(scene.language)}"
        elif self._error is not None:
            reply = f"{reply}{explain(self._why(self._error), scene.language)}"
        sources, missing = tuple(findings.outside), tuple(findings.missing)
        return AgentResult(actions, reply, tuple(self._steps), ended, self._error, sources, missing)
