"""A model folder: checked before it is loaded, and never more than it has room for."""

import json
import shutil
from pathlib import Path

import pytest

from fujia.errors import InputError
from fujia.understanding.normalise import normalise
from fujia.understanding.student.automaton import Automaton, Utterance
from fujia.understanding.student.model import FILES, LONGEST_PLAN, StudentModel
from fujia.understanding.student.tokens import Tokens
from fujia.understanding.understander import Context


@pytest.fixture
def folder(micro_model: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return shutil.copytree(micro_model, tmp_path / "model")


def asked(model: StudentModel, text: str) -> tuple[Tokens, Automaton]:
    said = normalise(text)
    tokens = model.tokenizer.encode(said.text)
    return tokens, Automaton(model.schema, Utterance(said, tokens.spans), Context())


def test_it_writes_a_whole_plan(micro_model: Path) -> None:
    model = StudentModel(micro_model)
    tokens, automaton = asked(model, "打开车窗")
    written = model.write(tokens.ids, automaton)
    assert automaton.done or len(written.steps) == LONGEST_PLAN - 1
    assert len(written.chances) == len(written.steps)
    assert all(chance <= 0 for chance in written.chances)
    assert 0 <= written.confidence <= 1


def test_the_same_words_give_the_same_plan(micro_model: Path) -> None:
    model = StudentModel(micro_model)
    once, again = (model.write(tokens.ids, automaton)
                   for tokens, automaton in (asked(model, "set it to 22") for _ in range(2)))  # fmt: skip  # noqa: E501
    assert once == again


def test_input_beyond_its_room_is_no_ground_for_trust(micro_model: Path) -> None:
    model = StudentModel(micro_model)
    said = normalise("开窗" * 150)
    tokens = model.tokenizer.encode(said.text)
    automaton = Automaton(model.schema, Utterance(said, tokens.spans[:192]), Context())
    assert model.write(tokens.ids, automaton).confidence == 0.0


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_file_is_named_before_it_is_loaded(folder: Path, name: str, damage: str) -> None:
    file = folder / name
    content = bytearray(file.read_bytes())
    if damage == "gone":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    with pytest.raises(InputError, match=name):
        StudentModel(folder)


@pytest.mark.parametrize("content", [None, "", "[]", '{"sha256": 3}'])
def test_without_a_manifest_nothing_is_loaded(folder: Path, content: str | None) -> None:
    file = folder / "manifest.json"
    file.unlink() if content is None else file.write_text(content)
    with pytest.raises(InputError, match=r"manifest\.json: not the manifest"):
        StudentModel(folder)


def test_calibration_bends_confidence(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    sure: list[float] = []
    for bias in (-3.0, 3.0):
        manifest["calibration"] = {"bias": bias, "total": 0.0, "worst": 0.0}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        model = StudentModel(folder)
        tokens, automaton = asked(model, "停")
        written = model.write(tokens.ids, automaton)
        if automaton.done:
            sure.append(written.confidence)
    assert sure == sorted(sure)
    assert sure in ([], [pytest.approx(0.0474, abs=1e-3), pytest.approx(0.9526, abs=1e-3)])
