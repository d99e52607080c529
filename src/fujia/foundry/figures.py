"""From judged answers to figures: plain data, rounded, ready for JSON."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fujia.foundry.answers import Scored
from fujia.foundry.examples import Example
from fujia.foundry.scoring.score import Match
from fujia.foundry.testset import CLEAN, clean_id, finish_of, load_spec

Figures = dict[str, Any]
_MOST_COMMANDS_TIMED = 5


def plain(scored: Sequence[Scored]) -> Figures:
    """The figures of one group of examples."""
    full = sum((one.judged.full for one in scored), Match(0, 0, 0))
    return {
        "examples": len(scored),
        "exact": share(one.is_exact for one in scored),
        "exact_as_written": share(one.is_as_written for one in scored),
        "f1": round(full.f1, 4),
        "frame_count": share(one.judged.is_count_right for one in scored),
    }


def generated(scored: Sequence[Scored]) -> Figures:
    """Every figure of generated examples: all, by kind, what versions lose, negatives."""
    clean = [one for one in scored if _version(one) == CLEAN]
    figures = {
        "all": plain(scored),
        "clean": plain(clean),
        "by_language": _by(clean, lambda one: one.example.language),
        "by_commands": _by(clean, lambda one: str(len(one.example.plan.commands))),
        "by_source": _by(clean, lambda one: one.example.source),
        "versions": versions(scored),
        "negatives": negatives(scored),
    }
    return figures | _calibration(scored)


def _version(one: Scored) -> str:
    """The finish of an example of the test set; for any other example its region."""
    finish = finish_of(one.example)
    if finish:
        return finish
    return CLEAN if one.example.region == "standard" else one.example.region


def _by(scored: Sequence[Scored], key: Callable[[Scored], str]) -> Figures:
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        groups.setdefault(key(one), []).append(one)
    return {name: plain(group) for name, group in sorted(groups.items())}


def versions(scored: Sequence[Scored]) -> Figures:
    """Each accent and dialect beside the clean examples that its own were made from.

    Where they have none, nothing is said about a loss: other sentences are no measure for it.
    """
    clean = {one.example.id: one for one in scored if _version(one) == CLEAN}
    counts = {(part.finish, part.language): part.count for part in load_spec().parts}
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        groups.setdefault(_version(one), []).append(one)
    found: Figures = {}
    for name, group in sorted(groups.items()):
        if name == CLEAN:
            continue
        pairs = {key: one for one in group if (key := clean_id(one.example)) in clean}
        if len(pairs) < len(group):
            found[name] = plain(group)
            continue
        asked = [
            key
            for key, one in clean.items()
            if key in pairs or _number(one.example) < counts.get((name, one.example.language), 0)
        ]
        whole = plain([pairs.get(key, clean[key]) for key in asked])
        changed = beside(plain(group), plain([clean[key] for key in pairs]))
        found[name] = with_whole(changed, whole, plain([clean[key] for key in asked]))
    return found


def _number(example: Example) -> int:
    """The number of an example of the test set: a part has the first so many in its finish, save
    those that it would not have changed."""
    return int(example.id.partition("@")[0].rpartition("-")[2])


def with_whole(changed: Figures, whole: Figures, clean: Figures) -> Figures:
    """Losses over the whole set, with those over the utterances that changed beside them."""
    over = beside(whole, clean)
    return over | {
        "changed": changed["examples"],
        "changed_loss_exact": changed["loss_exact"],
        "changed_loss_f1": changed["loss_f1"],
    }


def beside(version: Figures, clean: Figures) -> Figures:
    """A version's figures with those of the clean text, and the loss in points of 100."""
    return version | {
        "clean_exact": clean["exact"],
        "clean_f1": clean["f1"],
        "loss_exact": round(100 * (clean["exact"] - version["exact"]), 2),
        "loss_f1": round(100 * (clean["f1"] - version["f1"]), 2),
    }


def negatives(scored: Sequence[Scored]) -> Figures:
    """How often something would move although nothing should."""
    none = [one for one in scored if one.is_negative]
    wrong = [one for one in none if one.is_false_actuation]
    return {
        "examples": len(none),
        "false_actuations": len(wrong),
        "false_actuation_rate": share(one.is_false_actuation for one in none),
    }


def _calibration(scored: Sequence[Scored]) -> Figures:
    sure = [one.answer.plan.confidence for one in scored]
    return {"calibration_error": calibration_error(sure, [one.is_exact for one in scored])}


def calibration_error(
    confidence: Sequence[float], right: Sequence[bool], bins: int = 10
) -> float | None:
    """Expected calibration error over bins of equal width, 0 to 1.

    None where every confidence is 1: whoever is always sure was never calibrated.
    """
    if all(one == 1.0 for one in confidence):
        return None
    groups: dict[int, list[tuple[float, bool]]] = {}
    for one, is_right in zip(confidence, right, strict=True):
        groups.setdefault(min(int(one * bins), bins - 1), []).append((one, is_right))
    gaps = (abs(sum(one - is_right for one, is_right in group)) for group in groups.values())
    return round(sum(gaps) / len(confidence), 4)


def latency(timed: Iterable[tuple[int, float]]) -> Figures:
    """Milliseconds by the number of commands of the plan, and of all plans of up to five."""
    groups: dict[int, list[float]] = {}
    for commands, ms in timed:
        groups.setdefault(commands, []).append(ms)
    few = [ms for count, group in groups.items() if count <= _MOST_COMMANDS_TIMED for ms in group]
    by_commands = {str(count): _times(groups[count]) for count in sorted(groups)}
    return {"up_to_five": _times(few), "by_commands": by_commands}


def _times(times: Sequence[float]) -> Mapping[str, float]:
    ordered = sorted(times)
    if not ordered:
        return {"count": 0}

    def quantile(part: float) -> float:
        return round(ordered[min(math.ceil(part * len(ordered)), len(ordered)) - 1], 3)

    return {"count": len(ordered), "p50": quantile(0.5), "p95": quantile(0.95), "max": quantile(1)}


def share(true: Iterable[bool]) -> float:
    """The share of what is true, rounded to four places; 0 of nothing."""
    values = list(true)
    return round(sum(values) / len(values), 4) if values else 0.0
