"""How a student begins."""

from dataclasses import replace

import pytest
import torch

from fujia.errors import InputError
from fujia.foundry import beginning
from fujia.foundry.beginning import begin
from fujia.foundry.train import PRESETS

TINY = PRESETS["tiny"]


def test_from_scratch() -> None:
    made = begin(TINY, "scratch", ["open the windscreen"])
    assert made.source == "scratch"
    assert made.network.shape.pieces == len(made.pieces)
    assert made.network.shape.symbols == len(made.schema.symbols)
    assert made.network.shape.width == 96
    assert "▁windscreen" in made.pieces


def test_the_seed_decides_the_weights() -> None:
    first, again = begin(TINY, "scratch").network, begin(TINY, "scratch").network
    other = begin(replace(TINY, seed=2), "scratch").network
    assert torch.equal(first.words.weight, again.words.weight)
    assert not torch.equal(first.words.weight, other.words.weight)


def test_a_folder_without_a_checkpoint_is_told(tmp_path: object) -> None:
    with pytest.raises(InputError, match=str(tmp_path)):
        begin(TINY, str(tmp_path))


def test_weights_of_another_width_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Weights:
        width, hidden, source = 384, 1536, "elsewhere"
        unigram: object = None

    def pieces(*_: object) -> list[str]:
        return ["[PAD]", "[UNK]", "[BOS]", "[SEP]"]

    monkeypatch.setattr(beginning, "read_e5", Weights)
    monkeypatch.setattr(beginning, "build_vocabulary", pieces)
    with pytest.raises(InputError, match="384 wide"):
        begin(TINY, "e5")
