import json
from pathlib import Path
from typing import Any

import pytest

from fujia import Action, Turn
from fujia.logs import configure, log_defect, log_turn
from fujia.settings import load_settings

TURN = Turn(
    said="给小王打电话",
    seat="driver",
    language="zh",
    actions=(Action("phone.call", {"contact": "小王"}, "done", rule="some-rule"),),
    reply="正在呼叫小王。",
    route="device",
    ms=1.234,
)


def logged(folder: Path) -> list[dict[str, Any]]:
    file = folder / "state" / "fujia" / "fujia.log"
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_turn_is_logged_without_what_was_said(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_LOG_LEVEL", "info")
    configure(load_settings().settings)
    log_turn(TURN)
    (entry,) = logged(clean_environment)
    assert entry.pop("time").endswith("+00:00")
    assert entry == {
        "level": "info",
        "event": "turn",
        "outcome": "done",
        "skills": ["phone.call: done"],
        "rules": ["some-rule"],
        "route": "device",
        "ms": 1.23,
    }


def test_what_was_said_is_logged_only_on_request(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_LOG_LEVEL", "info")
    monkeypatch.setenv("FUJIA_LOG_UTTERANCES", "true")
    configure(load_settings().settings)
    log_turn(TURN)
    (entry,) = logged(clean_environment)
    assert (entry["said"], entry["reply"]) == (TURN.said, TURN.reply)


def test_turns_are_not_logged_by_default(clean_environment: Path):
    configure(load_settings().settings)
    log_turn(TURN)
    assert logged(clean_environment) == []


def test_a_defect_is_logged_with_its_place_and_without_its_text(clean_environment: Path):
    configure(load_settings().settings)
    try:
        raise RuntimeError(TURN.said)
    except RuntimeError as error:
        log_defect(error)
    (entry,) = logged(clean_environment)
    assert (entry["level"], entry["error"]) == ("error", "RuntimeError")
    assert "test_logs.py" in entry["stack"][-1]
    assert TURN.said not in json.dumps(entry, ensure_ascii=False)


def test_without_a_folder_to_write_the_log_goes_to_standard_error(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (clean_environment / "file").write_text("")
    monkeypatch.setenv("FUJIA_LOG_FILE", str(clean_environment / "file" / "fujia.log"))
    configure(load_settings().settings)
    log_defect(RuntimeError("x"))
    assert json.loads(capsys.readouterr().err)["event"] == "defect"
