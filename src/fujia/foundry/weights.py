"""What every source of pretrained weights gives: tensors by name, pieces, sizes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fujia.errors import DataError
from fujia.foundry.vocabulary import Unigram

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """A BERT encoder with post-layer-norm and its unigram vocabulary; row i is piece i.

    Tensors are ``emb.{word,pos,type}``, ``emb.ln.{w,b}``, and for layer n
    ``l<n>.{q,k,v,ao,fi,fo,aln,oln}.{w,b}``; a matrix is [out, in].
    """

    width: int
    layers: int
    heads: int
    hidden: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: Mapping[str, Floats]
    source: str
    """What the weights were read from, for a manifest."""

    @cached_property
    def unigram(self) -> Unigram:
        """Cuts words into the pieces."""
        return Unigram(self.pieces, self.scores)


def read_bytes(path: Path) -> bytes:
    """The whole file; raises DataError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(path, 0, f"cannot be read: {error.strerror}") from None
