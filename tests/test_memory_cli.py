"""``fujia memory`` from outside: what people see, forget and can prove."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.cabin.memory import Fact, Memories
from fujia.cabin.memory.memories import local_now

Capture = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("clean_environment")


@pytest.fixture
def memories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Memories:
    folder = tmp_path / "memory"
    monkeypatch.setenv("FUJIA_MEMORY_DIR", str(folder))
    made = Memories(folder)
    owner = made.person("owner")
    owner.remember(Fact.model_validate({"what": "temperature", "value": 21}))
    owner.remember(Fact.model_validate({"what": "home", "value": "望京西园四区"}))
    return made


def ok(capsys: Capture, *arguments: str, status: int = 0) -> str:
    found = run(("memory", *arguments))
    out, err = capsys.readouterr()
    assert found == status, err
    return out


def refused(capsys: Capture, *arguments: str) -> str:
    status = run(("memory", *arguments))
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err.startswith("fujia: ")
    return err


def test_the_list_shows_what_is_remembered_and_no_secret(capsys: Capture, memories: Memories):
    lines = ok(capsys, "list").splitlines()
    assert [line.split("\t")[1] for line in lines] == ["temperature", "home"]
    assert "望京西园四区" in lines[1]
    first, _ = map(json.loads, ok(capsys, "list", "--json").splitlines())
    assert (first["what"], first["value"]) == ("temperature", 21)
    assert "nonce" not in first
    assert ok(capsys, "list", "--person", "Bo") == ""
    assert ok(capsys, "people") == "owner\n"


def test_what_is_forgotten_is_gone_and_its_receipt_proves_it(
    capsys: Capture, memories: Memories, tmp_path: Path
):
    number = ok(capsys, "list").split("\t")[0]
    file = tmp_path / "receipt.json"
    file.write_text(ok(capsys, "forget", number, "--yes"), encoding="utf-8")
    assert [fact.what for fact in memories.person("owner").facts()] == ["home"]
    assert "NOT" not in ok(capsys, "verify", str(file))
    file.write_text(file.read_text().replace("temperature", "fan"), encoding="utf-8")
    assert "NOT genuine" in ok(capsys, "verify", str(file), status=1)


def test_a_kind_or_everything_is_forgotten(capsys: Capture, memories: Memories):
    assert json.loads(ok(capsys, "forget", "home", "--yes"))["kinds"] == ["home"]
    ok(capsys, "consents", "--grant", "position")
    receipt = json.loads(ok(capsys, "forget", "--all", "--yes"))
    assert sorted(receipt["kinds"]) == ["consent position", "temperature"]
    assert ok(capsys, "people") == ""
    assert ok(capsys, "forget", "--all", "--yes") == ""


def test_consents_are_given_taken_back_and_deleted(capsys: Capture, memories: Memories):
    def state(*arguments: str) -> list[str]:
        rows = (line.split("\t") for line in ok(capsys, "consents", *arguments).splitlines())
        return next(row[1:4] for row in rows if row[0] == "position")

    today = local_now().date()
    until = today + timedelta(days=7)
    assert state() == ["no", "", ""]
    assert state("--grant", "position", "--days", "7") == ["yes", f"{today}", f"{until}"]
    assert state() == ["yes", f"{today}", f"{until}"]
    assert state("--revoke", "position") == ["no", f"{today}", f"taken back {today}"]
    assert json.loads(ok(capsys, "consents", "--delete", "position"))["kinds"] == [
        "consent position"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("forget",), "--all"),
        (("forget", "home", "--all"), "--all"),
        (("forget", "home"), "--yes"),
        (("forget", "music", "--yes"), "fujia memory list"),
        (("list", "--person", "x" * 61), "1 to 60 characters"),
        (("list", "--person", ""), "guest"),
        (("consents", "--grant", "telepathy"), "purposes:"),
        (("consents", "--delete", "telepathy"), "purposes:"),
        (("consents", "--grant", "position", "--days", "3000"), "up to"),
        (("consents", "--days", "3"), "--grant"),
        (("consents", "--grant", "position", "--revoke", "position"), "together"),
        (("verify", "no-such-file.json"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    capsys: Capture, memories: Memories, arguments: tuple[str, ...], words: str
):
    assert words in refused(capsys, *arguments)
    assert len(memories.person("owner").facts()) == 2


def test_a_file_that_is_no_receipt_is_said(capsys: Capture, memories: Memories, tmp_path: Path):
    (tmp_path / "x.json").write_text("{}")
    assert "not a receipt" in refused(capsys, "verify", str(tmp_path / "x.json"))
