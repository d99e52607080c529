"""The command line from outside: arguments in; output, errors and exit status out."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fujia.__main__ import run

HEATING = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
pytestmark = pytest.mark.usefixtures("clean_environment")
Capture = pytest.CaptureFixture[str]


def fujia(*arguments: str, stdin: bytes = b"", **options: object) -> subprocess.CompletedProcess:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "fujia", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, **options)


def ok(capsys: Capture, *arguments: str) -> str:
    """What a command prints that must succeed, without a word on standard error."""
    status = run(arguments)
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out


def refused(capsys: Capture, *arguments: str) -> str:
    """The one sentence that a command ends with on input it cannot use."""
    status = run(arguments)
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err.startswith("fujia: ")
    assert err.count("\n") == 1
    return err


def test_say_prints_the_reply_and_what_became_of_each_command(capsys: Capture):
    reply, action = ok(capsys, "say", "打开主驾座椅加热").splitlines()
    assert "座椅加热" in reply
    assert action == "  ✓ seat.heating zone=driver level=1 done"


def test_say_tells_that_the_student_cannot_be_used(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("FUJIA_STUDENT_DIR", str(tmp_path))
    assert run(["say", "打开主驾座椅加热"]) == 0
    out, err = capsys.readouterr()
    assert "seat.heating zone=driver level=1 done" in out
    assert err.startswith("fujia: the grammar understands alone: ")
    assert err.count("\n") == 1


def test_say_as_json_is_one_result_of_the_batch_contract(capsys: Capture):
    result = json.loads(ok(capsys, "say", "打开主驾座椅加热", "--json"))
    assert list(result) == ["id", "turns", "signals"]
    assert result["id"] == "say"
    assert result["signals"] == {HEATING: 33}


def test_say_takes_vehicle_seat_and_state(capsys: Capture):
    out = ok(
        capsys, "say", "关上车窗", "--json", "--vehicle", "generic-ev", "--seat", "passenger",
        "--state", "Vehicle.Cabin.Door.Row1.PassengerSide.Window.Position=40",
        "--state", "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position=40",
    )  # fmt: skip
    assert json.loads(out)["signals"] == {
        "Vehicle.Cabin.Door.Row1.PassengerSide.Window.Position": 0,
        "Vehicle.Cabin.Door.Row1.PassengerSide.Window.IsOpen": False,
    }


def test_say_shows_the_steps_of_a_turn(capsys: Capture):
    out = ok(capsys, "say", "打开主驾座椅加热", "--trace")
    for step in ("understand", "resolve", "judge", "act", "read back", "reply"):
        assert re.search(rf"^ +\d+\.\d\d ms  {step}\b", out, re.MULTILINE), step


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("say", "你好", "--vehicle", "i6"), "there is no vehicle 'i6'"),
        (("say", "你好", "--seat", "boot"), "there is no seat 'boot'"),
        (("say", "你好", "--state", "Vehicle.Sped=1"), "Vehicle.Sped"),
        (("say", "你好", "--state", "Vehicle.Speed"), "is not PATH=VALUE"),
        (("say", "你好", "--state", "Vehicle.Speed=fast"), "'fast' is not a number"),
        (("say", "好" * 10_000), "10000 characters"),
        (("skills", "seat.melting"), "there is no skill 'seat.melting'"),
        (("signals", "get", "Vehicle.Sped"), "Vehicle.Sped"),
        (("signals", "list", "zzz"), "no signal with 'zzz'"),
        (("signals", "set", "Vehicle.Speed", "9"), "is a sensor"),
        (("signals", "set", HEATING, "200"), "is not within"),
        (("batch", "missing.jsonl", "--out", "out.jsonl"), "missing.jsonl: No such file"),
    ],
)
def test_unusable_input_is_one_sentence_and_status_2(
    capsys: Capture, arguments: tuple[str, ...], words: str
):
    assert words in refused(capsys, *arguments)


@pytest.mark.parametrize("arguments", [("sing",), ("say",), ("say", "a", "--loud"), ("batch", "x")])
def test_wrong_usage_is_status_2_and_shows_the_usage(capsys: Capture, arguments: tuple[str, ...]):
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage:" in err


def test_a_broken_settings_file_is_named_with_its_line(capsys: Capture, clean_environment: Path):
    file = clean_environment / "config" / "fujia" / "settings.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("seat: driver\nvolume: 3\n")
    assert f"{file}:2: volume: " in refused(capsys, "say", "你好")


def test_settings_choose_vehicle_and_seat(capsys: Capture, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FUJIA_SEAT", "passenger")
    result = json.loads(ok(capsys, "say", "打开座椅加热", "--json"))
    assert result["turns"][0]["actions"][0]["args"]["zone"] == "passenger"


def test_batch_reports_bad_lines_and_ends_with_status_1(capsys: Capture, tmp_path: Path):
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    cases.write_text('{"id": 1, "turns": ["打开主驾座椅加热"]}\n{"id": 2}\n', encoding="utf-8")
    assert run(["batch", str(cases), "--out", str(out)]) == 1
    assert capsys.readouterr().err == "fujia: 1 of 2 cases could not be used\n"
    good, bad = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert good["signals"] == {HEATING: 33}
    assert bad == {"id": 2, "error": "turns: Field required"}


def test_batch_without_bad_lines_ends_with_status_0(capsys: Capture, tmp_path: Path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": 1, "turns": []}\n')
    assert ok(capsys, "batch", str(cases), "--out", str(tmp_path / "out.jsonl")) == ""


def test_batch_does_not_let_settings_change_the_contract(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_SEAT", "passenger")
    monkeypatch.setenv("FUJIA_VEHICLE", "generic-ev")
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    cases.write_text('{"id": 1, "turns": ["打开座椅加热"]}\n', encoding="utf-8")
    ok(capsys, "batch", str(cases), "--out", str(out))
    assert json.loads(out.read_text(encoding="utf-8"))["signals"] == {HEATING: 33}


def test_vehicles_and_skills_are_tables_with_tabs(capsys: Capture):
    vehicles = [line.split("\t") for line in ok(capsys, "vehicles").splitlines()]
    assert [row[0] for row in vehicles] == ["5-series-lwb", "generic-ev", "i5", "x3-lwb"]
    skills = [line.split("\t") for line in ok(capsys, "skills").splitlines()]
    assert len(skills) >= 90
    assert {len(row) for row in skills} == {4}


def test_one_skill_is_shown_with_its_arguments(capsys: Capture):
    out = ok(capsys, "skills", "seat.heating")
    assert "seat.heating (write)" in out
    assert "zone\tdriver|passenger|rear_left|rear_right|front|rear|all\t" in out


def test_config_shows_values_and_where_they_come_from(
    capsys: Capture, clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_VEHICLE", "x3-lwb")
    monkeypatch.setenv("FUJIA_VEHCILE", "x3-lwb")
    assert run(["config"]) == 0
    out, err = capsys.readouterr()
    assert "vehicle\tx3-lwb\tFUJIA_VEHICLE\t" in out
    assert "seat\tdriver\tdefault\t" in out
    assert str(clean_environment / "config" / "fujia" / "settings.yaml") in err
    assert "FUJIA_VEHCILE is set, and names no setting" in err


def test_help_groups_examples_and_commands(capsys: Capture):
    out = ok(capsys, "--help")
    assert 'fujia say "把空调调到22度，再放点周杰伦"' in out
    for command in ("say", "chat", "batch", "signals", "vehicles", "skills", "config", "doctor"):
        assert re.search(rf"^  {command}\b", out, re.MULTILINE), command


def test_a_defect_is_one_sentence_and_an_entry_in_the_log(
    capsys: Capture, clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("what was said")

    monkeypatch.setattr("fujia.batch.run_case", broken)
    assert run(["say", "你好"]) == 1
    assert "something went wrong inside (RuntimeError)" in capsys.readouterr().err
    log = (clean_environment / "state" / "fujia" / "fujia.log").read_text(encoding="utf-8")
    entry = json.loads(log)
    assert (entry["event"], entry["error"]) == ("defect", "RuntimeError")
    assert "what was said" not in log


def test_an_interruption_is_status_130(monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fujia.batch.run_case", interrupted)
    assert run(["say", "你好"]) == 130


def test_version_from_a_process_of_its_own():
    done = fujia("--version")
    assert re.fullmatch(rb"fujia \d+\.\d+\.\d+\n", done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_is_utf8_whatever_the_locale():
    done = fujia("say", "打开主驾座椅加热", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "座椅加热" in done.stdout.decode("utf-8")


def test_an_argument_that_is_not_utf8_is_no_traceback():
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"fujia", b"say", b"\xff\xfe\xfd"],
        capture_output=True,
        timeout=60,
    )
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_traceback():
    command = f"{sys.executable} -m fujia signals list | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_full_disk_is_one_sentence():
    command = f"{sys.executable} -m fujia signals list > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"fujia: output: No space left on device\n")


def test_a_terminal_gets_heads_and_colour():
    main, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "fujia", "vehicles"]
    subprocess.run(command, stdout=terminal, env=environment, timeout=60, check=True)
    os.close(terminal)
    shown = os.read(main, 65536).decode("utf-8")
    os.close(main)
    assert "\x1b[1m" in shown
    assert "车型" in shown
    assert "\t" not in shown


def test_watch_shows_changes_while_lines_are_said(capsys: Capture, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("打开主驾座椅加热\n\n把音量调到40\n"))
    out = ok(capsys, "signals", "watch", "HeatingCooling")
    assert f"{HEATING} = 33\n" in out
    assert "Volume" not in out
    assert len(out.splitlines()) == 3


def test_signals_set_shows_what_changed(capsys: Capture):
    window = "Vehicle.Cabin.Door.Row1.DriverSide.Window"
    out = ok(capsys, "signals", "set", f"{window}.Position", "50")
    assert out == f"{window}.Position = 50\n{window}.IsOpen = true\n"


def test_signals_get_reads_the_start_state(capsys: Capture):
    assert ok(capsys, "signals", "get", HEATING, "--state", f"{HEATING}=67") == "67\n"
    assert ok(capsys, "signals", "get", "Vehicle.Cabin.HVAC.IsOn") == "true\n"


def test_signals_list_finds_by_path_and_name(capsys: Capture):
    by_path = ok(capsys, "signals", "list", "sunroof position")
    assert "Vehicle.Cabin.Sunroof.Position\t0\t" in by_path
    assert "Vehicle.Cabin.Sunroof.Position\t0\t" in ok(capsys, "signals", "list", "天窗")
