"""The default understander: the student where it is sure, the grammar beside it."""

import logging
from collections.abc import Callable, Set
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
Repaired = Callable[[str, Context], Plan | None]
"""The plan of what may have been said instead; None where nothing seems misheard."""
_TALK = frozenset({"chat.reply", "manual.ask", "unknown.function"})
_LACKING = "unknown.function"
_WHOLE = 0.97
"""The share of an utterance that a grammar has read to the end has in its chunks."""
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
    """Three readings of an utterance: the student's, the grammar's, and that of what may have been
    said where a recogniser misheard it.

    Where the first two agree, the plan is as sure as two witnesses. Where they do not, and words
    were misheard, the repaired reading takes the grammar's place, but moves nothing that neither
    of the two would move; where they agree and both passed words over, it does if it passes over
    none. Where the grammar left something unread, a student that is sure enough,
    about skills that it has proven to know, answers instead; nothing moves if it hears talk. Else
    the grammar's plan stands, and its confidence tells of the doubt, so that a language model can
    be asked. The confidence of a plan is how often such a plan was right on examples whose
    sentences the student never saw, whoever wrote it.
    """

    def __init__(
        self,
        student: StudentUnderstander,
        grammar: Understander,
        repaired: Repaired = lambda text, context: None,
    ) -> None:
        self.student = student
        self.grammar = grammar
        self.repaired = repaired

    def understand(self, text: str, context: Context) -> Plan:
        """The plan of whichever is to be trusted."""
        trust = self.student.model.manifest.trust
        plan, other = self.readings(text, context)
        if plan.asks_the_same(other):
            sure = max(plan.confidence, trust.agreed.chance(plan.confidence))
        elif may_lead(plan, other, trust.alone) and plan.confidence >= trust.threshold:
            return _as_sure(plan, trust.led.chance(plan.confidence))
        else:
            doubt = trust.unread if has_unread(other) else trust.doubted
            sure = doubt.chance(plan.confidence)
        return _as_sure(other, sure)

    def readings(self, text: str, context: Context) -> tuple[Plan, Plan]:
        """The student's plan, and the grammar's or that of its repaired reading."""
        plan = self.student.understand(text, context)
        other = self.grammar.understand(text, context)
        agree = plan.asks_the_same(other)
        if not agree or has_unread(other):
            heard = self.repaired(text, context)
            if heard is not None and _may_stand(heard, plan, other):
                # Where both passed over the same words, these must all be put right.
                other = other if agree and has_unread(heard) else heard
        return plan, other


def _as_sure(plan: Plan, sure: float) -> Plan:
    return plan.model_copy(update={"confidence": round(sure, 4)})


def may_lead(plan: Plan, other: Plan, known: Set[str]) -> bool:
    """Whether the student's ``plan`` may take the place of the grammar's: where the grammar left
    something unread, and the student knows the skills; talk is one of them. What the grammar reads
    as a question to the car actuates nothing."""
    if _asks(other) and not (_asks(plan) or _is_talk(plan)):
        return False
    if other.language == "en" and _translates(plan, other):
        return False
    if other.confidence >= _WHOLE and all(one.skill == _LACKING for one in other.commands):
        return _is_talk(plan)  # the grammar read all of it, and knows that no car does it
    return has_unread(other) and {command.skill for command in plan.commands} <= known


def _translates(plan: Plan, other: Plan) -> bool:
    """Whether a name is Chinese that was not said so: nobody who says "the office" says 公司."""
    said = _free_words(other)
    return any(detect_language(name) == "zh" and name not in said for name in _free_words(plan))


def has_unread(plan: Plan) -> bool:
    """Whether the grammar, whose plan this is, left words unread."""
    return is_partial(plan) or plan.confidence < _WHOLE


def _may_stand(heard: Plan, plan: Plan, other: Plan) -> bool:
    """Whether a repaired reading may take the place of ``other``: two words that happen to sound
    like a command make none of small talk, nor talk of a command, and nothing is confirmed or
    undone by a guess."""
    if _is_talk(heard) and not _is_talk(other):
        return False
    if heard.asks_the_same(plan):
        return True
    if not heard.act == other.act == "do":
        return False
    if _adds_to_a_name(heard, other) or (is_partial(heard) and _adds_to_a_name(other, heard)):
        return False
    same = [one.skill for one in heard.commands] == [one.skill for one in plan.commands]
    return same or not (_is_talk(plan) and _is_talk(other))


def _adds_to_a_name(heard: Plan, other: Plan) -> bool:
    """Whether a name of ``heard`` holds one of ``other`` and more: 给张三 for 张三, or the other
    way round 望京西园四区, of which a repair left 四驱."""
    return any(
        name != kept and name in kept for kept in _free_words(heard) for name in _free_words(other)
    )


def _free_words(plan: Plan) -> list[str]:
    values = [value for command in plan.commands for value in command.args.values()]
    return [value for value in values if isinstance(value, str) and not value.isascii()]


def _asks(plan: Plan) -> bool:
    """Whether the car is only asked how it is."""
    return bool(plan.commands) and all(one.skill.startswith("vehicle.") for one in plan.commands)


def _is_talk(plan: Plan) -> bool:
    return all(command.skill in _TALK for command in plan.commands)


def is_partial(plan: Plan) -> bool:
    """Whether a plan says that something in it was not understood."""
    return any(command.skill == _LACKING for command in plan.commands)


def default_understander(folder: Path = SHIPPED) -> Understander:
    """The shipped student with the grammar behind it; the grammar alone if there is no student.

    A student that is there and cannot be used is told of in the log.
    """
    grammar = GrammarUnderstander()
    if folder == SHIPPED and not folder.exists():
        return grammar
    try:
        return SureUnderstander(StudentUnderstander(folder), grammar, grammar.repaired)
    except (InputError, ImportError) as error:
        _tell(str(error))
        return grammar


@cache
def _tell(problem: str) -> None:
    """Once in a process: many cabins may be opened, one for every case of a batch."""
    _LOG.warning("the grammar understands alone: %s", problem)


def load_model(folder: Path) -> StudentModel:
    """The model of a folder, loaded once while its manifest stays as it is; raises InputError."""
    file = folder / "manifest.json"
    return _load(folder.absolute(), file.read_bytes() if file.is_file() else b"")


@cache
def _load(folder: Path, manifest: bytes) -> StudentModel:
    return StudentModel(folder)
