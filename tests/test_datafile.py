from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from fujia.datafile import load_yaml
from fujia.errors import DataError


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    size: int = 1


class Parts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    parts: list[Part]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "parts.yaml"


def test_a_good_file_becomes_the_model(file: Path):
    file.write_text("parts:\n  - name: 轮胎\n    size: 4\n", encoding="utf-8")
    assert load_yaml(file, Parts) == Parts(parts=[Part(name="轮胎", size=4)])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("parts:\n  - name: a\n  - name: b\n    size: big\n", 4, "parts.1.size"),
        ("parts:\n  - name: a\n    colour: red\n", 3, "parts.0.colour"),
        ("parts:\n  - size: 2\n", 2, "parts.0.name"),
        ("parts: [\n", 2, ""),
        ("parts:\n\t- name: a\n", 2, "cannot start any token"),
        ("3\n", 1, "valid dictionary"),
    ],
)
def test_a_bad_file_is_an_error_with_its_line(file: Path, text: str, line: int, words: str):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"parts\.yaml:") as caught:
        load_yaml(file, Parts)
    assert caught.value.line == line
    assert words in str(caught.value)


def test_a_missing_file_is_an_error(file: Path):
    with pytest.raises(DataError, match=r"cannot be read: No such file"):
        load_yaml(file, Parts)


def test_a_file_in_another_encoding_is_an_error(file: Path):
    file.write_bytes("parts:\n  - name: 轮胎\n".encode("gbk"))
    with pytest.raises(DataError, match=r"is not UTF-8 text \(byte \d+\)"):
        load_yaml(file, Parts)


def test_data_cannot_make_python_objects(file: Path):
    file.write_text("parts: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(DataError, match="could not determine a constructor"):
        load_yaml(file, Parts)
