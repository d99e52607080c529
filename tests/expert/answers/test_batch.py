import json
from pathlib import Path

import pytest

from fujia.errors import InputError
from fujia.expert.answers.batch import ask_file, ask_lines
from fujia.expert.reading import Scope
from tests.expert.manuals import rough_expert


def test_one_answer_a_line_in_the_same_order(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    lines = ['{"id": "a", "question": "火花塞多久换"}', "", '{"id": 2, "question": "红烧肉怎么做"}']
    answers = list(ask_lines([line.encode() for line in lines], expert, Scope()))
    assert [(one["id"], one["answerable"]) for one in answers] == [("a", True), (2, False)]
    assert set(answers[0]) == {
        "id", "answer", "answerable", "citations", "passages", "route", "ms",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "identity", "problem"),
    [
        (b"{", None, "not JSON"),
        (b"[1]", None, "JSON object"),
        (b'{"id": "a"}', "a", "question"),
        (b'{"id": "a", "question": ""}', "a", "empty"),
        (b'{"id": "a", "question": "x", "more": 1}', "a", "more"),
        (b'{"id": true, "question": "x"}', None, "id"),
        (b'{"id": "a", "question": "\xff"}', None, "UTF-8"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(
    tmp_path: Path, line: bytes, identity: str | None, problem: str
) -> None:
    good = b'{"id": "z", "question": "\xe7\x81\xaf"}'
    bad, rest = ask_lines([line, good], rough_expert(tmp_path), Scope())
    assert bad["id"] == identity
    assert problem in bad["error"]
    assert "error" not in rest


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    expert = rough_expert(tmp_path)
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": 1, "question": "\\ud800"}\n{"id": 2}\n', encoding="utf-8")
    tally = ask_file(questions, out, expert, Scope())
    assert (tally.questions, tally.errors) == (2, 1)
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == [1, 2]
    assert not list(tmp_path.glob("*.part"))


def test_answers_never_take_the_place_of_the_questions(tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": 1, "question": "灯"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="file of their own"):
        ask_file(questions, questions, rough_expert(tmp_path), Scope())
    assert "灯" in questions.read_text(encoding="utf-8")
