"""MAC-SLU as it would be said and heard in a region: its queries in dialect words or misheard.

The words that the gold copies from a query (songs, places, names) stay as they are, since
a plan cannot be held to letters that nobody wrote. The same seed gives the same versions.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from fujia.foundry.answers import Answer
from fujia.foundry.dialect import REGIONS, in_dialect
from fujia.foundry.figures import Figures, beside, calibration_error, with_whole
from fujia.foundry.noise import load_noise, misheard
from fujia.foundry.scoring.score import Case, Judged, judge, report

SEED = 20260722
Rewrite = Callable[[str], str | None]


def versions(cases: Sequence[Case], seed: int = SEED) -> dict[str, list[Case]]:
    """``accent:wu``, ``dialect:wu`` ... with the cases that differ from the clean ones."""
    found: dict[str, list[Case]] = {}
    for name in names():
        changed = (_version(case, name, seed) for case in cases)
        found[name] = [case for case in changed if case is not None]
    return found


def names() -> list[str]:
    """Every version there is."""
    return [
        *(f"accent:{region}" for region in load_noise().regions),
        *(f"dialect:{region}" for region in REGIONS),
    ]


def _version(case: Case, name: str, seed: int) -> Case | None:
    kind, _, region = name.partition(":")
    chance = random.Random(f"{seed}/{name}/{case.id}")

    def heard(text: str) -> str | None:
        return misheard(text, region, chance)

    def dialect(text: str) -> str | None:
        return in_dialect(text, region, chance)

    said = rewrite(case.said, _copied(case), heard if kind == "accent" else dialect)
    return None if said == case.said else replace(case, said=said)


def rewrite(text: str, keep: Sequence[str], change: Rewrite) -> str:
    """``text`` with ``change`` made between the words to keep; None changes nothing."""
    words = sorted({word for word in keep if word}, key=len, reverse=True)
    if not words:
        return change(text) or text
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text)
    return "".join(
        part if at % 2 or not part else change(part) or part for at, part in enumerate(parts)
    )


def _copied(case: Case) -> list[str]:
    return [word for word in _words(case) if word in case.said]


def _words(case: Case) -> Iterator[str]:
    for alternatives in case.wanted:
        for command in alternatives:
            yield from (value for value in command.args.values() if isinstance(value, str))


def figures(
    cases: Sequence[Case],
    answers: Sequence[Answer],
    others: Mapping[str, tuple[list[Case], list[Answer]]],
) -> Figures:
    """Every figure of MAC-SLU: the scores of each group, and what each version loses."""
    judged = _judged(cases, answers)
    clean = {one.case.id: one for one in judged}
    groups = {name: scores.as_json() for name, scores in report(judged).groups.items()}
    sure = [one.plan.confidence for one in answers]
    found: Figures = {}
    for name, (versions_, said) in others.items():
        changed = {one.case.id: one for one in _judged(versions_, said)}
        partners = [clean[case.id] for case in versions_]
        where_changed = beside(_plain(list(changed.values())), _plain(partners))
        whole = [changed.get(one.case.id, one) for one in judged]
        found[name] = with_whole(where_changed, _plain(whole), _plain(judged))
    return groups | {
        "calibration_error": calibration_error(sure, [one.is_exact for one in judged]),
        "versions": found,
    }


def _judged(cases: Sequence[Case], answers: Sequence[Answer]) -> list[Judged]:
    return [judge(case, answer.plan.commands) for case, answer in zip(cases, answers, strict=True)]


def _plain(judged: Sequence[Judged]) -> Figures:
    scores = report(judged).groups["all"]
    return {
        "examples": scores.utterances,
        "exact": round(scores.exact_plans, 4),
        "f1": round(scores.full.f1, 4),
    }
