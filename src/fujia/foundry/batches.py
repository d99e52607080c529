"""Examples as numbers: encoded once, then drawn in batches of similar length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from fujia.foundry.examples import Example
from fujia.understanding.normalise import normalise
from fujia.understanding.student.automaton import Step, Utterance
from fujia.understanding.student.code import encode
from fujia.understanding.student.model import LONGEST_INPUT, LONGEST_PLAN
from fujia.understanding.student.schema import Schema
from fujia.understanding.student.tokens import Tokenizer, context_tokens
from fujia.understanding.words import load_words


@dataclass(frozen=True, slots=True)
class Encoded:
    """One example: input ids and the steps of its plan."""

    ids: tuple[int, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Batch:
    """Tensors of one batch; B examples, S input positions, T steps."""

    ids: Tensor
    mask: Tensor
    symbols: Tensor
    pointers: Tensor
    next_symbols: Tensor
    """[B, T]; -100 where a pointer is due or nothing."""
    next_pointers: Tensor
    """[B, T]; -100 where a symbol is due or nothing."""

    def to(self, device: torch.device) -> "Batch":
        """The same batch on another device."""
        parts = (getattr(self, part.name) for part in fields(self))
        return Batch(*(part.to(device, non_blocking=True) for part in parts))


def encode_example(example: Example, tokenizer: Tokenizer, schema: Schema) -> Encoded | None:
    """Numbers for an example; None if its plan cannot be written in the schema or is too long."""
    context = example.context
    said = normalise(example.text, load_words(example.language).rewrites)
    tokens = tokenizer.encode(said.text, context_tokens(context))
    utterance = Utterance(said, tokens.spans)
    steps = encode(example.plan, utterance, context, schema)
    if steps is None or len(tokens.ids) > LONGEST_INPUT or len(steps) >= LONGEST_PLAN:
        return None
    return Encoded(tokens.ids, tuple(steps))


def batches(
    examples: Sequence[Encoded], size: int, symbols: int, chance: random.Random
) -> Iterator[Batch]:
    """All examples once, shuffled, in batches of about equal length."""
    order = sorted(
        range(len(examples)),
        key=lambda i: (len(examples[i].ids) + chance.random() * 6, len(examples[i].steps)),
    )
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        yield collate([examples[i] for i in group], symbols)


def collate(examples: Sequence[Encoded], symbols: int) -> Batch:
    """Pad examples to one batch."""
    count = len(examples)
    width = max(len(example.ids) for example in examples)
    length = max(len(example.steps) for example in examples)
    ids = torch.zeros(count, width, dtype=torch.long)
    mask = torch.zeros(count, width, dtype=torch.bool)
    taken = torch.zeros(count, length, dtype=torch.long)
    pointers = torch.zeros(count, length, dtype=torch.long)
    next_symbols = torch.full((count, length), -100)
    next_pointers = torch.full((count, length), -100)
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = True
        taken[row, 0] = symbols
        for at, step in enumerate(example.steps):
            if step.symbol is not None:
                next_symbols[row, at] = step.symbol
            if step.pointer is not None:
                next_pointers[row, at] = step.pointer
            if at + 1 < len(example.steps):
                taken[row, at + 1] = symbols + 1 if step.symbol is None else step.symbol
                pointers[row, at + 1] = step.pointer or 0
    return Batch(ids, mask, taken, pointers, next_symbols, next_pointers)
