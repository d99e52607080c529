"""One run, every score."""

import json
from pathlib import Path

import pytest

from fujia.foundry.contestants import contestants
from fujia.foundry.evaluate import evaluate, load_sets, thin, write_result
from fujia.foundry.testset import clean_id, finish_of, load_spec

pytest.importorskip("pypinyin", reason="comes with the extra foundry")

RECORD = {
    "id": "1", "query": "打开空调",
    "semantics": [{"domain": "车载控制", "intent": "车身控制",
                   "slots": {"操作": "打开", "模式": "AC", "调节内容": "模式"}}],
}  # fmt: skip


def test_thinning_is_even() -> None:
    assert thin(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert thin([1, 2], 5) == thin([1, 2], None) == [1, 2]


def test_without_data_the_frozen_test_set_is_asked() -> None:
    sets = load_sets([], with_mac_slu=False, most=200)
    assert sets.facts["generated"]["sha256"] == {"testset": load_spec().sha256}
    kept = {each.id for each in sets.examples}
    for each in sets.examples:
        if finish_of(each).startswith(("accent", "dialect")):
            assert clean_id(each) in kept, "a version comes with its clean example"
    assert sets.size == len(sets.examples)


def test_mac_slu_is_asked_clean_and_in_every_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mac-slu").mkdir()
    line = json.dumps(RECORD, ensure_ascii=False) + "\n"
    (tmp_path / "mac-slu" / "dev.jsonl").write_text(line, encoding="utf-8")
    monkeypatch.setenv("FUJIA_BENCH_DATA", str(tmp_path))
    sets = load_sets([], with_mac_slu=True, most=20)
    result = evaluate(contestants(["grammar"]), sets, runs=0)
    figures = result["models"]["grammar"]
    assert figures["mac_slu"]["all"]["utterances"] == 1
    assert set(figures["mac_slu"]["versions"]) == set(sets.versions)
    assert figures["latency_ms"]["up_to_five"]["count"] > 1
    assert "process" not in figures
    write_result(result, tmp_path / "result.json")
    assert json.loads((tmp_path / "result.json").read_text()) == json.loads(json.dumps(result))
