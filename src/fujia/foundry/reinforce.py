"""Station 4: reinforcement learning without labels of its own.

Plans are drawn from the student, carried out on simulated cars, and rewarded by what they lead
to: the reference plan's end state is 1, each needless or missing change costs, and so does what
the policy refuses. Advantages are relative to the other plans drawn for the same utterance, and
the student is kept near the cold start, as in GRPO (Shao et al. 2024, arXiv 2402.03300).
"""

# Torch types its own functions only in part.
# pyright: reportUnknownMemberType=false

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from torch import nn

from fujia.foundry.examples import Example
from fujia.foundry.network import StudentNetwork
from fujia.foundry.sampling import Asked, Drawn, ask, draw, log_chances
from fujia.foundry.train import resume, save_checkpoint
from fujia.foundry.verify import EndState, ProvingGround
from fujia.understanding.plan import Plan
from fujia.understanding.student.schema import Schema
from fujia.understanding.student.tokens import Tokenizer
from fujia.vehicle.zone import Seat


@dataclass(frozen=True)
class RewardWeights:
    """What is worth how much."""

    wrong_change: float = 0.25
    """Taken off for each signal that ends elsewhere than it should."""
    refused: float = 0.25
    """Taken off for each command that is refused or unavailable and not in the reference."""
    incomplete: float = 1.0
    """Taken off for a plan that does not end."""


@dataclass(frozen=True)
class Reinforcement:
    """How to reinforce."""

    steps: int = 100
    utterances: int = 12
    """Utterances a step."""
    plans: int = 8
    """Plans drawn for each utterance."""
    temperature: float = 1.0
    rate: float = 1e-5
    kl: float = 0.05
    seed: int = 1
    weights: RewardWeights = RewardWeights()


SAVE_EVERY = 5
"""Steps between two checkpoints."""

Report = Callable[[int, float, float], None]
"""Called with step, mean reward, and mean divergence from the cold start."""


class Rewarder:
    """Rewards plans by what they do on the proving ground."""

    def __init__(self, ground: ProvingGround, weights: RewardWeights) -> None:
        self.ground = ground
        self.weights = weights
        self._end_states = lru_cache(maxsize=20_000)(self._run)

    def _run(self, plan: str, seat: Seat) -> tuple[EndState, ...]:
        return self.ground.end_states(Plan.model_validate_json(plan), seat)

    def reward(self, plan: Plan | None, wanted: Plan, seat: Seat) -> float:
        """1 for the wanted end state; less, down to -1, the further from it."""
        if plan is None:
            return -self.weights.incomplete
        if plan.asks_the_same(wanted):
            return 1.0
        reached = self._end_states(_key(plan), seat)
        target = self._end_states(_key(wanted), seat)
        if reached == target:
            return 1.0
        if plan.act != wanted.act:
            return -1.0
        costs = [self._cost(one, other) for one, other in zip(reached, target, strict=True)]
        return max(-1.0, 0.5 - sum(costs) / len(costs))

    def _cost(self, reached: EndState, target: EndState) -> float:
        changes = set(reached.signals) ^ set(target.signals)
        others = set(reached.others) ^ set(target.others)
        return self.weights.wrong_change * len(changes) + self.weights.refused * len(others)


def _key(plan: Plan) -> str:
    return plan.model_copy(update={"confidence": 1.0}).model_dump_json()


def reinforce(
    network: StudentNetwork,
    schema: Schema,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    rewarder: Rewarder,
    how: Reinforcement,
    checkpoint: Path,
    report: Report,
    seconds: float | None = None,
) -> int:
    """Reinforce ``network`` in place; returns the steps done.

    Goes on from ``checkpoint`` if there is one. Each step has chance of its own, so that a run
    that was stopped ends as one that was not.
    """
    start = copy.deepcopy(network).eval().requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), lr=how.rate, weight_decay=0.0)
    step, spent = resume(network, optimiser, checkpoint)
    began = time.monotonic() - spent
    while step < how.steps and (seconds is None or time.monotonic() - began < seconds):
        picker = random.Random(f"{how.seed}/{step}")
        chance = torch.Generator().manual_seed(picker.getrandbits(32))
        chosen = [ask(picker.choice(examples), tokenizer) for _ in range(how.utterances)]
        group = [one for one in chosen for _ in range(how.plans)]
        drawn = draw(network, schema, group, how.temperature, chance)
        rewards = torch.tensor([_reward(rewarder, one) for one in drawn])
        divergence = _improve(network, start, optimiser, drawn, rewards, how)
        step += 1
        report(step, float(rewards.mean()), divergence)
        if step % SAVE_EVERY == 0:
            save_checkpoint(network, optimiser, step, time.monotonic() - began, checkpoint)
    save_checkpoint(network, optimiser, step, time.monotonic() - began, checkpoint)
    return step


def _reward(rewarder: Rewarder, drawn: Drawn) -> float:
    asked: Asked = drawn.asked
    return rewarder.reward(drawn.plan, asked.example.plan, asked.example.seat)


def _improve(
    network: StudentNetwork,
    start: StudentNetwork,
    optimiser: torch.optim.Optimizer,
    drawn: Sequence[Drawn],
    rewards: torch.Tensor,
    how: Reinforcement,
) -> float:
    """One policy-gradient step; returns the mean divergence from the cold start."""
    groups = rewards.view(-1, how.plans)
    spread = groups.std(dim=1, keepdim=True)
    advantages = ((groups - groups.mean(dim=1, keepdim=True)) / (spread + 1e-4)).flatten()
    useful = [i for i in range(len(drawn)) if abs(float(advantages[i])) > 1e-3]
    if not useful:
        return 0.0
    chosen = [drawn[i] for i in useful]
    # Without dropout: the plans were drawn without it.
    network.eval()
    chances, present = log_chances(network, chosen)
    with torch.no_grad():
        before, _ = log_chances(start, chosen)
    lengths = present.sum(dim=1)
    gap = before - chances
    divergence = ((gap.exp() - gap - 1.0) * present).sum(dim=1) / lengths
    gain = (chances * present).sum(dim=1) / lengths * advantages[useful]
    loss = (how.kl * divergence - gain).mean()
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(divergence.mean().detach())
