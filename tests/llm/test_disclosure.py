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


def test_what_must_be_said_first_names_an_ai():
    assert "人工智能" in FirstUse().notice("zh")
    assert "AI" in FirstUse().notice("en")


def test_where_only_this_machine_was_asked_nobody_speaks_of_a_cloud():
    late = ModelError("x", "timeout", local=True)
    assert explain(late, "zh") == "模型没有及时回答，请稍后再问。"
    assert explain(late, "en") == "The model did not answer in time; please ask again later."
    reasons: tuple[Reason, ...] = get_args(Reason)
    for reason in {"key", "busy", "server", "unreachable", "resting", "rejected"} & set(reasons):
        error = ModelError("x", reason, local=True)
        assert "云端" not in explain(error, "zh")
        assert "cloud" not in explain(error, "en").lower()
