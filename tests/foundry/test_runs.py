"""Run folders: what goes in, what comes out, and what is refused. ``test_line`` has the rest."""

import json
from pathlib import Path

import pytest
import torch

from fujia.errors import InputError
from fujia.foundry import runs
from fujia.foundry.beginning import begin
from fujia.foundry.examples import Example, write_examples
from fujia.foundry.manifest import read_manifest
from fujia.foundry.reinforce import Reinforcement
from fujia.foundry.runs import CHECKPOINT, open_run, run_export, run_reinforcement, run_training
from fujia.foundry.train import PRESETS, Recipe, load_checkpoint
from fujia.understanding.plan import Argument, Command, Plan
from fujia.understanding.student.understander import StudentUnderstander
from fujia.understanding.understander import Context

TINIEST = Recipe(steps=4, batch=4, warmup=1, report_every=2,
                 shape={"width": 16, "heads": 2, "layers": 1, "hidden": 16, "decoder_layers": 1,
                        "decoder_hidden": 16})  # fmt: skip


def quiet(*_: object) -> None:
    """No report."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(runs.PRESETS, "tiniest", TINIEST)
    write(tmp_path / "train.jsonl", "打开车窗", position=100)
    return tmp_path


def write(file: Path, text: str, **args: Argument) -> None:
    plan = Plan(commands=(Command(skill="window.position", args=args),))
    examples = [
        Example(id=str(at), text=text, plan=plan, language="zh", source="frames", family="x")
        for at in range(20)
    ]
    with file.open("w", encoding="utf-8") as stream:
        write_examples(stream, examples)


def train(folder: Path, out: str = "run") -> int:
    return run_training([folder / "train.jsonl"], folder / out, "tiniest", "scratch", quiet)


def test_from_examples_to_a_model(folder: Path) -> None:
    assert train(folder) == 4
    network, schema, pieces = open_run(folder / "run")
    assert (network.shape.symbols, network.shape.pieces) == (len(schema.symbols), len(pieces))
    manifest = read_manifest(folder / "run")
    assert manifest is not None
    assert manifest.counts == {"examples": 18, "left_out": 0, "bad_lines": 0, "steps": 4}
    how = Reinforcement(steps=1, utterances=1, plans=2)
    assert run_reinforcement(folder / "run", folder / "train.jsonl", folder / "rl", how, quiet) == 1
    run_export(folder / "rl", folder / "model", {"note": "mine"})
    assert json.loads((folder / "model" / "manifest.json").read_text())["note"] == "mine"
    assert StudentUnderstander(folder / "model").understand("打开车窗", Context()).language == "zh"


def test_a_stopped_training_goes_on_to_the_same_step(folder: Path) -> None:
    def stop(step: int, *_: object) -> None:
        if step == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_training([folder / "train.jsonl"], folder / "run", "tiniest", "scratch", stop)
    stopped = read_manifest(folder / "run")
    assert stopped is not None
    assert not stopped.complete
    assert load_checkpoint(folder / "run" / CHECKPOINT)[1]["step"] == 2
    assert train(folder) == 4
    finished = read_manifest(folder / "run")
    assert finished is not None
    assert finished.complete


def test_other_data_in_the_same_place_is_refused(folder: Path) -> None:
    train(folder)
    write(folder / "train.jsonl", "关上车窗", position=0)
    with pytest.raises(InputError, match="other settings or data"):
        train(folder)
    assert train(folder, out="another") == 4


def test_a_run_that_failed_before_its_first_step_leaves_its_place_free(folder: Path) -> None:
    good = (folder / "train.jsonl").read_text()
    (folder / "train.jsonl").write_text(good + "oops\n")
    with pytest.raises(InputError, match=r"jsonl:\d+: .*--skip-bad"):
        train(folder)
    (folder / "train.jsonl").write_text(good)
    assert train(folder) == 4


def test_an_unknown_preset_is_told(folder: Path) -> None:
    with pytest.raises(InputError, match="presets: tiny, car"):
        run_training([folder / "train.jsonl"], folder / "run", "huge", "scratch", quiet)


def test_examples_that_cannot_be_written_are_no_examples(folder: Path) -> None:
    write(folder / "train.jsonl", "打开车窗", position=37)
    with pytest.raises(InputError, match="none of the examples"):
        train(folder)


def test_a_folder_without_a_checkpoint_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fujia foundry train"):
        open_run(tmp_path)


def test_a_run_goes_on_learning_with_the_skills_of_today(folder: Path) -> None:
    train(folder)
    before, schema, pieces = open_run(folder / "run")
    # Yesterday's student knew one skill less, its symbols stood in another order.
    old = schema.model_copy(update={"symbols": tuple(reversed(schema.symbols))})
    (folder / "run" / "schema.json").write_text(old.model_dump_json())
    begun = begin(TINIEST, str(folder / "run"))
    assert begun.pieces == list(pieces)
    at, was = begun.schema.ids["skill:window.position"], old.ids["skill:window.position"]
    assert torch.equal(begun.network.steps.weight[at], before.steps.weight[was])
    assert torch.equal(begun.network.symbol_head.bias[at], before.symbol_head.bias[was])
    assert torch.equal(begun.network.words.weight, before.words.weight)
    assert begun.source.startswith("run ")


def test_a_run_of_other_sizes_is_no_start(folder: Path) -> None:
    train(folder)
    with pytest.raises(InputError, match="other sizes"):
        begin(PRESETS["tiny"], str(folder / "run"))
