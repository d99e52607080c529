"""The review queue: labels that could not be verified without a human, the most useful first."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from fujia.errors import DataError
from fujia.foundry.manifest import write_atomically
from fujia.foundry.utterances import Utterance
from fujia.understanding.plan import Plan

_LEAST = 0.25
"""Uncertainty of a label that only something small speaks against, such as a doubt in words."""
_MOST_RANKED = 2000
"""So many are put in order; nobody reviews more before the next run."""


class Candidate(BaseModel):
    """A plan that somebody proposed, and what speaks against it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan: Plan
    problems: tuple[str, ...] = ()


class Question(BaseModel):
    """One utterance whose plan a human must decide."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    utterance: Utterance
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...]
    """Why it could not be verified, in words."""
    usefulness: float = 0.0

    @property
    def uncertainty(self) -> float:
        """From 0.25 (a mere doubt) to 1 (nothing usable, or two plans with nothing in common)."""
        from fujia.foundry.usefulness import disagreement

        sound = [one.plan for one in self.candidates if not one.problems]
        if len(sound) < len(self.candidates) or not sound:
            return 1.0 if not sound else 0.75
        apart = disagreement(sound[0].commands, sound[-1].commands)
        return max(_LEAST, 1.0 if sound[0].act != sound[-1].act else apart)

    @property
    def commands(self) -> int:
        """Commands that a human will have to judge, at least one."""
        return max((len(one.plan.commands) for one in self.candidates), default=1) or 1


def ranked(questions: Sequence[Question], known: Sequence[str]) -> list[Question]:
    """The questions, the most useful first; ``known`` are texts that have a label already."""
    from fujia.foundry.usefulness import features, order

    if not questions:
        return []
    rows = features([question.utterance.text for question in questions])
    # A label costs its commands; only their root counts, for a long utterance is read once.
    weights = [question.uncertainty / question.commands**0.5 for question in questions]
    first = order(rows, weights, features(known[-_MOST_RANKED:]), _MOST_RANKED)
    rest = sorted(set(range(len(questions))) - set(first), key=lambda i: (-weights[i], i))
    placed = [questions[index] for index in (*first, *rest)]
    return [
        question.model_copy(update={"usefulness": round(1 - place / len(placed), 4)})
        for place, question in enumerate(placed)
    ]


def write_queue(file: Path, questions: Iterable[Question]) -> None:
    """Write a queue, one question a line; all or nothing."""
    lines = (
        json.dumps(question.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
        for question in questions
    )
    write_atomically(file, "".join(f"{line}\n" for line in lines))


def read_queue(file: Path) -> list[Question]:
    """The questions of a queue; raises DataError that names the line."""
    questions: list[Question] = []
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DataError(file, 0, f"cannot be read: {error.strerror}") from None
    for number, line in enumerate(content.splitlines(), 1):
        try:
            questions.append(Question.model_validate_json(line))
        except ValidationError as error:
            problem = error.errors()[0]["msg"]
            raise DataError(file, number, f"is no question: {problem}") from None
    return questions
