"""Station 5: the trained network as ONNX, eight bits a weight, with everything a car needs."""

# Torch types its own functions only in part.
# pyright: reportUnknownMemberType=false

import hashlib
import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from fujia.foundry.network import StudentNetwork
from fujia.understanding.student.schema import Schema


class _Encoder(nn.Module):
    """One utterance without padding."""

    def __init__(self, network: StudentNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        """ids [1, S] to memory [1, S, D]."""
        return self.network.encode(ids, torch.ones_like(ids, dtype=torch.bool))


class _Decoder(nn.Module):
    """The scores after the last step."""

    def __init__(self, network: StudentNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, memory: Tensor, symbols: Tensor, pointers: Tensor) -> tuple[Tensor, Tensor]:
        """Memory [1, S, D] and steps [1, T] to symbol scores [1, V] and pointer scores [1, S]."""
        mask = torch.ones(memory.shape[:2], dtype=torch.bool)
        symbol_scores, pointer_scores = self.network.decode(memory, mask, symbols, pointers)
        return symbol_scores[:, -1], pointer_scores[:, -1]


def export(
    network: StudentNetwork,
    pieces: list[str],
    schema: Schema,
    folder: Path,
    facts: dict[str, Any],
) -> None:
    """Write a model folder: two ONNX files, vocabulary, schema, manifest with their hashes.

    ``facts`` goes into the manifest: calibration, threshold, where the model comes from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, axes in _parts(network):
            raw = Path(scratch) / name
            module.eval()  # the exporter puts a module, and what it wraps, back into its mode
            _write(module, inputs, axes, raw)
            _quantise(raw, folder / name)
    (folder / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    (folder / "schema.json").write_text(schema.model_dump_json(), encoding="utf-8")
    write_manifest(folder, facts)


def _write(
    module: nn.Module, inputs: tuple[Tensor, ...], axes: dict[str, dict[int, str]], file: Path
) -> None:
    names = list(axes)
    with warnings.catch_warnings():
        # It recommends another exporter, which needs a package more and gains nothing here.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            module, inputs, str(file), input_names=names[: len(inputs)],
            output_names=names[len(inputs) :], dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip


def write_manifest(folder: Path, facts: dict[str, Any]) -> None:
    """Write ``manifest.json`` with the hashes of the files that lie in the folder now."""
    names = ("encoder.onnx", "decoder.onnx", "vocabulary.txt", "schema.json")
    sha256 = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    text = json.dumps({"sha256": sha256} | facts, ensure_ascii=False, indent=1)
    part = folder / "manifest.json.part"
    part.write_text(text + "\n", encoding="utf-8")
    shutil.move(part, folder / "manifest.json")


def _parts(
    network: StudentNetwork,
) -> list[tuple[str, nn.Module, tuple[Tensor, ...], dict[str, dict[int, str]]]]:
    ids = torch.ones(1, 9, dtype=torch.long)
    memory = torch.zeros(1, 9, network.shape.width)
    steps = torch.zeros(1, 5, dtype=torch.long)
    place, turn = {1: "positions"}, {1: "steps"}
    return [
        ("encoder.onnx", _Encoder(network), (ids,), {"ids": place, "memory": place}),
        ("decoder.onnx", _Decoder(network), (memory, steps, steps),
         {"memory": place, "symbols": turn, "pointers": turn, "symbol_scores": {},
          "pointer_scores": place}),
    ]  # fmt: skip


def _quantise(source: Path, target: Path) -> None:
    import onnxruntime.quantization as quantization  # pyright: ignore[reportMissingTypeStubs]

    # It recommends a step that changes nothing for these networks, once for each file.
    logging.disable(logging.WARNING)
    try:
        quantization.quantize_dynamic(
            source, target, weight_type=quantization.QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
    finally:
        logging.disable(logging.NOTSET)
