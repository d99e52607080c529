from pathlib import Path

import pytest

from fujia.errors import DataError, InputError
from fujia.settings import Preferences, load_settings


@pytest.fixture
def file(clean_environment: Path) -> Path:
    file = clean_environment / "config" / "fujia" / "settings.yaml"
    file.parent.mkdir(parents=True)
    return file


def test_without_file_and_variables_all_is_default(clean_environment: Path):
    loaded = load_settings()
    assert loaded.settings.vehicle == "i5"
    assert not loaded.settings.log_utterances
    assert set(loaded.origins.values()) == {"default"}


def test_folders_follow_xdg(clean_environment: Path):
    settings = load_settings().settings
    assert settings.data_dir == clean_environment / "data" / "fujia"
    assert settings.log_file == clean_environment / "state" / "fujia" / "fujia.log"


def test_the_file_sets_values(file: Path):
    file.write_text("vehicle: generic-ev\nlog_level: info\n")
    loaded = load_settings()
    assert (loaded.settings.vehicle, loaded.settings.log_level) == ("generic-ev", "info")
    assert loaded.origins["vehicle"] == str(file)
    assert loaded.origins["seat"] == "default"


def test_a_variable_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch):
    file.write_text("vehicle: generic-ev\nseat: passenger\n")
    monkeypatch.setenv("FUJIA_VEHICLE", "x3-lwb")
    loaded = load_settings()
    assert (loaded.settings.vehicle, loaded.settings.seat) == ("x3-lwb", "passenger")
    assert loaded.origins["vehicle"] == "FUJIA_VEHICLE"


def test_an_empty_variable_counts_as_none(file: Path, monkeypatch: pytest.MonkeyPatch):
    file.write_text("vehicle: generic-ev\n")
    monkeypatch.setenv("FUJIA_VEHICLE", "")
    loaded = load_settings()
    assert loaded.settings.vehicle == "generic-ev"
    assert loaded.origins["vehicle"] == str(file)


def test_an_empty_file_sets_nothing(file: Path):
    file.write_text("# nothing yet\n")
    assert load_settings().settings.vehicle == "i5"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("seat: driver\nvehcile: i5\n", 2, "vehcile"),
        ("# mine\nseat: boot\n", 2, "seat"),
        ("seat: [driver\n", 2, "expected"),
    ],
)
def test_a_wrong_file_is_an_error_with_its_line(file: Path, text: str, line: int, words: str):
    file.write_text(text)
    with pytest.raises(DataError, match=words) as caught:
        load_settings()
    assert (caught.value.file, caught.value.line) == (file, line)


def test_a_wrong_variable_is_an_error_that_names_it(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_LOG_LEVEL", "loud")
    with pytest.raises(InputError, match="FUJIA_LOG_LEVEL: "):
        load_settings()


def test_a_variable_that_is_no_setting_is_reported(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_VEHCILE", "i5")
    assert load_settings().ignored == ("FUJIA_VEHCILE",)


def test_another_file_can_be_named(clean_environment: Path, monkeypatch: pytest.MonkeyPatch):
    other = clean_environment / "other.yaml"
    monkeypatch.setenv("FUJIA_SETTINGS", str(other))
    with pytest.raises(DataError, match="does not exist"):
        load_settings()
    other.write_text("seat: rear_left\n")
    assert load_settings().settings.seat == "rear_left"


def test_every_setting_says_what_it_means():
    assert all(field.description for field in Preferences.model_fields.values())
