"""The default understander: the student where it is sure, the grammar beside it."""

import logging
from functools import cache
from pathlib import Path

from fujia.errors import InputError
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.normalise import detect_language, normalise
from fujia.understanding.plan import Plan
from fujia.understanding.student.automaton import Automaton, Utterance
from fujia.understanding.student.code import decode
from fujia.understanding.student.model import LONGEST_INPUT, StudentModel, Written
from fujia.understanding.student.tokens import context_tokens
from fujia.understanding.understander import Context, Understander
from fujia.understanding.words import load_words

SHIPPED = Path(__file__).parent / "data"
_LOG = logging.getLogger(__name__)


class StudentUnderstander(Understander):
    """A trained model that writes plans, on the car's CPU."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load a model folder; raises InputError if it is missing, damaged or too new."""
        self.model = load_model(folder)

    def understand(self, text: str, context: Context) -> Plan:
        """The model's plan, whatever its confidence."""
        return self.write(text, context)[0]

    def write(self, text: str, context: Context) -> tuple[Plan, Written]:
        """The plan, and how it was written."""
        language = detect_language(text)
        said = normalise(text, load_words(language).rewrites)
        tokens = self.model.tokenizer.encode(said.text, context_tokens(context))
        utterance = Utterance(said, tokens.spans[:LONGEST_INPUT])
        automaton = Automaton(self.model.schema, utterance, context)
        written = self.model.write(tokens.ids, automaton)
        plan = decode(written.steps, utterance, context, self.model.schema)
        sure = round(written.confidence, 4)
        return plan.model_copy(update={"confidence": sure}), written


class SureUnderstander(Understander):
    """Two readings of every utterance, the student's and the grammar's.

    Where they agree, the plan is as sure as two witnesses. Where the grammar says itself that it
    did not understand a part, a student that is sure, about skills that it has proven to know,
    answers instead. Else the grammar's plan stands, and its confidence tells of the doubt, so
    that a language model can be asked. The confidence of a plan is how often such a plan was
    right on examples whose sentences the student never saw, whoever wrote it.
    """

    def __init__(self, student: StudentUnderstander, grammar: Understander) -> None:
        self.student = student
        self.grammar = grammar

    def understand(self, text: str, context: Context) -> Plan:
        """The plan of whichever is to be trusted."""
        trust = self.student.model.manifest
        plan = self.student.understand(text, context)
        other = self.grammar.understand(text, context)
        if (other.act, other.commands) == (plan.act, plan.commands):
            sure = max(plan.confidence, trust.agreed)
        elif is_partial(other) and plan.confidence >= trust.threshold and self._knows(plan):
            return plan
        else:
            sure = trust.doubted
        return other.model_copy(update={"confidence": min(other.confidence, sure)})

    def _knows(self, plan: Plan) -> bool:
        return {command.skill for command in plan.commands} <= self.student.model.manifest.alone


def is_partial(plan: Plan) -> bool:
    """Whether a plan says that something in it was not understood."""
    return any(command.skill == "unknown.function" for command in plan.commands)


def default_understander(folder: Path = SHIPPED) -> Understander:
    """The shipped student with the grammar behind it; the grammar alone if there is no student.

    A student that is there and cannot be used is told of in the log.
    """
    grammar = GrammarUnderstander()
    if folder == SHIPPED and not folder.exists():
        return grammar
    try:
        return SureUnderstander(StudentUnderstander(folder), grammar)
    except (InputError, ImportError) as error:
        _LOG.warning("the grammar understands alone: %s", error)
        return grammar


@cache
def load_model(folder: Path) -> StudentModel:
    """The model of a folder, loaded once; raises InputError."""
    return StudentModel(folder)
