"""What an understander answers to many utterances, and how long it takes for each."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fujia.cabin.skills import SKILLS
from fujia.foundry.examples import Example
from fujia.foundry.scoring.canonical import is_nothing
from fujia.foundry.scoring.score import Case, Judged, judge
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context, Understander

Asked = tuple[str, Context]
Progress = Callable[[int], None]
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan, and the wall time that it took in milliseconds."""

    plan: Plan
    ms: float


@dataclass(frozen=True, slots=True)
class Scored:
    """An example, what was answered, and how far both agree."""

    example: Example
    answer: Answer
    judged: Judged

    @property
    def is_exact(self) -> bool:
        """The same act and the same commands, whatever their order and spelling."""
        return self.answer.plan.act == self.example.plan.act and self.judged.is_exact

    @property
    def is_as_written(self) -> bool:
        """The same act and the same commands to the letter."""
        plan, wanted = self.answer.plan, self.example.plan
        return plan.asks_the_same(wanted)

    @property
    def is_negative(self) -> bool:
        """Nothing in the car should move: a question, small talk, what no car has."""
        plan = self.example.plan
        return plan.act == "do" and not any(map(is_acting, plan.commands))

    @property
    def is_false_actuation(self) -> bool:
        """Something would move although nothing should."""
        plan = self.answer.plan
        return self.is_negative and (plan.act == "undo" or any(map(is_acting, plan.commands)))


def is_acting(command: Command) -> bool:
    """Whether a command is of a WRITE skill that some car has."""
    skill = SKILLS.get(command.skill)
    return skill is not None and skill.kind == "write" and command.skill != "unknown.function"


def answer(
    understander: Understander, asked: Sequence[Asked], progress: Progress = lambda by: None
) -> list[Answer]:
    """Plans for utterances, after a warm-up over the first of them."""
    for text, context in asked[:_WARM_UP]:
        understander.understand(text, context)
    answers: list[Answer] = []
    for text, context in asked:
        start = time.perf_counter()
        plan = understander.understand(text, context)
        answers.append(Answer(plan, (time.perf_counter() - start) * 1000))
        progress(1)
    return answers


def score(
    understander: Understander, examples: Sequence[Example], progress: Progress = lambda by: None
) -> list[Scored]:
    """Answer examples in their context and compare."""
    answers = answer(understander, [(each.text, each.context) for each in examples], progress)
    return [
        Scored(example, one, judge(case_of(example), one.plan.commands))
        for example, one in zip(examples, answers, strict=True)
    ]


def is_right(example: Example, plan: Plan) -> bool:
    """Whether a plan is what an example asks for, as ``Scored.is_exact`` has it."""
    return Scored(example, Answer(plan, 0.0), judge(case_of(example), plan.commands)).is_exact


def case_of(example: Example) -> Case:
    """An example as a case of the scorer; small talk wants no command."""
    wanted = tuple((each,) for each in example.plan.commands if not is_nothing(each))
    return Case(example.id, example.text, wanted, frames=len(wanted), seat=example.seat)
