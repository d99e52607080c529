"""The original checkpoint of multilingual-e5-small, or of any BERT like it, in a local folder."""

import json
import re
import struct
from pathlib import Path
from typing import Any

import numpy as np

from fujia.errors import DataError
from fujia.foundry.weights import Floats, Weights, read_bytes

_HUB_NAMES = {
    "embeddings.word_embeddings.weight": "emb.word",
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def read_hub(folder: Path) -> Weights:
    """Read the original checkpoint: config.json, tokenizer.json and the weights.

    The weights are ``model.safetensors``, or ``pytorch_model.bin``, for which torch is needed.

    Raises:
        DataError: a file is absent or is not what a checkpoint of a BERT encoder has.
    """
    config, vocabulary = _json(folder / "config.json"), _json(folder / "tokenizer.json")
    file = folder / "model.safetensors"
    raw = _safetensors(file) if file.is_file() else _torch(folder / "pytorch_model.bin")
    try:
        table: list[tuple[str, float]] = vocabulary["model"]["vocab"]
        weights = Weights(
            config["hidden_size"], config["num_hidden_layers"], config["num_attention_heads"],
            config["intermediate_size"], config["layer_norm_eps"],
            tuple(piece for piece, _ in table),
            tuple(float(score) for _, score in table),
            {_name(name): tensor for name, tensor in raw.items() if "pooler" not in name},
            str(folder.name),
        )  # fmt: skip
        if weights.tensors["emb.word"].shape[1] != weights.width:
            raise ValueError("the rows are not as wide as hidden_size")
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(folder, 0, f"is no checkpoint of a BERT encoder: {error}") from None
    return weights


def _name(hub: str) -> str:
    """``encoder.layer.3.output.dense.weight`` is ``l3.fo.w``."""
    hub = hub.removeprefix("bert.")
    if hub in _HUB_NAMES:
        return _HUB_NAMES[hub]
    stem, _, kind = hub.rpartition(".")
    layer = re.fullmatch(r"encoder\.layer\.(\d+)\.(.+)", stem)
    known = _HUB_NAMES.get(layer[2] if layer else stem)
    if known is None:
        return hub
    return f"{f'l{layer[1]}.' if layer else ''}{known}.{kind[0]}"


def _json(file: Path) -> Any:
    try:
        return json.loads(read_bytes(file))
    except ValueError as error:
        raise DataError(file, 0, f"is not JSON: {error}") from None


def _safetensors(file: Path) -> dict[str, Floats]:
    data = read_bytes(file)
    kinds = {"F32": "<f4", "F16": "<f2"}
    try:
        (length,) = struct.unpack_from("<Q", data)
        header: dict[str, Any] = json.loads(data[8 : 8 + length])
        found: dict[str, Floats] = {}
        for name, entry in header.items():
            if entry.get("dtype") in kinds:
                begin, end = entry["data_offsets"]
                flat = np.frombuffer(
                    data[8 + length + begin : 8 + length + end], kinds[entry["dtype"]]
                )
                found[name] = flat.astype(np.float32).reshape(entry["shape"])
    except (struct.error, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(file, 0, f"is no complete safetensors file: {error}") from None
    return found


def _torch(file: Path) -> dict[str, Floats]:
    if not file.is_file():
        raise DataError(file.parent, 0, "has neither model.safetensors nor pytorch_model.bin")
    try:
        import torch
    except ImportError:
        raise DataError(file, 0, "needs torch; model.safetensors needs nothing") from None
    try:
        state: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:  # torch documents no error of its own for a damaged file
        raise DataError(file, 0, f"cannot be read by torch: {error}") from None
    return {n: t.float().numpy() for n, t in state.items() if t.is_floating_point()}
