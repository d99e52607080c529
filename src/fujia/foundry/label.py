"""Station 2: a teacher labels utterances, and every label is verified without a human.

A label is accepted if it parses, if it resolves on a vehicle, if what it copies was said, if the
teacher has no doubt, and if a second sample (for a paraphrase: the plan that it was written for)
leads the simulated cars to the same end state. Everything else becomes a question for a human.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fujia.cabin.utterance import clean_utterance, has_words
from fujia.errors import UtteranceError
from fujia.foundry.examples import Example
from fujia.foundry.prompts import (
    PARAPHRASES,
    Answer,
    Rewritten,
    label_messages,
    paraphrase_messages,
    read_answer,
    read_paraphrases,
)
from fujia.foundry.queue import Candidate, Question
from fujia.foundry.skillbook import answer_schema
from fujia.foundry.utterances import Utterance
from fujia.foundry.verify import ProvingGround
from fujia.llm.model import ChatModel, Request
from fujia.understanding.plan import Command, Plan

_AGAIN = 2
"""The sample that is asked for after nonsense is this many further on."""

Verdict = Example | Question
"""A verified example, or a question for a human."""


@dataclass(frozen=True)
class Labeller:
    """Asks the teacher and verifies what it says. Called from several threads at once.

    Its methods raise ModelError where no answer came; nothing is then decided.
    """

    teacher: ChatModel
    ground: ProvingGround

    def label(self, utterance: Utterance) -> Verdict:
        """Label an utterance, with two samples; one is enough where it must fit a known plan."""
        given = [self._ask(utterance, 0)]
        if utterance.plan is None:
            given.append(self._ask(utterance, 1))
        answers = [answer for answer in given if isinstance(answer, Answer)]
        reasons = [f"nonsense: {answer}" for answer in given if isinstance(answer, str)]
        reasons += [f"doubt: {answer.doubt}" for answer in answers if answer.doubt]
        plans = [answer.plan(utterance.text) for answer in answers]
        if utterance.plan is not None:
            plans.insert(0, _kept(utterance.plan, plans))
        return self._verified(utterance, plans, reasons)

    def paraphrases(self, utterance: Utterance, count: int) -> list[Utterance] | Question:
        """Other ways to ask for the plan of an utterance; a question if the teacher doubts it."""
        assert utterance.plan is not None
        rewritten = self._rewrite(utterance, utterance.plan, count)
        candidates = (Candidate(plan=utterance.plan),)
        if isinstance(rewritten, str):
            reasons = (f"nonsense: {rewritten}",)
            return Question(utterance=utterance, candidates=candidates, reasons=reasons)
        if rewritten.doubt:
            reasons = (f"doubt: {rewritten.doubt}",)
            return Question(utterance=utterance, candidates=candidates, reasons=reasons)
        texts = [_clean(text) for text in rewritten.paraphrases[:count]]
        fresh = dict.fromkeys(text for text in texts if has_words(text) and text != utterance.text)
        return [
            utterance.model_copy(update={"id": f"{utterance.id}-p{number}", "text": text})
            for number, text in enumerate(fresh, 1)
        ]

    def _ask(self, utterance: Utterance, sample: int) -> Answer | str:
        """An answer, or in words what is wrong with it; nonsense is asked for once more."""
        answer: Answer | str = ""
        for number in (sample, sample + _AGAIN):
            messages = label_messages(utterance.text, utterance.context, number)
            request = Request(messages, answer_schema(), number)
            answer = read_answer(self.teacher.complete(request).text)
            if isinstance(answer, Answer):
                break
        return answer

    def _rewrite(self, utterance: Utterance, plan: Plan, count: int) -> Rewritten | str:
        rewritten: Rewritten | str = ""
        messages = paraphrase_messages(utterance.text, plan, count)
        for number in (0, _AGAIN):
            completion = self.teacher.complete(Request(messages, PARAPHRASES, number))
            rewritten = read_paraphrases(completion.text)
            if isinstance(rewritten, Rewritten):
                break
        return rewritten

    def _verified(
        self, utterance: Utterance, plans: Sequence[Plan], reasons: Sequence[str]
    ) -> Verdict:
        ground, seat = self.ground, utterance.seat
        candidates = tuple(
            Candidate(plan=plan, problems=tuple(ground.problems(plan, utterance.text, seat)))
            for plan in plans
        )
        why = list(reasons)
        why += [problem for candidate in candidates for problem in candidate.problems]
        if not why and not ground.agree(plans[0], plans[-1], seat):
            why.append("two plans, two end states")
        if why:
            unique = tuple(dict.fromkeys(why))
            return Question(utterance=utterance, candidates=candidates, reasons=unique)
        return utterance.labelled(plans[0], "raw" if utterance.plan is None else "paraphrase")


def _clean(text: str) -> str:
    """The text as it may be said, or nothing where it cannot be."""
    try:
        return clean_utterance(text)
    except UtteranceError:
        return ""


def _kept(plan: Plan, answers: Sequence[Plan]) -> Plan:
    """The plan of a paraphrase; words that name an unknown function are those of the paraphrase."""
    answered = answers[0].commands if answers else ()
    if len(answered) != len(plan.commands):
        return plan
    commands = [_reworded(*pair) for pair in zip(plan.commands, answered, strict=True)]
    return plan.model_copy(update={"commands": tuple(commands)})


def _reworded(command: Command, answered: Command) -> Command:
    is_unknown = command.skill == answered.skill == "unknown.function"
    return answered if is_unknown and command.condition == answered.condition else command
