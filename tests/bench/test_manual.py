"""The benchmark of the manual counts what it says it counts."""

import json
from pathlib import Path

import pytest

from tests.bench import manual
from tests.bench.manual_sets import Asked, ManualSet, load_sets
from tests.expert.manuals import document, section

TWO = document(
    section(("paragraph", "火花塞每6万公里更换一次。"), title="火花塞", id_="spark"),
    section(("paragraph", "尾门用按键打开。"), title="尾门", id_="tailgate"),
)
RIGHT = Asked("火花塞多久更换", True, ("spark",), ("6万公里",))
WRONG = Asked("尾门怎么打开", True, ("spark",), ("拉手",))
NONE = Asked("红烧肉怎么做", False)


def measured(monkeypatch: pytest.MonkeyPatch, *asked: Asked) -> dict[str, object]:
    monkeypatch.setattr(manual, "find_embedder", lambda: None)
    monkeypatch.setattr(manual, "load_sets", lambda part: [ManualSet("two", TWO, asked)])
    return manual.measure()["by words only"]


def test_what_is_found_counts_and_what_is_not_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = measured(monkeypatch, RIGHT, WRONG, NONE)
    assert figures["search"]["as used"] == {  # type: ignore[index]
        "hit_1": 0.5, "hit_3": 0.5, "keywords_1": 0.5, "keywords_3": 0.5,
    }  # fmt: skip


def test_refusals_and_citations_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = measured(monkeypatch, RIGHT, NONE)["answers"]
    assert answers["refused_rightly"] == 1  # type: ignore[index]
    assert answers["refused_wrongly"] == 0  # type: ignore[index]
    assert answers["cited_rightly"] == 1  # type: ignore[index]
    assert answers["keywords"] == 1  # type: ignore[index]


def test_an_answer_from_another_section_is_beside_the_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = measured(monkeypatch, RIGHT, WRONG, NONE)["answers"]
    assert answers["beside"] == 0.5  # type: ignore[index]


def test_what_a_vehicle_lacks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked("火花塞多久更换", False)
    fitted = ManualSet("two", TWO, (asked,), ("tailgate",))
    monkeypatch.setattr(manual, "find_embedder", lambda: None)
    monkeypatch.setattr(manual, "load_sets", lambda part: [fitted, ManualSet("two", TWO, (RIGHT,))])
    assert manual.measure()["by words only"]["answers"]["refused_rightly"] == 1


def test_figures_are_shown_and_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manual, "find_embedder", lambda: None)
    monkeypatch.setattr(manual, "load_sets", lambda part: [ManualSet("two", TWO, (RIGHT, NONE))])
    manual.main(["--out", str(tmp_path / "manual.json")])
    assert "as used" in capsys.readouterr().out
    assert '"refused_rightly": 1' in (tmp_path / "manual.json").read_text(encoding="utf-8")


def test_the_sets_to_work_with_can_be_loaded() -> None:
    names = {each.name for each in load_sets()}
    assert {"rough", "tyres", "home_charging", "handbook-zh-i5"} <= names


def test_the_near_questions_are_asked_of_what_a_vehicle_has() -> None:
    near = {each.name: each for each in load_sets("near")}
    assert "charging" in (near["handbook-zh-i5"].equipment or ())
    assert "charging" not in (near["handbook-zh-5-series-lwb"].equipment or ("charging",))


def test_the_figures_of_one_part_leave_those_of_the_others(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    manual.keep({"part": "worked with", "by": 1}, out)
    manual.keep({"part": "held out", "by": 2}, out)
    manual.keep({"part": "worked with", "by": 3}, out)
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert {half: figures["by"] for half, figures in kept.items()} == {
        "worked with": 3, "held out": 2,
    }  # fmt: skip
