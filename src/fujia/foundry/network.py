"""The student as a torch module: an encoder over the utterance, a small decoder over plan steps.

The encoder is a BERT with post-layer-norm, so that the weights of multilingual-e5-small fit; the
decoder attends to it, scores the next symbol, and points into the utterance for numbers and words.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from fujia.understanding.student.model import LONGEST_INPUT, LONGEST_PLAN


@dataclass(frozen=True)
class Shape:
    """Sizes of a network."""

    pieces: int
    symbols: int
    width: int = 384
    heads: int = 12
    layers: int = 6
    hidden: int = 1536
    decoder_layers: int = 2
    decoder_hidden: int = 1024
    dropout: float = 0.0
    """None by default: generated examples hardly repeat."""

    def as_dict(self) -> dict[str, Any]:
        """The sizes as JSON."""
        return asdict(self)


class Attention(nn.Module):
    """Multi-head attention; ``q``, ``k``, ``v``, ``ao`` as e5 names them."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k = nn.Linear(width, width), nn.Linear(width, width)
        self.v, self.ao = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, asking: Tensor, asked: Tensor, mask: Tensor) -> Tensor:
        """[B, T, D] attends to [B, S, D]; ``mask`` [B, 1, T or 1, S] is True where it may."""
        q, k, v = (
            self._split(layer(states))
            for layer, states in ((self.q, asking), (self.k, asked), (self.v, asked))
        )
        # Written out: on a CPU the fused kernel's backward pass takes half of a training step.
        scores = q @ k.transpose(2, 3) / q.shape[-1] ** 0.5
        shares = scores.masked_fill(~mask, -1e4).softmax(dim=-1).to(v.dtype)
        return self.ao((shares @ v).transpose(1, 2).reshape(asking.shape))

    def _split(self, states: Tensor) -> Tensor:
        batch, length, width = states.shape
        return states.view(batch, length, self.heads, width // self.heads).transpose(1, 2)


class EncoderLayer(nn.Module):
    """One layer of e5: attention, then feed-forward, each added and normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention = Attention(shape.width, shape.heads)
        self.aln = nn.LayerNorm(shape.width, eps=1e-12)
        self.fi, self.fo = (
            nn.Linear(shape.width, shape.hidden),
            nn.Linear(shape.hidden, shape.width),
        )
        self.oln = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """[B, S, D] to [B, S, D]."""
        states = self.aln(states + self.drop(self.attention(states, states, mask)))
        return self.oln(states + self.drop(self.fo(F.gelu(self.fi(states)))))


class DecoderLayer(nn.Module):
    """Attention to the steps so far, attention to the utterance, feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.own, self.utterance = (Attention(shape.width, shape.heads) for _ in range(2))
        self.fi = nn.Linear(shape.width, shape.decoder_hidden)
        self.fo = nn.Linear(shape.decoder_hidden, shape.width)
        self.norms = nn.ModuleList(nn.LayerNorm(shape.width) for _ in range(3))
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, own: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """[B, T, D] to [B, T, D]."""
        ready = self.norms[0](states)
        states = states + self.drop(self.own(ready, ready, own))
        states = states + self.drop(self.utterance(self.norms[1](states), memory, mask))
        return states + self.drop(self.fo(F.gelu(self.fi(self.norms[2](states)))))


class StudentNetwork(nn.Module):
    """Utterance and steps so far in; scores for the next symbol and the next pointer out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.pieces, shape.width)
        self.places = nn.Embedding(LONGEST_INPUT, shape.width)
        self.input_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.layers))
        # Two rows more than symbols: the start of a plan, and "a pointer was taken".
        self.steps = nn.Embedding(shape.symbols + 2, shape.width)
        self.turns = nn.Embedding(LONGEST_PLAN, shape.width)
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.output_norm = nn.LayerNorm(shape.width)
        self.symbol_head = nn.Linear(shape.width, shape.symbols)
        self.pointer_head = nn.Linear(shape.width, shape.width)
        self.drop = nn.Dropout(shape.dropout)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids [B, S], mask [B, S] True where there is a token; returns memory [B, S, D]."""
        places = self.places.weight[: ids.shape[1]]
        states = self.drop(self.input_norm(self.words(ids) + places))
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        return states

    def decode(
        self, memory: Tensor, mask: Tensor, symbols: Tensor, pointers: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores after each step.

        Args:
            memory: [B, S, D] from ``encode``.
            mask: [B, S].
            symbols: [B, T]; symbol numbers, ``shape.symbols`` for the start and
                ``shape.symbols + 1`` for a pointer.
            pointers: [B, T]; the input position of a pointer step, 0 elsewhere.

        Returns:
            symbol scores [B, T, symbols] and pointer scores [B, T, S].
        """
        length = symbols.shape[1]
        is_pointer = (symbols == self.shape.symbols + 1).unsqueeze(-1).to(memory.dtype)
        pointed = memory.gather(1, pointers.unsqueeze(-1).expand(-1, -1, memory.shape[2]))
        states = self.steps(symbols) + self.turns.weight[:length] + pointed * is_pointer
        states = self.drop(states)
        own = torch.ones(length, length, dtype=torch.bool, device=symbols.device).tril()
        for layer in self.decoder:
            states = layer(states, own[None, None], memory, mask[:, None, None, :])
        states = self.output_norm(states)
        pointer_scores = self.pointer_head(states) @ memory.transpose(1, 2) / memory.shape[2] ** 0.5
        return self.symbol_head(states), pointer_scores.masked_fill(~mask[:, None, :], -1e4)

    def forward(
        self, ids: Tensor, mask: Tensor, symbols: Tensor, pointers: Tensor
    ) -> tuple[Tensor, Tensor]:
        """``encode`` then ``decode``."""
        return self.decode(self.encode(ids, mask), mask, symbols, pointers)
