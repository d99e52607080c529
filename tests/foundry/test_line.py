"""All five stations in a row, small: what the line makes understands what it was shown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from fujia import Cabin
from fujia.__main__ import run as cli
from fujia.errors import InputError
from fujia.foundry.calibrate import calibrate
from fujia.foundry.card import write_card
from fujia.foundry.compare import differences, table
from fujia.foundry.contestants import contestants
from fujia.foundry.evaluate import evaluate, load_sets
from fujia.foundry.examples import read_examples
from fujia.foundry.generate import GenerateSettings, generate
from fujia.foundry.label import Labeller
from fujia.foundry.labelling import describe_run, run, write_run
from fujia.foundry.manifest import hash_file, read_manifest
from fujia.foundry.reinforce import Reinforcement
from fujia.foundry.runs import CHECKPOINT, run_export, run_reinforcement, run_training
from fujia.foundry.train import load_checkpoint
from fujia.foundry.utterances import read_utterances
from fujia.foundry.verify import ProvingGround
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.student.understander import StudentUnderstander
from fujia.vehicle.profiles import load_profile

SAID = {
    "把窗户全打开": [{"skill": "window.position", "args": {"zone": "all", "position": 100}}],
    "来点音乐呗": [{"skill": "media.play", "args": {}}],
}


def quiet(*_: object) -> None:
    """Reports of stations go nowhere here."""


def teach(text: str, sample: int) -> str:
    """The scripted teacher doubts everything but two sentences."""
    commands = SAID.get(text)
    return json.dumps({"commands": commands or [], "doubt": None if commands else "not known"})


def label(folder: Path) -> None:
    source = folder / "said.txt"
    source.write_text("\n".join([*SAID, "那个啥"]) + "\n", encoding="utf-8")
    ground, read = ProvingGround([load_profile("i5")]), read_utterances(source, skip_bad=False)
    outcome = run(Labeller(ScriptedModel(teach), ground), read.utterances, threads=1)
    write_run(folder / "labelled.jsonl", describe_run(source, {}), read, outcome, {})


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("line")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # where tests run side by side, a second thread waits and works not
    data = [folder / "generated.jsonl", folder / "labelled.jsonl"]
    generate(data[0], GenerateSettings(count=400))
    label(folder)
    run_training(data, folder / "run", "tiny", "scratch", quiet)
    how = Reinforcement(steps=2, utterances=3, plans=4)
    run_reinforcement(folder / "run", data[0], folder / "reinforced", how, quiet)
    run_export(folder / "reinforced", folder / "model", {})
    calibrate(folder / "model", list(read_examples(data[0])))
    yield folder
    torch.set_num_threads(threads)


def test_the_teacher_labels_what_it_knows(line: Path) -> None:
    assert [each.text for each in read_examples(line / "labelled.jsonl")] == list(SAID)


@pytest.mark.parametrize("artefact", ["generated.jsonl", "labelled.jsonl", "run", "reinforced"])
def test_every_artefact_has_a_manifest(line: Path, artefact: str) -> None:
    manifest = read_manifest(line / artefact)
    assert manifest is not None
    assert manifest.complete
    assert manifest.inputs
    for name, wanted in manifest.outputs.items():
        file = line / (f"{artefact}/{name}" if name == CHECKPOINT else name)
        assert name == "source" or hash_file(file) == wanted


def test_the_model_says_where_it_comes_from(line: Path) -> None:
    manifest = json.loads((line / "model" / "manifest.json").read_text())
    trained = manifest["trained"]
    assert (trained["station"], trained["settings"]["from"]["station"]) == ("reinforce", "train")
    for name, wanted in manifest["sha256"].items():
        assert hash_file(line / "model" / name) == wanted


def test_the_student_understands_what_it_was_shown(line: Path) -> None:
    student = StudentUnderstander(line / "model")
    shown = list(read_examples(line / "generated.jsonl"))[100:150]
    right = sum(
        (plan.act, plan.commands) == (example.plan.act, example.plan.commands)
        for example in shown
        for plan in [student.understand(example.text, example.context)]
    )
    assert right >= 15, "it has seen each some twenty times; a student that learns knows 30 of 50"
    assert Cabin(understander=student).say(shown[0].text).reply


def test_a_finished_training_stays_as_it_is(line: Path) -> None:
    before = load_checkpoint(line / "run" / CHECKPOINT)[0].state_dict()
    data = [line / "generated.jsonl", line / "labelled.jsonl"]
    assert run_training(data, line / "run", "tiny", "scratch", quiet) == 300
    after, state = load_checkpoint(line / "run" / CHECKPOINT)
    assert state["step"] == 300
    assert all(torch.equal(before[name], value) for name, value in after.state_dict().items())


def test_a_run_of_other_settings_is_not_mixed_in(line: Path) -> None:
    with pytest.raises(InputError, match="other settings"):
        run_training([line / "generated.jsonl"], line / "run", "tiny", "scratch", quiet, seed=2)


def test_evaluation_comparison_and_card(line: Path) -> None:
    who = contestants([f"tiny={line / 'model'}", "grammar"])
    sets = load_sets([line / "generated.jsonl"], with_mac_slu=False, most=60)
    result = evaluate(who, sets, runs=1)
    models = result["models"]
    assert models["grammar"]["generated"]["all"]["exact"] > 0.5
    assert models["tiny"]["generated"]["all"]["exact"] > 0.2
    assert 0 <= models["tiny"]["generated"]["calibration_error"] <= 1
    assert models["tiny"]["size_mb"] < 3
    assert models["tiny"]["latency_ms"]["up_to_five"]["p50"] > 0
    assert 0 < models["tiny"]["process"]["say_s"] < 60
    head, rows = table(models)
    assert head == ["figure", "tiny", "grammar"]
    assert "generated: exact plans" in [row[0] for row in rows]
    assert len(differences(*models.items())[1]) == len(rows)
    card = write_card(line / "model", result, "tiny").read_text(encoding="utf-8")
    assert "drawn at random" in card
    assert hash_file(line / "generated.jsonl") in card
    with pytest.raises(InputError, match="no model 'other'"):
        write_card(line / "model", result, "other")


def test_bad_lines_stop_a_training_or_are_counted(line: Path, tmp_path: Path) -> None:
    data = tmp_path / "mixed.jsonl"
    good = (line / "generated.jsonl").read_text(encoding="utf-8").splitlines()[:40]
    data.write_text("\n".join([*good, "{broken", '{"id": "x"}']) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mixed\.jsonl:41"):
        run_training([data], tmp_path / "a", "tiny", "scratch", quiet)
    run_training([data], tmp_path / "b", "tiny", "scratch", quiet, minutes=0.01, skip_bad=True)
    manifest = read_manifest(tmp_path / "b")
    assert manifest is not None
    assert manifest.counts["bad_lines"] == 2
    assert manifest.counts["examples"] >= 30


def test_bad_lines_stop_every_other_station_before_its_work(
    line: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, run_, out = tmp_path / "mixed.jsonl", str(line / "run"), tmp_path / "out"
    good = (line / "generated.jsonl").read_text(encoding="utf-8").splitlines()[:20]
    data.write_text("\n".join([*good, "{broken"]) + "\n", encoding="utf-8")
    stations = {
        "reinforce": ["--run", run_, "--in", str(data), "--steps", "1"],
        "export": ["--run", run_, "--dev", str(data)],
    }
    for station, options in stations.items():
        command = ["foundry", station, *options, "--out", str(out / station)]
        assert cli([*command]) == 2
        assert "--skip-bad leaves such lines out" in capsys.readouterr().err
        assert not list((out / station).glob("*")), "nothing half done"
        assert cli([*command, "--skip-bad"]) == 0
        assert "1 bad lines left out" in capsys.readouterr().out
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    command = ["foundry", "export", "--run", run_, "--dev", str(empty), "--out", str(out / "none")]
    assert cli(command) == 2
    assert "no example in" in capsys.readouterr().err
