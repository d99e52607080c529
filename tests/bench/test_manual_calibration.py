import numpy as np
import pytest
import yaml

from fujia.expert.answers.evidence import Weights
from tests.bench.manual_calibration import NAMES, as_yaml, fit, judge_unseen

STRONG, WEAK = [0.9, 0.9, 0.5, 0.91, 0.0, 1.0, 0.6], [0.2, 0.1, 0.0, 0.84, 0.8, 0.1, 0.1]
ROWS = np.array([STRONG, WEAK] * 6)
LABELS = np.array([1.0, 0.0] * 6)


def test_what_was_learned_tells_strong_from_weak() -> None:
    given = yaml.safe_load(as_yaml(fit(ROWS, LABELS)))
    weights = Weights.model_validate(given)
    total = sum(value * given[name] for name, value in zip(NAMES, STRONG, strict=True))
    assert total + weights.bias > 0
    total = sum(value * given[name] for name, value in zip(NAMES, WEAK, strict=True))
    assert total + weights.bias < 0


def test_a_manual_is_judged_by_what_was_learned_from_others() -> None:
    labels = LABELS.copy()
    labels[:6] = 1 - labels[:6]  # the first manual contradicts the second
    unseen = judge_unseen(ROWS, labels, ["a"] * 6 + ["b"] * 6)
    assert unseen[0] == pytest.approx(unseen[2])
    assert (unseen[:6] > 0.5).tolist() == [True, False] * 3
    assert (unseen[6:] > 0.5).tolist() == [False, True] * 3
