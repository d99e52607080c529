"""Every score of a student in one run, beside others: what is right, what it costs."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from fujia.foundry import costs, figures, regional
from fujia.foundry.answers import Answer, Scored, answer, score
from fujia.foundry.contestants import Contestant
from fujia.foundry.examples import Example, Reading, read_files
from fujia.foundry.manifest import hash_file, versions, write_atomically
from fujia.foundry.scoring import mac_slu
from fujia.foundry.scoring.score import Case
from fujia.foundry.testset import CLEAN, finish_of, load_spec, load_testset
from fujia.understanding.understander import Context, Understander

Progress = Callable[[int], None]
Item = TypeVar("Item")
PACKAGES = ("onnxruntime", "numpy")


@dataclass(frozen=True)
class Sets:
    """What everybody is asked."""

    examples: tuple[Example, ...]
    cases: tuple[Case, ...]
    """MAC-SLU; empty where it is left out."""
    versions: dict[str, list[Case]]
    """MAC-SLU in dialects and accents."""
    facts: dict[str, Any]
    """Names, sizes and hashes."""

    @property
    def size(self) -> int:
        """Utterances in all."""
        return len(self.examples) + len(self.cases) + sum(map(len, self.versions.values()))

    def clean(self) -> "Sets":
        """Without the versions in dialects and accents."""
        kept = tuple(one for one in self.examples if finish_of(one) in ("", CLEAN))
        facts = self.facts | {"generated": self.facts["generated"] | {"examples": len(kept)}}
        return replace(self, examples=kept, versions={}, facts=facts)


def load_sets(
    data: Sequence[Path], with_mac_slu: bool, most: int | None = None, skip_bad: bool = False
) -> Sets:
    """The sets of an evaluation.

    Args:
        data: files of examples; without any, the frozen test set.
        with_mac_slu: the dev part of MAC-SLU too, and its dialects and accents.
        most: at most about so many of each set, evenly picked; of an example all versions.
        skip_bad: leave bad lines out, and count them.

    Raises:
        DataError: a file that cannot be read.
        InputError: a bad line, or no example in ``data``.
    """
    reading = Reading()
    examples = (
        list(read_files(data, skip_bad=skip_bad, reading=reading)) if data else load_testset()
    )
    hashes = {file.name: hash_file(file) for file in data} or {"testset": load_spec().sha256}
    kept = set(thin(list(dict.fromkeys(map(_base, examples))), most))
    examples = [each for each in examples if _base(each) in kept]
    facts: dict[str, Any] = {
        "generated": {"examples": len(examples), "bad_lines": len(reading.bad), "sha256": hashes}
    }
    cases: list[Case] = []
    if with_mac_slu:
        file = mac_slu.data_file()
        cases = thin(mac_slu.load(file), most)
        facts["mac_slu"] = {"cases": len(cases), "sha256": {file.name: hash_file(file)}}
    changed = regional.versions(cases) if cases else {}
    return Sets(tuple(examples), tuple(cases), changed, facts)


def _base(example: Example) -> str:
    """What an example and its versions share."""
    return example.id.partition("@")[0]


def thin(items: Sequence[Item], most: int | None) -> list[Item]:
    """Every n-th item, so that about ``most`` are left."""
    return list(items[:: max(len(items) // most, 1)]) if most else list(items)


def evaluate(
    who: Sequence[Contestant], sets: Sets, runs: int = 3, progress: Progress = lambda by: None
) -> dict[str, Any]:
    """Ask everybody everything; the result as plain data.

    Raises:
        InputError: a model that cannot be used; nothing has been asked then.
    """
    ready = [(one, one.understander()) for one in who]
    models = {
        one.name: _figures(one, understander, sets, runs, progress) for one, understander in ready
    }
    return {
        "machine": costs.machine(),
        "versions": dict(versions(*PACKAGES)),
        "sets": sets.facts,
        "models": models,
    }


def _figures(
    who: Contestant, understander: Understander, sets: Sets, runs: int, progress: Progress
) -> dict[str, Any]:
    scored = score(understander, sets.examples, progress)
    found: dict[str, Any] = {"model": who.facts(), "generated": figures.generated(scored)}
    answers = _said(understander, sets.cases, progress)
    if sets.cases:
        others = {
            name: (cases, _said(understander, cases, progress))
            for name, cases in sets.versions.items()
        }
        found["mac_slu"] = regional.figures(sets.cases, answers, others)
    found["latency_ms"] = figures.latency(_timed(scored, answers))
    found["size_mb"] = costs.size_mb(who.folder)
    if runs:
        found["process"] = costs.fresh_process(who, runs)
    return found


def _said(understander: Understander, cases: Sequence[Case], progress: Progress) -> list[Answer]:
    asked = [(case.said, Context(seat=case.seat)) for case in cases]
    return answer(understander, asked, progress)


def _timed(scored: Sequence[Scored], answers: Sequence[Answer]) -> list[tuple[int, float]]:
    every = [*(one.answer for one in scored), *answers]
    return [(len(one.plan.commands), one.ms) for one in every]


def write_result(result: dict[str, Any], file: Path) -> str:
    """Write a result as JSON; returns its SHA-256."""
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    write_atomically(file, text)
    return hashlib.sha256(text.encode()).hexdigest()
