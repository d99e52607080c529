from pathlib import Path
from typing import get_args

from fujia.errors import ModelError, Reason
from fujia.llm.disclosure import FirstUse, explain, label, load_words


def test_every_reason_has_a_reply_in_both_languages():
    assert set(load_words().failures) == set(get_args(Reason))
    assert explain(ModelError("x", "timeout"), "zh") == "云端没有及时回答，请稍后再问。"
    assert "in time" in explain(ModelError("x", "timeout"), "en")


def test_a_text_that_an_ai_wrote_says_so():
    assert label("你好", "zh") == "你好（AI生成）"
    assert label("Hello", "en") == "Hello (AI-generated)"


def test_each_occupant_is_told_once_also_after_a_restart(tmp_path: Path):
    file = tmp_path / "deep" / "told.json"
    first = FirstUse(file).notice("zh", "wang")
    assert first and "人工智能" in first
    again = FirstUse(file)
    assert again.notice("zh", "wang") is None
    english = again.notice("en", "li")
    assert english and "AI" in english
    again.forget("wang")
    assert FirstUse(file).notice("zh", "wang")
    assert FirstUse(file).notice("zh", "li") is None


def test_a_guest_is_told_once_and_leaves_no_trace(tmp_path: Path):
    told = FirstUse(tmp_path / "told.json")
    assert told.notice("zh")
    assert told.notice("zh") is None
    assert not (tmp_path / "told.json").exists()


def test_where_the_list_is_broken_it_is_said_again(tmp_path: Path):
    file = tmp_path / "told.json"
    file.write_text("{half")
    assert FirstUse(file).notice("en", "wang")
    assert FirstUse(file).notice("en", "wang") is None


def test_where_only_this_machine_was_asked_nobody_speaks_of_a_cloud():
    late = ModelError("x", "timeout", local=True)
    assert explain(late, "zh") == "模型没有及时回答，请稍后再问。"
    assert explain(late, "en") == "The model did not answer in time; please ask again later."
    reasons: tuple[Reason, ...] = get_args(Reason)
    for reason in {"key", "busy", "server", "unreachable", "resting", "rejected"} & set(reasons):
        error = ModelError("x", reason, local=True)
        assert "云端" not in explain(error, "zh")
        assert "cloud" not in explain(error, "en").lower()
