"""The commands from outside; the teacher's server lives in this process."""

import io
import json
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.foundry.examples import read_examples
from fujia.foundry.manifest import read_manifest
from fujia.llm import openai_model as models

httpx = pytest.importorskip("httpx2", reason="comes with openai, of the extra foundry")
Capture = pytest.CaptureFixture[str]


class Server:
    """Understands 打开车窗, is in doubt about everything else."""

    def __init__(self) -> None:
        self.calls = 0
        self.status = 200

    def __call__(self, request: object) -> object:
        self.calls += 1
        if self.status != 200:
            return httpx.Response(self.status)
        said = json.loads(request.content)["messages"][-1]["content"]
        commands = [{"skill": "window.position", "args": {"position": 100}}]
        answer = {"commands": commands, "doubt": None if said == "打开车窗" else "unsure"}
        message = {"role": "assistant", "content": json.dumps(answer)}
        return httpx.Response(200, json={
            "id": "1", "object": "chat.completion", "created": 1, "model": "deepseek-chat",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 4000, "completion_tokens": 40, "total_tokens": 4040},
        })  # fmt: skip


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, clean_environment: Path) -> Server:
    server = Server()
    client = httpx.Client(transport=httpx.MockTransport(server))
    real = models.OpenAIModel.__init__

    def init(self: models.OpenAIModel, *args: object, **more: object) -> None:
        real(self, *args, **more, http_client=client)

    monkeypatch.setattr(models.OpenAIModel, "__init__", init)
    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-secret")
    monkeypatch.chdir(clean_environment)
    Path("said.txt").write_text("打开车窗\n那个啥\n", encoding="utf-8")
    return server


LABEL = ("foundry", "label", "--in", "said.txt", "--out", "out.jsonl", "--vehicle", "i5")


def test_label_then_review(server: Server, capsys: Capture, monkeypatch: pytest.MonkeyPatch):
    assert run(LABEL) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["out.jsonl: 1 examples", "out.review.jsonl: 1 to review"]
    assert "4 calls, 0 answers from the cache, 16160 tokens, 0.0045 USD" in out
    assert "sk-secret" not in out + err + Path("out.jsonl.manifest.json").read_text()
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    review = ("foundry", "review", "out.review.jsonl", "--out", "more.jsonl", "--vehicle", "i5")
    assert run(review) == 0
    assert capsys.readouterr().out.endswith("more.jsonl: 1 accepted, 0 rejected, 0 left\n")
    assert [example.text for example in read_examples(Path("more.jsonl"))] == ["那个啥"]


def test_a_second_run_asks_nobody(server: Server, capsys: Capture):
    assert run(LABEL) == 0
    first, asked = Path("out.jsonl").read_bytes(), server.calls
    assert run(LABEL) == 0
    assert (server.calls, Path("out.jsonl").read_bytes()) == (asked, first)
    assert "0 calls, 4 answers from the cache, 0 tokens" in capsys.readouterr().out


def test_a_budget_too_small_for_one_question_asks_nobody(server: Server, capsys: Capture):
    assert run((*LABEL, "--budget", "0.0001")) == 1
    assert server.calls == 0
    assert "2 left (the budget is spent); run it again to go on" in capsys.readouterr().out
    manifest = read_manifest(Path("out.jsonl"))
    assert manifest is not None
    assert (manifest.complete, manifest.counts["left"]) == (False, 2)


def test_a_wrong_key_stops_at_once(server: Server, capsys: Capture):
    server.status = 401
    assert run((*LABEL, "--threads", "1")) == 1
    assert server.calls == 1
    assert "the teacher refuses; left: https://api.deepseek.com answered 401" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--budget", "1", "--model", "unpriced"), "no price for 'unpriced'"),
        (("--paraphrase", "2"), "only examples that have a plan"),
        (("--key-variable", "NO_SUCH_KEY"), "NO_SUCH_KEY is not set"),
    ],
)
def test_what_cannot_be_used_is_said(
    server: Server, capsys: Capture, more: tuple[str, ...], message: str
):
    assert run((*LABEL, *more)) == 2
    assert message in capsys.readouterr().err
    assert server.calls == 0


def test_bad_lines_are_named_and_skipped_on_demand(server: Server, capsys: Capture):
    Path("said.txt").write_bytes("打开车窗\n".encode() + b"\xff\n")
    assert run(LABEL) == 2
    assert "said.txt:2" in capsys.readouterr().err
    assert run((*LABEL, "--skip-bad")) == 0
    assert "1 lines could not be read" in capsys.readouterr().out


def test_the_learning_curve_is_a_table_and_a_report(clean_environment: Path, capsys: Capture):
    out = clean_environment / "curve.json"
    short = ("--count", "300", "--runs", "1", "--most", "150", "--goal", "0.05", "--goal", "1")
    assert run(("foundry", "learning-curve", "--out", str(out), *short)) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[1].split("\t") == ["1", *["not reached"] * 4]
    report = json.loads(out.read_text())
    assert report["command"].startswith("fujia foundry learning-curve --count 300 --seed 1")
    assert report["goals"][0]["useful"]["reached"] == 1


def test_what_is_read_or_somebody_s_is_not_written(server: Server, capsys: Capture):
    said = Path("said.txt").read_bytes()
    assert run(["foundry", "label", "--in", "said.txt", "--out", "said.txt"]) == 2
    assert "choose another --out" in capsys.readouterr().err
    Path("notes.jsonl").write_text("precious", encoding="utf-8")
    assert run(["foundry", "label", "--in", "said.txt", "--out", "notes.jsonl"]) == 2
    assert "has no manifest" in capsys.readouterr().err
    assert Path("said.txt").read_bytes() == said
    assert Path("notes.jsonl").read_text(encoding="utf-8") == "precious"
    assert server.calls == 0
