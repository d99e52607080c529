"""The network: padding, the future, and where it may point."""

import pytest
import torch

from fujia.foundry.network import Shape, StudentNetwork

SHAPE = Shape(pieces=30, symbols=12, width=16, heads=2, layers=2, hidden=24, decoder_layers=2,
              decoder_hidden=24)  # fmt: skip
Tensors = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


@pytest.fixture
def network() -> StudentNetwork:
    torch.manual_seed(3)
    network = StudentNetwork(SHAPE).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return network


def inputs(extra: int = 0) -> Tensors:
    ids = torch.tensor([[2, 5, 6, 7, 3]])
    mask = torch.ones_like(ids, dtype=torch.bool)
    padding = torch.zeros(1, extra, dtype=torch.long)
    ids, mask = torch.cat([ids, padding], 1), torch.cat([mask, padding.bool()], 1)
    return ids, mask, torch.tensor([[12, 4, 13]]), torch.tensor([[0, 0, 2]])


def test_shapes(network: StudentNetwork) -> None:
    symbols, pointers = network(*inputs())
    assert symbols.shape == (1, 3, 12)
    assert pointers.shape == (1, 3, 5)


@torch.no_grad()
def test_padding_changes_nothing_and_is_never_pointed_at(network: StudentNetwork) -> None:
    plain, padded = network(*inputs()), network(*inputs(extra=4))
    assert torch.allclose(plain[0], padded[0], atol=1e-5)
    assert torch.allclose(plain[1], padded[1][..., :5], atol=1e-5)
    assert (padded[1][..., 5:] <= -1e4).all()


@torch.no_grad()
def test_a_step_does_not_see_those_behind_it(network: StudentNetwork) -> None:
    ids, mask, symbols, pointers = inputs()
    before = network(ids, mask, symbols, pointers)[0]
    after = network(ids, mask, torch.tensor([[12, 4, 9]]), pointers)[0]
    assert torch.allclose(before[:, :2], after[:, :2], atol=1e-6)
    assert not torch.allclose(before[:, 2], after[:, 2], atol=1e-3)


@torch.no_grad()
def test_where_a_pointer_points_matters(network: StudentNetwork) -> None:
    ids, mask, symbols, pointers = inputs()
    before = network(ids, mask, symbols, pointers)[0]
    after = network(ids, mask, symbols, torch.tensor([[0, 0, 3]]))[0]
    assert torch.allclose(before[:, :2], after[:, :2], atol=1e-6)
    assert not torch.allclose(before[:, 2], after[:, 2], atol=1e-3)


def test_the_shape_is_plain_data() -> None:
    assert Shape(**SHAPE.as_dict()) == SHAPE
