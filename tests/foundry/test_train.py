"""The cold start: learns, stops, goes on, and does the same again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from fujia.foundry.batches import Encoded, collate
from fujia.foundry.network import Shape, StudentNetwork
from fujia.foundry.train import Recipe, exact_share, load_checkpoint, loss_of, train
from fujia.understanding.student.automaton import Step

SHAPE = Shape(pieces=12, symbols=9, width=16, heads=2, layers=1, hidden=32, decoder_layers=1,
              decoder_hidden=32)  # fmt: skip
RECIPE = Recipe(steps=60, batch=8, rate=1e-2, encoder_rate=1e-2, warmup=5, report_every=20, seed=4)


def example(word: int) -> Encoded:
    """A word asks for the symbol of its number, and for a pointer to where it stands."""
    return Encoded((2, word, 3), (Step(symbol=word - 4), Step(pointer=1), Step(symbol=8)))


EXAMPLES = [example(word) for word in range(4, 12)] * 4


def quiet(*_: object) -> None:
    """No report."""


def fresh() -> StudentNetwork:
    torch.manual_seed(1)
    return StudentNetwork(SHAPE)


def test_it_learns_and_reports(tmp_path: Path) -> None:
    network, seen = fresh(), list[tuple[Any, ...]]()
    batch = collate(EXAMPLES[:8], SHAPE.symbols)
    before = float(loss_of(network.eval(), batch))
    share = exact_share(network, EXAMPLES[:8])
    recipe = replace(RECIPE, steps=200, report_every=100)

    def report(*figures: Any) -> None:
        seen.append(figures)

    assert train(network, EXAMPLES, EXAMPLES[:8], recipe, tmp_path / "c.pt", report) == 200
    assert float(loss_of(network.eval(), batch)) < before / 2
    assert [one[:2] for one in seen] == [(100, 200), (200, 200)]
    assert exact_share(network, EXAMPLES[:8]) > max(share, 0.5)


def test_a_stopped_run_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole = fresh()
    train(whole, EXAMPLES, [], RECIPE, tmp_path / "whole.pt", quiet)

    class Stopped(Exception):
        pass

    def stop(step: int, *_: object) -> None:
        if step == 40:
            raise Stopped

    with pytest.raises(Stopped):
        train(fresh(), EXAMPLES, [], RECIPE, tmp_path / "part.pt", stop)
    assert load_checkpoint(tmp_path / "part.pt")[1]["step"] == 20
    resumed = fresh()
    assert train(resumed, EXAMPLES, [], RECIPE, tmp_path / "part.pt", quiet) == 60
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_the_seed_decides(tmp_path: Path) -> None:
    made: list[torch.Tensor] = []
    for number, seed in enumerate((4, 4, 5)):
        network, recipe = fresh(), replace(RECIPE, steps=5, seed=seed)
        train(network, EXAMPLES, [], recipe, tmp_path / f"{number}.pt", quiet)
        made.append(network.symbol_head.weight.detach())
    assert torch.equal(made[0], made[1])
    assert not torch.equal(made[0], made[2])


def test_time_is_a_bound(tmp_path: Path) -> None:
    recipe = replace(RECIPE, steps=100_000, report_every=10_000)
    steps = train(fresh(), EXAMPLES, [], recipe, tmp_path / "c.pt", quiet, seconds=0.3)
    assert 0 < steps < 100_000
    assert load_checkpoint(tmp_path / "c.pt")[1]["spent"] >= 0.3


def test_nothing_is_exact_without_examples() -> None:
    assert exact_share(fresh(), []) == 0.0
