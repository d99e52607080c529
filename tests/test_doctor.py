from pathlib import Path

import pytest

from fujia import doctor
from fujia.__main__ import run

pytestmark = pytest.mark.usefixtures("clean_environment")


def found() -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.examine()}


def test_a_good_installation_passes_every_check(capsys: pytest.CaptureFixture[str]):
    assert run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [
        "python", "packages", "settings", "data folder", "log folder", "vehicles", "skills",
        "student", "a turn",
    ]  # fmt: skip
    assert {line.split("\t")[1] for line in lines} == {"ok"}


def test_a_student_that_cannot_be_used_is_a_finding(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_STUDENT_DIR", str(clean_environment / "nothing"))
    checks = found()
    assert not checks["student"].ok and "not the manifest" in checks["student"].found
    assert checks["a turn"].ok  # the grammar understands alone


def test_a_broken_turn_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def broken(*_: object) -> None:
        raise ValueError("no words")

    monkeypatch.setattr("fujia.garage.Garage.cabin", broken)
    assert run(["doctor"]) == 1
    assert "a turn\tWRONG\tValueError: no words" in capsys.readouterr().out


def test_a_broken_settings_file_is_a_finding(clean_environment: Path):
    file = clean_environment / "config" / "fujia" / "settings.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("volume: 3\n")
    check = found()["settings"]
    assert not check.ok
    assert f"{file}:1" in check.found


def test_a_variable_that_is_no_setting_is_a_finding(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FUJIA_VEHCILE", "i5")
    assert not found()["settings"].ok


def test_a_folder_that_cannot_be_is_a_finding(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    (clean_environment / "file").write_text("")
    monkeypatch.setenv("FUJIA_DATA_DIR", str(clean_environment / "file" / "data"))
    check = found()["data folder"]
    assert (check.ok, "cannot be written" in check.found) == (False, True)


def test_looking_writes_nothing(clean_environment: Path):
    assert found()["data folder"].ok
    assert list(clean_environment.iterdir()) == []
