from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.foundry.queue import Candidate, Question, ranked, read_queue, write_queue
from fujia.foundry.utterances import Utterance
from fujia.understanding.plan import Command, Plan


def question(text: str, *skills: str, problems: tuple[str, ...] = ()) -> Question:
    plans = [Plan(commands=tuple(Command(skill=s) for s in each.split())) for each in skills]
    candidates = tuple(Candidate(plan=plan, problems=problems) for plan in plans)
    return Question(utterance=Utterance(id=text, text=text), candidates=candidates, reasons=("?",))


def test_uncertainty_grows_from_a_doubt_to_nothing_usable():
    doubt = question("a", "light.dome", "light.dome")
    half = question("a", "light.dome light.all", "light.dome")
    apart = question("a", "light.dome", "light.all")
    useless = question("a", "light.dome", problems=("no",))
    figures = [one.uncertainty for one in (doubt, half, apart, useless, question("a"))]
    assert figures == [0.25, 0.5, 1, 1, 1]


def test_the_most_useful_comes_first_for_its_work():
    queue = [
        question("播放音乐", "light.dome", "light.dome"),
        question("打开车窗", "light.dome", "light.all"),
        question("导航回家然后打电话", "a.a b.b c.c d.d", "e.e f.f g.g h.h"),
    ]
    placed = ranked(queue, [])
    assert [one.utterance.text for one in placed] == ["打开车窗", "导航回家然后打电话", "播放音乐"]
    assert [one.usefulness for one in placed] == [1.0, 0.6667, 0.3333]
    known = ranked(queue[1:], ["打开车窗"])
    assert known[0].utterance.text == "导航回家然后打电话"
    assert ranked([], ["x"]) == []


def test_a_queue_is_read_as_it_was_written(tmp_path: Path):
    file = tmp_path / "x.review.jsonl"
    queue = [question("打开车窗", "light.dome", problems=("no",)), question("关灯")]
    write_queue(file, queue)
    assert read_queue(file) == queue
    assert "打开车窗" in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=":3"):
        read_queue(file)
    with pytest.raises(DataError, match="cannot be read"):
        read_queue(tmp_path / "none")
