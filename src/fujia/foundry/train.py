"""Station 3, the cold start: supervised training of the student.

Torch on a CPU or a GPU, deterministic by seed, with a checkpoint after every report, so that it
can be stopped at any moment and goes on where it was.
"""

# Torch types its own functions only in part.
# pyright: reportUnknownMemberType=false

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from fujia.foundry.batches import Batch, Encoded, batches, collate
from fujia.foundry.network import Shape, StudentNetwork

CHECKPOINT = "checkpoint.pt"
"""The file of a run folder that holds the network and where its training stands."""

Report = Callable[[int, int, float, float | None], None]
"""Called with step, all steps, loss, and the share of exact plans on the held-out examples."""


@dataclass(frozen=True)
class Recipe:
    """How to train."""

    steps: int
    batch: int = 64
    rate: float = 5e-4
    encoder_rate: float = 2e-4
    warmup: int = 100
    report_every: int = 100
    seed: int = 1
    shape: dict[str, Any] | None = None
    """Sizes that differ from ``Shape``'s."""


PRESETS = {
    "tiny": Recipe(
        steps=300, batch=32, rate=2e-3, encoder_rate=2e-3, warmup=30, report_every=50,
        shape={"width": 96, "heads": 4, "layers": 2, "hidden": 192, "decoder_layers": 1,
               "decoder_hidden": 192},
    ),
    "car": Recipe(steps=12_000),
}  # fmt: skip
"""``tiny`` trains in minutes for tests; ``car`` is what ships."""


def loss_of(network: StudentNetwork, batch: Batch) -> Tensor:
    """Cross-entropy over symbols and pointers, averaged over the steps."""
    symbols, pointers = network(batch.ids, batch.mask, batch.symbols, batch.pointers)
    losses = [
        F.cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), reduction="sum")
        for scores, wanted in ((symbols, batch.next_symbols), (pointers, batch.next_pointers))
    ]
    count = (batch.next_symbols >= 0).sum() + (batch.next_pointers >= 0).sum()
    return (losses[0] + losses[1]) / count


@torch.no_grad()
def exact_share(network: StudentNetwork, examples: Sequence[Encoded], size: int = 128) -> float:
    """The share of examples whose every step is the best-scored one.

    Greedy decoding writes the right plan just when each step is right after right steps, so this
    is its exact-match rate without the automaton's help.
    """
    network.eval()
    device = next(network.parameters()).device
    right = 0
    for start in range(0, len(examples), size):
        batch = collate(examples[start : start + size], network.shape.symbols).to(device)
        symbols, pointers = network(batch.ids, batch.mask, batch.symbols, batch.pointers)
        good = (symbols.argmax(-1) == batch.next_symbols) | (batch.next_symbols < 0)
        good &= (pointers.argmax(-1) == batch.next_pointers) | (batch.next_pointers < 0)
        right += int(good.all(-1).sum())
    network.train()
    return right / max(len(examples), 1)


def train(
    network: StudentNetwork,
    examples: Sequence[Encoded],
    held_out: Sequence[Encoded],
    recipe: Recipe,
    checkpoint: Path,
    report: Report,
    seconds: float | None = None,
) -> int:
    """Train ``network`` in place; returns the steps done.

    ``seconds`` bounds the wall time: the learning rate then follows the time and not the steps,
    so that a run that is cut short still ends with a small rate.
    """
    optimiser = _optimiser(network, recipe)
    step, spent = resume(network, optimiser, checkpoint)
    began = time.monotonic() - spent
    network.train()
    device = next(network.parameters()).device
    total = 0.0
    for batch in _endless(examples, recipe, network.shape.symbols, step):
        done = max(step / recipe.steps, (time.monotonic() - began) / seconds if seconds else 0.0)
        if done >= 1.0:
            break
        _set_rate(optimiser, recipe, step, done)
        # Chance of its own for each step: a run that was stopped ends as one that was not.
        torch.manual_seed(recipe.seed * 1_000_003 + step)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss = loss_of(network, batch.to(device))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        total += float(loss.detach())
        if step % recipe.report_every == 0:
            report(step, recipe.steps, total / recipe.report_every, exact_share(network, held_out))
            total = 0.0
            save_checkpoint(network, optimiser, step, time.monotonic() - began, checkpoint)
    save_checkpoint(network, optimiser, step, time.monotonic() - began, checkpoint)
    return step


def _optimiser(network: StudentNetwork, recipe: Recipe) -> torch.optim.AdamW:
    encoder = {id(parameter) for parameter in network.layers.parameters()}
    encoder |= {id(parameter) for parameter in network.words.parameters()}
    groups = [
        {
            "params": [p for p in network.parameters() if id(p) in encoder],
            "lr": recipe.encoder_rate,
        },
        {"params": [p for p in network.parameters() if id(p) not in encoder], "lr": recipe.rate},
    ]
    for group in groups:
        group["base"] = group["lr"]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def _set_rate(optimiser: torch.optim.AdamW, recipe: Recipe, step: int, done: float) -> None:
    factor = min(1.0, (step + 1) / recipe.warmup) * max(1.0 - done, 0.02)
    for group in optimiser.param_groups:
        group["lr"] = group["base"] * factor


def _endless(
    examples: Sequence[Encoded], recipe: Recipe, symbols: int, skip: int
) -> Iterator[Batch]:
    seen = 0
    epoch = 0
    while True:
        chance = random.Random(recipe.seed * 1000 + epoch)
        per_epoch = -(-len(examples) // recipe.batch)
        if seen + per_epoch <= skip:
            seen += per_epoch
        else:
            for batch in batches(examples, recipe.batch, symbols, chance):
                seen += 1
                if seen > skip:
                    yield batch
        epoch += 1


def save_checkpoint(
    network: StudentNetwork, optimiser: Any, step: int, spent: float, file: Path
) -> None:
    """Write network and optimiser; the old checkpoint stays until the new one is whole."""
    part = file.with_suffix(".part")
    state = {
        "shape": network.shape.as_dict(),
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict() if optimiser else None,
        "step": step,
        "spent": spent,
    }
    torch.save(state, part)
    part.replace(file)


def load_checkpoint(file: Path) -> tuple[StudentNetwork, dict[str, Any]]:
    """The network of a checkpoint, and the whole state."""
    state = torch.load(file, map_location="cpu", weights_only=True)
    network = StudentNetwork(Shape(**state["shape"]))
    network.load_state_dict(state["network"])
    return network, state


def resume(network: StudentNetwork, optimiser: Any, file: Path) -> tuple[int, float]:
    """Load a checkpoint, if there is one, in place; returns its step and the seconds spent."""
    if not file.exists():
        return 0, 0.0
    device = next(network.parameters()).device
    state = torch.load(file, map_location=device, weights_only=True)
    network.load_state_dict(state["network"])
    if state["optimiser"] is not None:
        optimiser.load_state_dict(state["optimiser"])
    return int(state["step"]), float(state["spent"])
