"""Whether a question is needed: a model asks too often, and what it asks is often known."""

from fujia.cabin.agent.intent import Question
from fujia.cabin.agent.tools import Toolbox
from fujia.cabin.memory.catalogue import load_catalogue
from fujia.cabin.skill import AskBack, Refused, Scene, Unavailable
from fujia.cabin.skills import find_skill
from fujia.errors import DataError, InputError
from fujia.understanding.plan import Argument, Command


def needless(question: Question, scene: Scene, tools: Toolbox) -> str | None:
    """Why a question must not be asked, in words for the model; None where it must.

    A question needs a change that depends on it: one that this car can make, that is not settled
    by what is remembered of the person, and that does not go without the answer.
    """
    if not tools.is_write(question.skill):
        return "no change depends on it; answer, or put it into missing"
    about: dict[str, Argument] = {question.argument: "x"} if question.argument else {}
    missing = tools.missing(Command(skill=question.skill, args=about))
    if missing is not None:
        what = f"argument {missing.argument}" if missing.argument else f"tool {missing.skill}"
        return f"there is no {what}; put it into missing"
    known = _remembered(question, scene)
    if known is not None:
        return f"the person's preference is known: {question.argument} {known}"
    if question.argument in question.args:
        return f"{question.argument} was given: {question.args[question.argument]}"
    if _goes_without(question, scene):
        return f"{question.skill} works as it stands; leave {question.argument or 'the rest'} out"
    return None


def _remembered(question: Question, scene: Scene) -> str | None:
    if scene.memory is None:
        return None
    for what, kind in load_catalogue().kinds.items():
        if (kind.skill, kind.argument) != (question.skill, question.argument):
            continue
        try:
            fact = scene.memory.fact(what)
        except DataError:
            return None  # a damaged memory knows nothing
        if fact is not None:
            return f"{fact.value}"
    return None


def _goes_without(question: Question, scene: Scene) -> bool:
    try:
        find_skill(question.skill)(scene, question.args)
    except (AskBack, InputError, ValueError):
        return False
    except (Unavailable, Refused):
        return True  # asking would not help
    return True
