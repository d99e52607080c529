import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from fujia.__main__ import run as run_fujia
from fujia.expert.answers import model_writer
from fujia.expert.retrieval.embed import PairEmbedder
from tests.expert.manuals import ROUGH

pytestmark = pytest.mark.usefixtures("clean_environment")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run_fujia(["manual", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_the_handbook_answers_from_a_bare_installation(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", "自动大灯怎么开", "--json", "--words-only")
    answer = json.loads(out)
    assert code == 0
    assert answer["answerable"] is True
    assert answer["citations"][0]["manual"] == "handbook-zh"
    assert "AUTO" in answer["answer"]


def test_for_people_the_place_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "ask", "天窗怎么打开", "--words-only")
    assert "[handbook-zh: sunroof-open]" in out


def test_what_a_vehicle_lacks_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    electric = run(capsys, "ask", "油箱盖怎么打开", "--words-only")[1]
    petrol = run(capsys, "ask", "油箱盖怎么打开", "--words-only", "--vehicle", "5-series-lwb")[1]
    assert electric == "这辆车没有这项配置：燃油。\n"
    assert "[handbook-zh: fuel-flap]" in petrol


def test_one_file_alone_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": "a", "question": "机油灯亮了怎么办"}\n', encoding="utf-8")
    code, _, _ = run(
        capsys, "batch", str(questions), "--out", str(out), "--manual", str(ROUGH), "--words-only"
    )
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert code == 0
    assert answer["citations"][0]["manual"] == "rough-manual"


def test_a_bad_line_ends_with_status_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": "a"}\n', encoding="utf-8")
    code, _, err = run(capsys, "batch", str(questions), "--out", str(out), "--words-only")
    assert code == 1
    assert "1 errors" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "灯", "--vehicle", "tank"),
        ("ask", "灯", "--manual", "/no/such/file.pdf"),
        ("ask", "灯", "--market", "XX", "--edition", "none"),
        ("batch", "/no/such/file.jsonl", "--out", "/tmp/never"),
    ],
)
def test_bad_input_is_an_error_that_says_so(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, _, err = run(capsys, *arguments, "--words-only")
    assert code == 2
    assert err and "Traceback" not in err


def test_reading_for_meaning_needs_its_extra(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujia.expert.retrieval.embed.find_embedder", lambda: None)
    code, _, err = run(capsys, "embed")
    assert code != 0
    assert "fujia[embed]" in err


def test_reading_for_meaning_reads_what_was_not_read_yet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujia.expert.retrieval.embed.find_embedder", PairEmbedder)
    assert "passages read" in run(capsys, "embed")[1]
    assert run(capsys, "embed")[1].startswith("0 passages")


class Echo:
    """Writes the end of the first passage, which the manual always supports."""

    def write(self, question: str, passages: Sequence[str]) -> str:
        return passages[0].splitlines()[0] + "[1]"


def test_a_written_answer_is_marked_unless_it_is_not_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_writer, "find_writer", lambda gateway: Echo())
    _, out, _ = run(capsys, "ask", "天窗怎么打开", "--words-only")
    assert "（AI生成）" in out
    _, out, _ = run(capsys, "ask", "天窗怎么打开", "--words-only", "--json")
    assert json.loads(out)["route"] == "llm"
    _, out, _ = run(capsys, "ask", "天窗怎么打开", "--words-only", "--json", "--as-it-stands")
    assert json.loads(out)["route"] == "device"
