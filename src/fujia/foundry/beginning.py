"""How a student begins: its vocabulary, its schema, and the weights it starts from."""

# Torch types its own functions only in part.
# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from fujia.cabin.skills import SKILLS
from fujia.errors import InputError
from fujia.foundry.encoder import read_e5, student_start
from fujia.foundry.hub import read_hub
from fujia.foundry.manifest import hash_file
from fujia.foundry.network import Shape, StudentNetwork
from fujia.foundry.schema import build_schema
from fujia.foundry.train import CHECKPOINT, Recipe, load_checkpoint
from fujia.foundry.vocabulary import build_vocabulary, context_pieces, plain_vocabulary
from fujia.understanding.student.model import LONGEST_INPUT
from fujia.understanding.student.schema import Schema, read_schema
from fujia.understanding.student.tokens import Tokenizer


@dataclass
class Beginning:
    """A network that has learned no plan yet, with what belongs to it."""

    network: StudentNetwork
    pieces: list[str]
    schema: Schema
    source: str
    """Where the encoder comes from: ``scratch``, or the hash of the weights."""


def begin(recipe: Recipe, start: str, texts: Sequence[str] = ()) -> Beginning:
    """Make a network.

    Args:
        recipe: its ``shape`` overrides the sizes.
        start: ``scratch``, ``e5`` (the packaged weights), a run folder, whose student goes on
            learning with today's skills and words, or the folder of an original e5 checkpoint.
        texts: training sentences, whose Latin words come into the vocabulary.

    Raises:
        InputError: the weights are not there, or do not fit the sizes.
    """
    torch.manual_seed(recipe.seed)
    schema = build_schema()
    if start == "scratch":
        pieces = plain_vocabulary(SKILLS, texts)
        return Beginning(_network(recipe, pieces, schema), pieces, schema, "scratch")
    if (Path(start) / CHECKPOINT).exists():
        return _earlier(recipe, Path(start), schema)
    if start != "e5" and not Path(start).is_dir():
        raise InputError(
            f"there is no folder {start!r} to start from: take e5, scratch, an earlier run, or the"
            " folder of an e5 checkpoint"
        )
    weights = read_e5() if start == "e5" else read_hub(Path(start))
    pieces = build_vocabulary(weights.unigram, SKILLS, texts)
    network = _network(recipe, pieces, schema)
    shape = network.shape
    if weights.width != shape.width or weights.hidden != shape.hidden:
        raise InputError(
            f"the weights of {start!r} are {weights.width} wide, this preset is {shape.width}:"
            " take the preset 'car', or --start scratch"
        )
    state = student_start(weights, pieces, shape.layers, LONGEST_INPUT)
    network.load_state_dict({k: torch.from_numpy(v) for k, v in state.items()}, strict=False)
    return Beginning(network, pieces, schema, weights.source)


def _network(recipe: Recipe, pieces: Sequence[str], schema: Schema) -> StudentNetwork:
    sizes = recipe.shape or {}
    return StudentNetwork(Shape(pieces=len(pieces), symbols=len(schema.symbols), **sizes))


def _earlier(recipe: Recipe, run: Path, schema: Schema) -> Beginning:
    """The student of a run; rows of words and symbols follow their names, new ones start afresh."""
    old, _ = load_checkpoint(run / CHECKPOINT)
    old_pieces = Tokenizer.load(run / "vocabulary.txt").pieces
    old_symbols = read_schema(run / "schema.json").symbols
    added = [piece for piece in context_pieces(SKILLS) if piece not in old_pieces]
    pieces = [*old_pieces, *added]
    network = _network(recipe, pieces, schema)
    same = replace(network.shape, pieces=old.shape.pieces, symbols=old.shape.symbols)
    if replace(old.shape, dropout=same.dropout) != same:
        raise InputError(f"{run}: a student of other sizes; choose the preset it was trained with")
    state, fresh = old.state_dict(), network.state_dict()
    steps = [*schema.symbols, "start", "pointer"], [*old_symbols, "start", "pointer"]
    rows = {
        "words.weight": (pieces, old_pieces),
        "steps.weight": steps,
        "symbol_head.weight": (schema.symbols, old_symbols),
        "symbol_head.bias": (schema.symbols, old_symbols),
    }
    for name, (ours, theirs) in rows.items():
        places = {row: place for place, row in enumerate(theirs)}
        for place, row in enumerate(ours):
            if row in places:
                fresh[name][place] = state[name][places[row]]
    network.load_state_dict({**state, **{name: fresh[name] for name in rows}})
    return Beginning(network, pieces, schema, f"run {hash_file(run / CHECKPOINT)}")
