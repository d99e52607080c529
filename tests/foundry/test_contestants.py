"""Who takes part in an evaluation."""

from pathlib import Path

import pytest

from fujia.errors import InputError
from fujia.foundry.contestants import Contestant, contestants
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.student.understander import StudentUnderstander


def test_names() -> None:
    found = contestants(["grammar", "runs/cold", "after=runs/rl", "grammar"])
    assert [(one.name, one.spec) for one in found] == [
        ("grammar", "grammar"), ("cold", "runs/cold"), ("after", "runs/rl"),
    ]  # fmt: skip


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="NAME=FOLDER"):
        contestants(["a/model", "b/model"])


def test_the_grammar_has_no_folder() -> None:
    grammar = Contestant.named("grammar")
    assert grammar.folder is None
    assert isinstance(grammar.understander(), GrammarUnderstander)
    assert grammar.facts() == {"spec": "grammar"}


def test_a_model_folder_answers_alone_and_tells_its_hashes(micro_model: Path) -> None:
    student = Contestant.named(f"mine={micro_model}")
    assert isinstance(student.understander(), StudentUnderstander)
    assert set(student.facts()["sha256"]) >= {"encoder.onnx", "decoder.onnx"}


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.json"):
        Contestant.named(str(tmp_path)).understander()
