"""Results side by side."""

import json
from pathlib import Path

import pytest

from fujia.errors import DataError, InputError
from fujia.foundry.compare import differences, flat, markdown, model_of, read_result, table

ONE = {"generated": {"all": {"exact": 0.5, "examples": 10}}, "size_mb": 21.5, "model": {"n": 3}}
OTHER = {
    "generated": {
        "all": {"exact": 0.75, "examples": 10, "f1": 0.9},
        "versions": {"accent:wu": {"loss_exact": 2.5, "exact": 0.7}},
    }
}


def written(folder: Path, **models: object) -> str:
    file = folder / "result.json"
    file.write_text(json.dumps({"models": models}))
    return str(file)


def test_numbers_by_their_place() -> None:
    assert dict(flat({"a": {"b": 1, "c": True, "d": None}, "e": "x", "f": 2.5})) == {
        "a.b": 1.0, "f": 2.5,
    }  # fmt: skip


def test_the_table_has_a_row_for_what_any_model_has() -> None:
    head, rows = table({"a": ONE, "b": OTHER})
    assert head == ["figure", "a", "b"]
    assert ["generated: exact plans", "0.500", "0.750"] in rows
    assert ["model (MB)", "21.50", "–"] in rows
    assert rows[-1] == ["generated, accent:wu: exact plans lost (points)", "–", "2.50"]


def test_differences_go_from_the_first_to_the_second() -> None:
    head, rows = differences(("a", ONE), ("b", OTHER))
    assert head == ["figure", "a", "b", "difference"]
    assert ["generated: exact plans", "0.500", "0.750", "+0.250"] in rows
    assert ["generated: utterances", "10", "10", "+0"] in rows
    _, back = differences(("b", OTHER), ("a", ONE))
    assert ["generated: exact plans", "0.750", "0.500", "-0.250"] in back
    places = [row[0] for row in differences(("a", ONE), ("b", OTHER), every=True)[1]]
    assert "generated.versions.accent:wu.exact" in places
    assert "model.n" not in places, "what describes a model is no score"


def test_markdown() -> None:
    assert markdown(["figure", "a"], [["x", "1"]]) == "| figure | a |\n| --- | ---: |\n| x | 1 |"


def test_a_model_of_a_result(tmp_path: Path) -> None:
    file = written(tmp_path, a=ONE, b=OTHER)
    assert model_of(f"{file}:b") == ("b", OTHER)
    with pytest.raises(InputError, match=r"several models.*a, b"):
        model_of(file)
    with pytest.raises(InputError, match="no model 'c'"):
        model_of(f"{file}:c")
    assert model_of(written(tmp_path, only=ONE))[0] == "only"


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"models": 3}'])
def test_what_is_no_result_is_told(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "result.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(DataError, match="is no result of an evaluation"):
        read_result(file)
