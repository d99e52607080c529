"""The run of station 2: many utterances, a few threads, and nothing lost when it stops.

What a teacher answered is in the cache; a run that was stopped (budget, Ctrl-C, a lost connection,
power) is started again with the same command and goes on, at no cost, where it was.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from fujia.errors import BudgetSpent, InputError, ModelError
from fujia.foundry.examples import Example
from fujia.foundry.label import Labeller, Verdict
from fujia.foundry.manifest import (
    Manifest,
    hash_file,
    hash_files,
    versions,
    write_atomically,
    write_manifest,
)
from fujia.foundry.prompts import PROMPTS
from fujia.foundry.queue import Question, ranked, write_queue
from fujia.foundry.utterances import Source, Utterance

Progress = Callable[[int], None]
"""Called with how many utterances have been dealt with since the last call."""


@dataclass
class Outcome:
    """What a run came to."""

    verdicts: dict[int, list[Verdict]] = field(default_factory=dict[int, list[Verdict]])
    """By position of the utterance."""
    failures: Counter[str] = field(default_factory=Counter[str])
    """Why utterances were left, in words, and how many."""
    stopped: str | None = None
    """Why the run stopped before its end: ``budget``, ``access`` or ``interrupt``."""

    @property
    def accepted(self) -> list[Example]:
        """The verified examples, in the order of the utterances."""
        return [verdict for verdict in self._in_order() if isinstance(verdict, Example)]

    @property
    def questions(self) -> list[Question]:
        """What a human must decide, in the order of the utterances."""
        return [verdict for verdict in self._in_order() if isinstance(verdict, Question)]

    def _in_order(self) -> Iterator[Verdict]:
        for position in sorted(self.verdicts):
            yield from self.verdicts[position]


def run(
    labeller: Labeller,
    utterances: Sequence[Utterance],
    *,
    paraphrases: int = 0,
    threads: int = 4,
    progress: Progress = lambda by: None,
) -> Outcome:
    """Label utterances, or write that many paraphrases of each and label those.

    Ends early, with what it has, when the budget is spent or somebody presses Ctrl-C.
    """
    outcome, stop = Outcome(), Event()

    def work(utterance: Utterance) -> list[Verdict] | None:
        if stop.is_set():
            return None
        try:
            return _verdicts(labeller, utterance, paraphrases)
        except ModelError as error:
            # Here, and not only where results are taken: the next one may begin before that.
            if error.cause == "access":
                stop.set()
            raise

    waiting = iter(enumerate(utterances))
    running: dict[Future[list[Verdict] | None], int] = {}
    with ThreadPoolExecutor(threads) as pool:
        try:
            while not stop.is_set():
                for position, utterance in waiting:
                    running[pool.submit(work, utterance)] = position
                    if len(running) >= 2 * threads:
                        break
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    _take(future, running.pop(future), outcome)
                progress(len(done))
        except KeyboardInterrupt:
            outcome.stopped = "interrupt"
        stop.set()
    for future, position in running.items():
        _take(future, position, outcome)
    return outcome


def review_path(out: Path) -> Path:
    """The queue beside a file of labelled examples."""
    return out.with_name(f"{out.stem}.review.jsonl")


def describe_run(source: Path, settings: dict[str, Any]) -> Manifest:
    """The manifest of a run that has not begun."""
    return Manifest(
        station="label",
        settings=settings,
        inputs={source.name: hash_file(source), "prompts": hash_files(PROMPTS.glob("*.yaml"))},
        versions=dict(versions("openai", "numpy")),
    )


def write_run(
    out: Path, manifest: Manifest, source: Source, outcome: Outcome, used: Mapping[str, float]
) -> Manifest:
    """Write examples, queue and manifest; what the run did not reach is counted as left.

    ``used`` are calls, tokens and money, by name.
    """
    accepted = outcome.accepted
    write_atomically(out, "".join(f"{example.as_line()}\n" for example in accepted))
    queue = ranked(outcome.questions, [example.text for example in accepted])
    write_queue(review_path(out), queue)
    left = len(source.utterances) - len(outcome.verdicts)
    counts = {
        "utterances": len(source.utterances),
        "bad_lines": len(source.bad),
        "accepted": len(accepted),
        "review": len(queue),
        "left": left,
        **{f"review: {_kind(reason)}": n for reason, n in _reasons(queue).items()},
        **{f"left: {reason}": count for reason, count in outcome.failures.items()},
        **{name: round(value, 6) for name, value in used.items()},
    }
    outputs = {file.name: hash_file(file) for file in (out, review_path(out))}
    finished = manifest.model_copy(
        update={"counts": counts, "outputs": outputs, "complete": left == 0}
    )
    write_manifest(out, finished)
    return finished


def _verdicts(labeller: Labeller, utterance: Utterance, paraphrases: int) -> list[Verdict]:
    if not paraphrases:
        return [labeller.label(utterance.model_copy(update={"plan": None}))]
    if utterance.plan is None:
        raise InputError(f"{utterance.id} has no plan; only labelled examples are paraphrased")
    written = labeller.paraphrases(utterance, paraphrases)
    if isinstance(written, Question):
        return [written]
    return [labeller.label(paraphrase) for paraphrase in written]


def _take(future: Future[list[Verdict] | None], position: int, outcome: Outcome) -> None:
    """Keep what a thread found, or count why it found nothing."""
    try:
        verdicts = future.result()
    except BudgetSpent:
        outcome.stopped = outcome.stopped or "budget"
    except ModelError as error:
        outcome.failures[str(error)] += 1
        if error.cause == "access":
            outcome.stopped = outcome.stopped or "access"
    else:
        if verdicts is not None:
            outcome.verdicts[position] = verdicts


def _reasons(questions: Sequence[Question]) -> Counter[str]:
    return Counter(_kind(question.reasons[0]) for question in questions)


def _kind(reason: str) -> str:
    """The first word or two of a reason, which say what kind it is."""
    if reason.startswith("two plans"):
        return "disagreement"
    return reason.split(":")[0] if reason.startswith(("nonsense", "doubt")) else "problem"
