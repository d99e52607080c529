"""Results side by side: the table of an evaluation, and two results with their differences."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fujia.errors import DataError, InputError

Result = dict[str, Any]
Flat = Mapping[str, float]

ROWS: Mapping[str, str] = {
    "mac_slu.all.utterances": "MAC-SLU dev: utterances",
    "mac_slu.all.skill_zone_value.f1": "MAC-SLU dev: F1 skill + zone + value",
    "mac_slu.all.exact_plans": "MAC-SLU dev: exact plans",
    "mac_slu.multi.frame_count_accuracy": "MAC-SLU dev, several commands: frame count right",
    "mac_slu.multi.exact_plans": "MAC-SLU dev, several commands: exact plans",
    "mac_slu.all.false_actuations": "MAC-SLU dev: false actuations",
    "mac_slu.calibration_error": "MAC-SLU dev: expected calibration error",
    "generated.all.examples": "generated: utterances",
    "generated.all.exact": "generated: exact plans",
    "generated.all.f1": "generated: F1 skill + zone + value",
    "generated.all.frame_count": "generated: frame count right",
    "generated.by_language.zh.exact": "generated, Mandarin, clean: exact plans",
    "generated.by_language.en.exact": "generated, English, clean: exact plans",
    "generated.negatives.false_actuation_rate": "negatives: false actuation rate",
    "generated.calibration_error": "generated: expected calibration error",
    "latency_ms.up_to_five.p50": "up to five commands: p50 (ms)",
    "latency_ms.up_to_five.p95": "up to five commands: p95 (ms)",
    "size_mb": "model (MB)",
    "process.resident_mib": "resident memory (MiB)",
    "process.say_s": "one sentence from a cold start (s)",
}
"""The figures of the table, by their place in a model's result; versions follow behind them."""
_SETS = {"mac_slu": "MAC-SLU dev", "generated": "generated"}


def read_result(file: Path) -> Result:
    """A result of ``fujia foundry evaluate``; raises DataError if it is none."""
    try:
        result = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(file, 0, f"is no result of an evaluation: {error}") from None
    if not isinstance(result, dict) or not isinstance(result.get("models"), dict):  # pyright: ignore[reportUnknownMemberType]
        raise DataError(file, 0, "is no result of an evaluation: it has no models")
    return result  # pyright: ignore[reportUnknownVariableType]


def model_of(text: str) -> tuple[str, Result]:
    """Name and figures of ``FILE`` or ``FILE:NAME``.

    Raises:
        DataError: the file is no result.
        InputError: it has several models and none is named, or no model of that name.
    """
    file, colon, name = text.rpartition(":")
    if not colon or Path(text).exists():
        file, name = text, ""
    models: Mapping[str, Result] = read_result(Path(file))["models"]
    if not name and len(models) == 1:
        name = next(iter(models))
    if name not in models:
        problem = f"has no model {name!r}" if name else "has several models"
        raise InputError(f"{file} {problem}: name one of {', '.join(models)} as {file}:NAME")
    return name, models[name]


def flat(figures: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a result by its place, dots between."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")  # pyright: ignore[reportUnknownArgumentType]
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield f"{before}{name}", float(value)


def table(models: Mapping[str, Result]) -> tuple[list[str], list[list[str]]]:
    """Head and rows: one column for each model, a row for each figure that any of them has."""
    columns = [dict(flat(_scores(model))) for model in models.values()]
    rows = [
        [title, *(_show(place, column.get(place)) for column in columns)]
        for place, title in _places(columns).items()
        if any(place in column for column in columns)
    ]
    return ["figure", *models], rows


def differences(
    one: tuple[str, Result], other: tuple[str, Result], every: bool = False
) -> tuple[list[str], list[list[str]]]:
    """Head and rows of two results: figure, A, B, B minus A; ``every`` figure or the table's."""
    flats = [dict(flat(_scores(model))) for _, model in (one, other)]
    both = sorted(set(flats[0]) | set(flats[1]))
    places = {place: place for place in both} if every else _places(flats)
    rows: list[list[str]] = []
    for place, title in places.items():
        values = [each.get(place) for each in flats]
        if any(value is not None for value in values):
            shown = [_show(place, value) for value in values]
            rows.append([title, *shown, _difference(place, values)])
    return ["figure", one[0], other[0], "difference"], rows


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown, numbers to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _scores(model: Result) -> Result:
    """Without what describes the model: no figure of it is a score."""
    return {name: value for name, value in model.items() if name != "model"}


def _places(columns: Sequence[Flat]) -> dict[str, str]:
    """The figures of the table, those of versions behind the others."""
    found = dict(ROWS)
    for place in sorted({place for column in columns for place in column}):
        head, _, rest = place.partition(".versions.")
        name, _, figure = rest.rpartition(".")
        if figure == "loss_exact":
            found[place] = f"{_SETS[head]}, {name}: exact plans lost (points)"
    return found


def _show(place: str, value: float | None) -> str:
    if value is None:
        return "–"
    if place.endswith((".examples", ".utterances", ".false_actuations", ".count")):
        return f"{value:.0f}"
    if place.startswith(("latency", "size", "process")) or ".loss_" in place:
        return f"{value:.2f}"
    return f"{value:.3f}"


def _difference(place: str, values: Sequence[float | None]) -> str:
    before, after = values
    if before is None or after is None:
        return "–"
    shown = _show(place, abs(after - before))
    return ("+" if after >= before else "-") + shown
