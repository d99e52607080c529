"""The model card says what was made of what, and only about the files it stands beside."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from fujia.errors import DataError, InputError
from fujia.foundry.card import write_card

TRAINED = {
    "station": "train",
    "settings": {"preset": "car", "start": "e5", "seed": 7, "minutes": 42.0},
    "inputs": {"train.jsonl": "abc123"},
    "outputs": {"checkpoint.pt": "def", "source": "e5 weights"},
    "counts": {"examples": 1000, "steps": 6000},
    "versions": {"torch": "2.13.0"},
}
MACHINE = {"cpu": "a processor", "cores": 2, "system": "Linux x86_64", "python": "3.11"}


@pytest.fixture
def folder(micro_model: Path, tmp_path: Path) -> Path:
    return shutil.copytree(micro_model, tmp_path / "model")


def result_of(folder: Path, trained: dict[str, Any]) -> dict[str, Any]:
    """An evaluation of the folder, whose manifest then says how it was trained."""
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text()) | {"trained": trained}
    file.write_text(json.dumps(manifest))
    scores = {"model": manifest, "generated": {"all": {"exact": 0.875}}}
    sets = {"generated": {"examples": 8, "sha256": {"testset": "fedcba"}}}
    models = {"mine": scores, "grammar": {"generated": {"all": {"exact": 0.5}}}}
    return {"command": "fujia foundry evaluate", "machine": MACHINE, "sets": sets, "models": models}


def test_everything_is_on_it(folder: Path) -> None:
    card = write_card(folder, result_of(folder, TRAINED), "mine").read_text(encoding="utf-8")
    for fact in ("multilingual-e5-small", "MIT", "seed 7", "abc123", "steps 6000", "torch 2.13.0",
                 "| generated: exact plans | 0.875 | 0.500 |", "a processor", "fedcba",
                 "encoder.onnx", "## Limits"):  # fmt: skip
        assert fact in card


def test_after_reinforcement_the_start_is_still_told(folder: Path) -> None:
    trained = {"station": "reinforce", "settings": {"seed": 2, "from": TRAINED}}
    card = write_card(folder, result_of(folder, trained), "mine").read_text(encoding="utf-8")
    assert "fujia foundry reinforce" in card
    assert "multilingual-e5-small" in card


def test_what_confidence_was_fitted_on_is_told_where_it_is_known(folder: Path) -> None:
    result, file = result_of(folder, TRAINED), folder / "manifest.json"
    manifest = json.loads(file.read_text()) | {"calibration": {}}
    file.write_text(json.dumps(manifest))
    assert "as people say them" not in write_card(folder, result, "mine").read_text("utf-8")
    counts = {"generated": 4000, "natural": 461}
    file.write_text(json.dumps(manifest | {"calibrated_on": counts}))
    card = write_card(folder, result, "mine").read_text("utf-8")
    assert "4000 generated, and 461 as people say them" in card


def test_from_scratch_no_licence_applies(folder: Path) -> None:
    trained = TRAINED | {"settings": {"start": "scratch"}, "outputs": {"source": "scratch"}}
    card = write_card(folder, result_of(folder, trained), "mine").read_text(encoding="utf-8")
    assert "drawn at random" in card
    assert "multilingual-e5" not in card


def test_scores_on_what_was_learned_are_told_apart(folder: Path) -> None:
    result = result_of(folder, TRAINED)
    assert "by heart" not in write_card(folder, result, "mine").read_text(encoding="utf-8")
    result["sets"]["generated"]["sha256"] = {"train.jsonl": "abc123"}
    card = write_card(folder, result, "mine").read_text(encoding="utf-8")
    assert "It learned from\n  `train.jsonl`: what it scores there shows" in card
    assert "MAC-SLU" not in card, "nobody asked it"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "was never fitted"),
        ({"trust": {"threshold": 1.01}, "calibration": {}}, "never answers"),
        ({"trust": {"threshold": 0.9}, "calibration": {}}, "From 0.9 on, the student answers"),
    ],
)
def test_what_its_confidence_is_good_for(folder: Path, facts: dict[str, Any], told: str) -> None:
    result = result_of(folder, TRAINED)
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | facts))
    card = write_card(folder, result, "mine").read_text(encoding="utf-8")
    assert told in card.replace("\n", " ")


def test_scores_of_other_files_are_refused(folder: Path) -> None:
    result = result_of(folder, TRAINED)
    result["models"]["mine"]["model"] = {"sha256": {"encoder.onnx": "0"}}
    with pytest.raises(InputError, match="evaluate it again"):
        write_card(folder, result, "mine")
    assert not (folder / "MODEL_CARD.md").exists()


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no manifest of a model"):
        write_card(tmp_path, {"models": {}}, "mine")
