"""Plans drawn from a student: valid, and with the chances that they had."""

import pytest
import torch

from fujia.cabin.skills import SKILLS
from fujia.foundry.examples import Example
from fujia.foundry.network import StudentNetwork
from fujia.foundry.sampling import Asked, Drawn, ask, draw, log_chances
from fujia.understanding.plan import Plan
from fujia.understanding.student.automaton import Step
from fujia.understanding.student.schema import Schema
from fujia.understanding.student.tokens import Tokenizer
from tests.students import micro_parts

Parts = tuple[StudentNetwork, Schema, list[Asked]]


@pytest.fixture(scope="module")
def parts() -> Parts:
    network, schema, pieces = micro_parts()
    tokenizer = Tokenizer(pieces)
    texts = ["打开车窗", "温度调到22度再放首歌", "open the window", "嗯"]
    asked = [
        ask(
            Example(id=text, text=text, plan=Plan(), language="zh", source="frames", family="x"),
            tokenizer,
        )
        for text in texts
    ]
    return network, schema, asked


def drawn(parts: Parts, temperature: float, seed: int = 1) -> list[Drawn]:
    network, schema, asked = parts
    return draw(network, schema, asked, temperature, torch.Generator().manual_seed(seed))


def test_whatever_is_drawn_is_a_plan(parts: Parts) -> None:
    for seed in range(4):
        for one in drawn(parts, 1.0, seed):
            assert len(one.steps) == len(one.allowed)
            if one.plan is not None:
                assert all(command.skill in SKILLS for command in one.plan.commands)


def steps(parts: Parts, temperature: float, seed: int = 1) -> list[tuple[Step, ...]]:
    return [one.steps for one in drawn(parts, temperature, seed)]


def test_without_temperature_the_best_is_taken(parts: Parts) -> None:
    assert steps(parts, 0.0, seed=1) == steps(parts, 0.0, seed=2)
    assert steps(parts, 1.0, seed=1) != steps(parts, 1.0, seed=2)


def test_a_batch_draws_what_each_would_draw_alone(parts: Parts) -> None:
    network, schema, asked = parts
    alone = [draw(network, schema, [one], 0.0, torch.Generator())[0].steps for one in asked]
    assert steps(parts, 0.0) == alone


@torch.no_grad()
def test_chances_are_among_what_was_allowed(parts: Parts) -> None:
    made = drawn(parts, 1.0)
    chances, present = log_chances(parts[0], made)
    assert present.sum(dim=1).tolist() == [len(one.steps) for one in made]
    assert (chances <= 1e-6).all()
    assert (chances[~present] == 0).all()
    # What had no alternative was certain.
    for row, one in enumerate(made):
        for turn, allowed in enumerate(one.allowed):
            if len(allowed) == 1:
                assert chances[row, turn].abs() < 1e-6
