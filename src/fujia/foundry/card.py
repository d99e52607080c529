"""The model card: what a model is, what it was made of, what it scores, and where it ends."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fujia.errors import DataError, InputError
from fujia.foundry.compare import Result, markdown, table
from fujia.foundry.manifest import write_atomically

CARD = "MODEL_CARD.md"
_SCRATCH = "Nothing: its weights were drawn at random, so no licence of another model applies."
_E5 = (
    "The encoder starts from multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672; MIT), from "
    "4-bit weights that were read back; its vocabulary was cut to what Mandarin, its dialects and "
    "English need, and its upper layers were left out. `NOTICE` holds the licence."
)
_CALIBRATED = (
    "`confidence` is how often such a plan was right, fitted on examples whose sentences training\n"
    "never saw"
)
_UNCALIBRATED = (
    "Its `confidence` was never fitted (`fujia foundry export --dev`), so the student never\n"
    "answers where the grammar left something unread."
)
_SENTENCES = "It was trained on generated sentences. People say what no pattern foresees"
_CHECKPOINT = "The encoder starts from a checkpoint; its licence applies to this model too."

_CARD = """# {name}: a Fujia student

A small model that turns what somebody says in a car, in Mandarin, its dialects or English, into
a plan: the commands that are asked for, with their zones and values. It runs on the car's CPU and
can only write plans that follow its schema ({schema}).

## Made of

{start}

{training}

## Scores

{machine}

{table}

{sets}

{confidence}

## Limits

- {sentences}
- It knows the skills of its schema and no others. Whoever adds a skill trains it anew.
- The accents are simulated from the sounds that a region mixes up, not recorded from its people.
- It decides nothing: what a plan may do is for the policy, which judges each plan that it writes.
- Free words (titles, places, names) are copied as they were heard, mistakes and all.

## Files

{files}
"""


def write_card(folder: Path, result: Result, name: str) -> Path:
    """Write the card of a model folder from its manifest and an evaluation.

    Args:
        name: which model of the result this folder is.

    Raises:
        InputError: the result does not score exactly these files.
        DataError: the folder has no manifest.
    """
    manifest = _manifest(folder)
    scored = result["models"].get(name)
    if scored is None:
        raise InputError(f"the result has no model {name!r}; it has {', '.join(result['models'])}")
    if scored["model"].get("sha256") != manifest["sha256"]:
        raise InputError(f"the result scored other files than {folder} holds; evaluate it again")
    text = _CARD.format(
        name=name,
        schema=f"version {_schema_version(folder)}",
        start=_start(manifest.get("trained", {})),
        training=_training(manifest.get("trained", {})),
        machine=_machine(result),
        table=markdown(*table(result["models"])),
        sets=_sets(result["sets"]),
        confidence=_confidence(manifest),
        sentences=_sentences(manifest.get("trained", {}), result["sets"]),
        files="\n".join(
            f"- `{file}`: SHA-256 `{hash_}`" for file, hash_ in manifest["sha256"].items()
        ),
    )
    card = folder / CARD
    write_atomically(card, text)
    return card


def _confidence(manifest: Mapping[str, Any]) -> str:
    threshold = manifest.get("trust", {}).get("threshold", 1.01)
    if "calibration" not in manifest:
        return _UNCALIBRATED
    calibrated = f"{_CALIBRATED}{_calibrated_on(manifest.get('calibrated_on', {}))}"
    if threshold > 1:
        return f"{calibrated} The student\nnever answers where the grammar left something unread."
    return (
        f"{calibrated} From {round(threshold, 4)} on, the student answers where the grammar left\n"
        "something unread."
    )


def _calibrated_on(counts: Mapping[str, int]) -> str:
    if not counts:
        return "."
    generated, natural = counts["generated"], counts["natural"]
    return f": {generated} generated, and {natural} as people say them that weigh as much."


def _sentences(trained: Mapping[str, Any], sets: Mapping[str, Any]) -> str:
    """How far the scores carry."""
    learned = {hash_ for one in _lineage(trained) for hash_ in one.get("inputs", {}).values()}
    asked = sets.get("generated", {}).get("sha256", {})
    seen = [f"`{name}`" for name, hash_ in asked.items() if hash_ in learned]
    if seen:
        return (
            f"{_SENTENCES}. It learned from\n"
            f"  {', '.join(seen)}: what it scores there shows what it knows by heart."
        )
    if "mac_slu" in sets:
        return (
            f"{_SENTENCES}; the scores on MAC-SLU\n  show how far that carries, those on the"
            " generated test set flatter it."
        )
    return f"{_SENTENCES}; scores on\n  generated sentences flatter it."


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / "manifest.json"
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(file, 0, f"is no manifest of a model: {error}") from None


def _schema_version(folder: Path) -> str:
    return json.loads((folder / "schema.json").read_text(encoding="utf-8"))["version"]


def _lineage(trained: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The manifests of all stations that made it, the first one first."""
    before = trained.get("settings", {}).get("from")
    return [*(_lineage(before) if before else []), *([trained] if trained else [])]


def _start(trained: Mapping[str, Any]) -> str:
    first = (_lineage(trained) or [trained])[0]
    source = str(first.get("outputs", {}).get("source") or "")
    start = str(first.get("settings", {}).get("start") or source)
    if "scratch" in (start, source):
        return _SCRATCH
    return _E5 if start == "e5" else f"{_CHECKPOINT} Its weights: `{source or start}`."


def _training(trained: Mapping[str, Any]) -> str:
    stations = [_station(one) for one in _lineage(trained)]
    return "\n\n".join(stations) or "How it was trained is not on record."


def _station(made: Mapping[str, Any]) -> str:
    settings = made.get("settings", {})
    inputs = [f"- `{name}`: SHA-256 `{hash_}`" for name, hash_ in made.get("inputs", {}).items()]
    counts = [f"{name} {value:g}" for name, value in made.get("counts", {}).items()]
    names = ("preset", "start", "seed", "minutes")
    chosen = [f"{name} {settings[name]}" for name in names if settings.get(name) is not None]
    versions = [f"{name} {version}" for name, version in made.get("versions", {}).items()]
    return "\n".join(
        [
            f"`fujia foundry {made.get('station', 'train')}` with {', '.join(chosen)};"
            f" {', '.join(counts) or 'counts unknown'}; {', '.join(versions)}. Its inputs:",
            "",
            *inputs,
        ]
    )


def _machine(result: Result) -> str:
    host = result["machine"]
    return (
        f"`{result.get('command', 'fujia foundry evaluate')}`, one thread of {host['cpu']}, "
        f"{host['system']}, Python {host['python']}:"
    )


def _sets(sets: Mapping[str, Any]) -> str:
    lines = ["The sets:", ""]
    for name, facts in sets.items():
        hashes = ", ".join(f"`{file}` SHA-256 `{hash_}`" for file, hash_ in facts["sha256"].items())
        lines.append(f"- {name.replace('_', '-')}: {hashes}")
    return "\n".join(lines)
