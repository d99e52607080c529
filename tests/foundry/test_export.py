"""The model folder: what onnxruntime computes is what torch computes, eight bits apart."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from fujia.foundry.export import export, write_manifest
from fujia.foundry.manifest import hash_file
from fujia.foundry.network import StudentNetwork
from fujia.understanding.student.model import FILES, StudentModel
from tests.students import micro_parts


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[StudentNetwork, Path]:
    network, schema, pieces = micro_parts()
    folder = tmp_path_factory.mktemp("model")
    export(network, pieces, schema, folder, {"trained": {"seed": 5}})
    return network, folder


def run(file: Path, **inputs: np.ndarray) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    return [np.asarray(output) for output in session.run(None, inputs)]


@pytest.mark.parametrize("length", [1, 9, 40])
@torch.no_grad()
def test_both_compute_the_same(exported: tuple[StudentNetwork, Path], length: int) -> None:
    network, folder = exported
    ids = torch.arange(length)[None] % network.shape.pieces
    mask = torch.ones_like(ids, dtype=torch.bool)
    symbols = torch.tensor([[network.shape.symbols, 3, network.shape.symbols + 1]])
    pointers = torch.tensor([[0, 0, length - 1]])
    memory = network.encode(ids, mask)
    (found,) = run(folder / "encoder.onnx", ids=ids.numpy())
    assert np.abs(found - memory.numpy()).max() < 0.1 * float(memory.abs().max())
    wanted = [scores[:, -1].numpy() for scores in network.decode(memory, mask, symbols, pointers)]
    got = run(folder / "decoder.onnx", memory=memory.numpy(), symbols=symbols.numpy(),
              pointers=pointers.numpy())  # fmt: skip
    for one, other in zip(got, wanted, strict=True):
        assert one.shape == other.shape
        assert np.abs(one - other).max() < 0.1 * np.abs(other).max() + 0.02


def test_the_folder_is_whole_and_can_be_loaded(exported: tuple[StudentNetwork, Path]) -> None:
    network, folder = exported
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["sha256"] == {name: hash_file(folder / name) for name in FILES}
    assert manifest["trained"] == {"seed": 5}
    model = StudentModel(folder)
    assert len(model.schema.symbols) == network.shape.symbols
    assert len(model.tokenizer.pieces) == network.shape.pieces


def test_weights_take_a_byte_each(exported: tuple[StudentNetwork, Path]) -> None:
    network, folder = exported
    words = network.words.weight.numel() + network.places.weight.numel()
    size = (folder / "encoder.onnx").stat().st_size
    assert size < 2 * words + 60_000


def test_a_manifest_is_written_over(exported: tuple[StudentNetwork, Path]) -> None:
    folder = exported[1]
    write_manifest(folder, {"trust": {"threshold": 0.7}})
    assert StudentModel(folder).manifest.trust.threshold == 0.7
    assert not list(folder.glob("*.part"))
