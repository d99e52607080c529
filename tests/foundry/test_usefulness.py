import pytest

from fujia.foundry.usefulness import disagreement, features, order
from fujia.understanding.plan import Command

OPEN, CLOSE = Command(skill="window.position", args={"position": 100}), Command(skill="light.dome")


def test_rows_have_length_one_and_likeness_follows_the_words():
    rows = features(["打开车窗", "打开车窗吧", "播放音乐", ""])
    likeness = rows @ rows.T
    assert likeness.diagonal() == pytest.approx(1, abs=1e-5)
    assert likeness[0, 1] > 0.6 > 0.2 > likeness[0, 2]
    assert (features(["打开车窗"]) == rows[0]).all()


def test_uncertain_comes_before_certain():
    rows = features(["打开车窗", "播放音乐", "导航回家"])
    assert order(rows, [0.1, 0.9, 0.5]) == [1, 2, 0]


def test_what_is_like_a_known_or_chosen_one_comes_later():
    texts = ["打开车窗", "打开车窗吧", "播放音乐"]
    assert order(features(texts), [1, 0.99, 0.8]) == [0, 2, 1]
    assert order(features(texts[::2]), [1, 1], features(["打开车窗"])) == [1, 0]


def test_every_row_comes_once_and_a_count_stops_early():
    rows = features(["同样"] * 5)
    assert order(rows, [1] * 5) == [0, 1, 2, 3, 4]
    assert order(rows, [0] * 5, count=2) == [0, 1]
    assert order(features([]), []) == []


def test_disagreement_is_the_share_of_commands_that_only_one_has():
    assert disagreement([OPEN], [OPEN]) == 0
    assert disagreement([OPEN], [CLOSE]) == 1
    assert disagreement([OPEN, CLOSE], [OPEN]) == 0.5
    assert disagreement([OPEN, OPEN], [OPEN]) == 0.5
    assert disagreement([], []) == 0
