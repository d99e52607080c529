import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fujia.errors import DataError, InputError
from fujia.foundry.examples import read_examples
from fujia.foundry.manifest import hash_file, read_manifest
from fujia.foundry.queue import Candidate, Question, write_queue
from fujia.foundry.review import Review, Tally, decisions_path, edit_text, read_decisions, show_plan
from fujia.foundry.utterances import Utterance
from fujia.foundry.verify import ProvingGround
from fujia.terminal import Terminal
from fujia.understanding.plan import Command, Condition, Plan
from fujia.vehicle.profiles import load_profile

GROUND = ProvingGround([load_profile("i5")])


def window(position: int) -> Plan:
    return Plan(commands=(Command(skill="window.position", args={"position": position}),))


def question(number: int, *plans: Plan) -> Question:
    said = Utterance(id=f"u{number}", text=f"车窗{number}")
    return Question(
        utterance=said,
        candidates=tuple(Candidate(plan=plan) for plan in plans),
        reasons=("two plans, two end states",),
    )


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    file = tmp_path / "x.review.jsonl"
    write_queue(file, [question(n, window(100), window(0)) for n in range(3)])
    return file


@pytest.fixture
def review(
    queue: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], tuple[Tally, str]]]:
    def go(keys: str) -> tuple[Tally, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(keys))
        shown = io.StringIO()
        tally = Review(queue, GROUND, Terminal(shown)).run(queue.with_name("done.jsonl"))
        return tally, shown.getvalue()

    return go


def plans(queue: Path) -> list[Plan]:
    return [example.plan for example in read_examples(queue.with_name("done.jsonl"))]


def test_numbers_accept_r_rejects_and_what_would_happen_is_shown(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    tally, shown = review("2\nr\n1\n")
    assert tally == Tally(accepted=2, rejected=1, left=0)
    assert plans(queue) == [window(0), window(100)]
    assert "? two plans, two end states" in shown
    assert "1  window.position(position=100)" in shown
    assert "Window.Position = 100" in shown


def test_a_review_can_be_left_and_taken_up_again(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    assert review("1\nq\n")[0] == Tally(accepted=1, left=2)
    tally, shown = review("s\n2\n")
    assert "车窗0" not in shown
    assert tally == Tally(accepted=2, left=1)
    tally, shown = review("")
    assert shown.count("[1/1]") == 1
    assert tally == Tally(accepted=2, left=1)
    assert plans(queue) == [window(100), window(0)]


def test_a_manifest_says_what_was_decided_about_which_queue(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    review("1\nr\nq\n")
    manifest = read_manifest(queue.with_name("done.jsonl"))
    assert manifest is not None
    assert manifest.station == "review"
    assert manifest.inputs[queue.name] == hash_file(queue)
    assert manifest.outputs == {"done.jsonl": hash_file(queue.with_name("done.jsonl"))}
    assert manifest.counts == {"accepted": 1, "rejected": 1, "left": 1}
    assert not manifest.complete
    review("2\n")
    manifest = read_manifest(queue.with_name("done.jsonl"))
    assert manifest is not None
    assert manifest.complete


def test_what_was_accepted_from_another_queue_is_not_lost(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    review("1\nq\n")
    before = queue.with_name("done.jsonl").read_bytes()
    other = queue.with_name("y.review.jsonl")
    write_queue(other, [question(7, window(100))])
    with pytest.raises(InputError, match="another queue"):
        Review(other, GROUND, Terminal(io.StringIO())).run(queue.with_name("done.jsonl"))
    with pytest.raises(InputError, match="is read"):
        Review(other, GROUND, Terminal(io.StringIO())).run(other)
    assert queue.with_name("done.jsonl").read_bytes() == before


def test_other_keys_explain_themselves_and_ask_again(
    review: Callable[[str], tuple[Tally, str]],
):
    tally, shown = review("3\nhello\n\n0\n1\nq\n")
    assert tally.accepted == 1
    assert shown.count("q quit") == 4 + 2


def test_a_plan_may_be_written_and_is_checked(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    good = window(30).model_dump_json()
    bad = window(30).model_dump_json().replace("window.position", "window.fly")
    tally, shown = review(f"e\nnot json\ne\n{bad}\ne\n{good}\nq\n")
    assert tally.accepted == 1
    assert plans(queue) == [window(30)]
    assert "Invalid JSON" in shown
    assert "no skill 'window.fly'" in shown


def test_a_person_may_repair_words_that_were_misheard(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    repaired = Plan(commands=(Command(skill="media.play", args={"artist": "周杰伦"}),))
    assert review(f"e\n{repaired.model_dump_json()}\nq\n")[0].accepted == 1
    assert plans(queue) == [repaired]


def test_a_line_that_a_crash_cut_off_is_asked_again(
    queue: Path, review: Callable[[str], tuple[Tally, str]]
):
    review("1\n2\nq\n")
    log = decisions_path(queue)
    log.write_bytes(log.read_bytes()[:-20])
    assert len(read_decisions(queue)) == 1
    assert review("2\n2\n")[0] == Tally(accepted=3)
    log.write_text("{}\n" + log.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DataError, match=":1"):
        read_decisions(queue)


def test_a_plan_in_one_line():
    condition = Condition(fact="speed", comparison="above", value=80)
    command = Command(skill="window.position", args={"position": 0}, condition=condition)
    assert show_plan(Plan(commands=(command,))) == (
        "window.position(position=0) if speed above 80.0"
    )
    assert show_plan(Plan(act="undo")) == "undo"
    assert show_plan(Plan()) == "nothing"


class Typing(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_editor_is_the_user_s_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("sys.stdin", Typing())
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf edited > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{editor}'")
    assert edit_text("before") == "edited"
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    with pytest.raises(InputError, match="set EDITOR"):
        edit_text("before")
