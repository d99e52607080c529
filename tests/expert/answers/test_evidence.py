from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.expert.answers.evidence import Evidence, load_calibration
from tests.expert.manuals import rough_expert


def test_more_evidence_makes_an_answer_more_probable() -> None:
    for weights in (load_calibration().vectors, load_calibration().words):
        weak = Evidence(0.2, 0.2, 0.0, 0.84, 0.7)
        strong = Evidence(0.9, 0.9, 0.5, 0.92, 0.0)
        assert weights.probability(weak) < weights.threshold < weights.probability(strong)


def test_what_the_manual_never_names_is_absent(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    assert expert.evidence("夜视仪").absent == 1
    assert expert.evidence("火花塞").absent == 0


def test_without_vectors_there_is_no_likeness(tmp_path: Path) -> None:
    assert rough_expert(tmp_path).evidence("火花塞多久换").likeness == 0


def test_a_broken_calibration_is_named(tmp_path: Path) -> None:
    file = tmp_path / "calibration.yaml"
    file.write_text("words: {bias: 1}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"calibration\.yaml"):
        load_calibration(file)
