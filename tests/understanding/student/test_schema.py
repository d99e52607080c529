"""The schema: what may follow what, and who may read it."""

from pathlib import Path

import pytest

from fujia.errors import InputError
from fujia.understanding.plan import PLAN_SCHEMA_VERSION
from fujia.understanding.student.schema import Schema, read_schema

SMALL = Schema(
    version=PLAN_SCHEMA_VERSION,
    symbols=(
        "end", "act:do", "act:undo", "if:rain:is", "skill:seat.heating", "skill:chat.reply",
        "zone=driver", "zone=last", "level=#", "level=max",
    ),
    skills={
        "seat.heating": {"zone": ("zone=driver", "zone=last"), "level": ("level=#", "level=max")},
        "chat.reply": {},
    },
)  # fmt: skip


def names(numbers: tuple[int, ...]) -> list[str]:
    return [SMALL.symbols[number] for number in numbers]


def test_kinds_of_symbols() -> None:
    assert names(SMALL.openings) == ["act:do", "act:undo"]
    assert names(SMALL.beginnings) == ["skill:seat.heating", "skill:chat.reply"]
    assert names(SMALL.conditions) == ["if:rain:is"]


def test_arguments_come_in_order_and_once() -> None:
    after = SMALL.arguments_after
    everything = ["zone=driver", "zone=last", "level=#", "level=max"]
    assert names(after("seat.heating", None)) == everything
    assert names(after("seat.heating", "zone")) == everything[2:]
    assert names(after("seat.heating", "level")) == []
    assert names(after("chat.reply", None)) == []


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text(SMALL.model_dump_json(), encoding="utf-8")
    assert read_schema(file) == SMALL


@pytest.mark.parametrize("version", ["99.0", "1.1", "1.0.1"])
def test_a_newer_one_is_refused_by_name(tmp_path: Path, version: str) -> None:
    file = tmp_path / "schema.json"
    file.write_text(SMALL.model_copy(update={"version": version}).model_dump_json())
    with pytest.raises(InputError, match=f"schema {version}.*update fujia"):
        read_schema(file)


def test_an_older_one_is_read(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text(SMALL.model_copy(update={"version": "0.9"}).model_dump_json())
    assert read_schema(file).version == "0.9"


@pytest.mark.parametrize("content", [None, "", "{}", '{"version": 1}', "\x00"])
def test_what_is_no_schema_is_told(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "schema.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(InputError, match="not a schema of a student model"):
        read_schema(file)
