"""A student of the smallest size that knows nothing, for tests of what carries it."""

from pathlib import Path
from typing import Any

import pytest

from fujia.foundry.schema import build_schema
from fujia.foundry.vocabulary import plain_vocabulary
from fujia.understanding.student.schema import Schema


def micro_parts(seed: int = 1) -> tuple[Any, Schema, list[str]]:
    """Network, schema and vocabulary; skips where torch is not installed."""
    torch = pytest.importorskip("torch", reason="comes with the extra foundry")
    from fujia.cabin.skills import SKILLS
    from fujia.foundry.network import Shape, StudentNetwork

    torch.manual_seed(seed)
    schema, pieces = build_schema(), plain_vocabulary(SKILLS, ["open the window"])
    shape = Shape(
        len(pieces), len(schema.symbols), width=16, heads=2, layers=1, hidden=16,
        decoder_layers=1, decoder_hidden=16,
    )  # fmt: skip
    return StudentNetwork(shape), schema, pieces


def micro_export(folder: Path) -> Path:
    """A model folder."""
    network, schema, pieces = micro_parts()
    from fujia.foundry.export import export

    export(network, pieces, schema, folder, {"threshold": 0.5})
    return folder
