"""The original checkpoint, as a tiny copy of its layout."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy", reason="the extra 'foundry' is not installed")

import numpy as np

from fujia.errors import DataError
from fujia.foundry.encoder import read_hub

NAMES = {
    "embeddings.word_embeddings.weight": "emb.word",
    "embeddings.LayerNorm.bias": "emb.ln.b",
    "encoder.layer.0.attention.self.query.weight": "l0.q.w",
    "encoder.layer.0.attention.output.dense.bias": "l0.ao.b",
    "encoder.layer.11.attention.output.LayerNorm.weight": "l11.aln.w",
    "encoder.layer.0.intermediate.dense.weight": "l0.fi.w",
    "encoder.layer.0.output.dense.weight": "l0.fo.w",
    "encoder.layer.0.output.LayerNorm.bias": "l0.oln.b",
}


def tensors() -> dict[str, Any]:
    chance = np.random.default_rng(1)
    raw = {name: chance.normal(size=(3, 8)).astype(np.float32) for name in NAMES}
    return raw | {"pooler.dense.weight": np.ones((2, 2), np.float32)}


def safetensors(raw: dict[str, Any]) -> bytes:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, tensor in raw.items():
        end = len(body) + tensor.nbytes
        kind = "F16" if tensor.dtype == np.float16 else "F32"
        header[name] = {"dtype": kind, "shape": tensor.shape, "data_offsets": [len(body), end]}
        body += tensor.tobytes()
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    config = {"hidden_size": 8, "num_hidden_layers": 12, "num_attention_heads": 2}
    config |= {"intermediate_size": 3, "layer_norm_eps": 1e-12}
    (tmp_path / "config.json").write_text(json.dumps(config))
    vocabulary = {"model": {"type": "Unigram", "vocab": [["<s>", 0], ["▁a", -1.5], ["空", -2]]}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(vocabulary))
    return tmp_path


def check(folder: Path, raw: dict[str, Any]) -> None:
    weights = read_hub(folder)
    assert weights.pieces == ("<s>", "▁a", "空")
    assert weights.scores == (0.0, -1.5, -2.0)
    assert (weights.width, weights.layers, weights.heads, weights.hidden) == (8, 12, 2, 3)
    assert weights.tensors.keys() == set(NAMES.values())
    for hub, name in NAMES.items():
        assert weights.tensors[name].dtype == np.float32
        np.testing.assert_array_equal(weights.tensors[name], raw[hub])


def test_safetensors(folder: Path) -> None:
    raw = tensors()
    half = "encoder.layer.0.output.dense.weight"
    raw[half] = raw[half].astype(np.float16)
    (folder / "model.safetensors").write_bytes(safetensors(raw))
    check(folder, raw)


def test_names_may_begin_with_bert(folder: Path) -> None:
    raw = tensors()
    whole = safetensors({f"bert.{name}": tensor for name, tensor in raw.items()})
    (folder / "model.safetensors").write_bytes(whole)
    check(folder, raw)


def test_pytorch(folder: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra 'foundry' is not installed")
    raw = tensors()
    state = {name: torch.from_numpy(tensor) for name, tensor in raw.items()}
    ids = {"embeddings.position_ids": torch.arange(3)}
    torch.save(state | ids, folder / "pytorch_model.bin")
    check(folder, raw)
    (folder / "pytorch_model.bin").write_bytes(b"no such thing")
    with pytest.raises(DataError, match="cannot be read by torch"):
        read_hub(folder)


def test_what_is_absent_or_damaged_is_an_error(folder: Path) -> None:
    with pytest.raises(DataError, match=r"neither model\.safetensors nor"):
        read_hub(folder)
    whole = safetensors(tensors())
    for data in (b"", whole[:40], whole[:-1]):
        (folder / "model.safetensors").write_bytes(data)
        with pytest.raises(DataError, match="no complete safetensors file"):
            read_hub(folder)
    (folder / "model.safetensors").write_bytes(safetensors({"a": np.ones(2, np.float32)}))
    with pytest.raises(DataError, match="no checkpoint of a BERT encoder"):
        read_hub(folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(DataError, match="not JSON"):
        read_hub(folder)
    (folder / "config.json").unlink()
    with pytest.raises(DataError, match="cannot be read"):
        read_hub(folder)
