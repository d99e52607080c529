"""How a student begins: its vocabulary, its schema, and the weights it starts from."""

# Torch types its own functions only in part.
# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from fujia.cabin.skills import SKILLS
from fujia.errors import InputError
from fujia.foundry.encoder import read_e5, student_start
from fujia.foundry.hub import read_hub
from fujia.foundry.network import Shape, StudentNetwork
from fujia.foundry.schema import build_schema
from fujia.foundry.train import Recipe
from fujia.foundry.vocabulary import build_vocabulary, plain_vocabulary
from fujia.understanding.student.model import LONGEST_INPUT
from fujia.understanding.student.schema import Schema


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
        start: ``scratch``, ``e5`` (the packaged weights), or the folder of a checkpoint.
        texts: training sentences, whose Latin words come into the vocabulary.

    Raises:
        InputError: the weights are not there, or do not fit the sizes.
    """
    torch.manual_seed(recipe.seed)
    schema = build_schema()
    if start == "scratch":
        pieces = plain_vocabulary(SKILLS, texts)
        return Beginning(_network(recipe, pieces, schema), pieces, schema, "scratch")
    weights = read_e5() if start == "e5" else read_hub(Path(start))
    pieces = build_vocabulary(weights.unigram, SKILLS, texts)
    network = _network(recipe, pieces, schema)
    shape = network.shape
    if weights.width != shape.width or weights.hidden != shape.hidden:
        raise InputError(f"these weights fit a student of width {weights.width} only")
    state = student_start(weights, pieces, shape.layers, LONGEST_INPUT)
    network.load_state_dict({k: torch.from_numpy(v) for k, v in state.items()}, strict=False)
    return Beginning(network, pieces, schema, weights.source)


def _network(recipe: Recipe, pieces: Sequence[str], schema: Schema) -> StudentNetwork:
    sizes = recipe.shape or {}
    return StudentNetwork(Shape(pieces=len(pieces), symbols=len(schema.symbols), **sizes))
