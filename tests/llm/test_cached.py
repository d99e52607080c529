from pathlib import Path

import pytest

from fujia.errors import DataError, ModelError
from fujia.llm.cached import Cached
from fujia.llm.model import Completion, Tool, ToolCall
from fujia.llm.scripted import ScriptedModel
from tests.llm.asking import Clock, ask


def test_a_second_run_is_free(tmp_path: Path):
    file = tmp_path / "deep" / "answers.sqlite"
    for calls in (1, 0):
        fake = ScriptedModel({"a": ["one", "two"]})
        cached = Cached(fake, file)
        first = cached.complete(ask("a"))
        assert (first.text, first.completion_tokens) == ("one", 3)
        assert (len(fake.calls), cached.hits) == (calls, 1 - calls)
        assert cached.saved_tokens == (0 if calls else 1 + 3)
        cached.close()


def test_another_sample_schema_tool_model_or_word_is_another_question(tmp_path: Path):
    fake = ScriptedModel(lambda *_: "{}")
    cached = Cached(fake, tmp_path / "answers.sqlite")
    tool = Tool("seat.heating", "heat", {"type": "object"})
    for request in (
        ask("a"), ask("a", sample=1), ask("a", schema={"type": "array"}), ask("b"),
        ask("a", tools=[tool]), ask("a", language="zh"),
    ):  # fmt: skip
        cached.complete(request)
    other = ScriptedModel(lambda *_: "{}", model="other")
    Cached(other, tmp_path / "answers.sqlite").complete(ask("a"))
    assert (len(fake.calls), len(other.calls), cached.hits) == (6, 1, 0)


def test_the_calls_are_remembered_and_the_thoughts_are_not():
    said = Completion(
        "好", reasoning="secret", calls=(ToolCall("seat.heating", '{"level":1}', "1"),)
    )
    cached = Cached(ScriptedModel({"a": [said]}))
    cached.complete(ask("a"))
    heard: list[str] = []
    known = cached.complete(ask("a"), lambda piece: heard.append(piece.text))
    assert (known.text, known.calls, known.reasoning) == ("好", said.calls, "")
    assert heard == ["好"]


def test_a_failure_and_half_an_answer_are_not_remembered():
    answers = [ModelError("busy", "busy"), Completion("hal", finish="length"), "whole"]
    cached = Cached(ScriptedModel(lambda *_: answers.pop(0)))
    with pytest.raises(ModelError):
        cached.complete(ask("a"))
    assert [cached.complete(ask("a")).text for _ in range(3)] == ["hal", "whole", "whole"]


def test_old_answers_are_forgotten_and_so_are_too_many():
    clock, fake = Clock(), ScriptedModel(lambda *_: "{}")
    cached = Cached(fake, lives_s=60, most=2, clock=clock)
    for text in ("a", "b", "c"):
        cached.complete(ask(text))
        clock.now += 1
    cached.complete(ask("c"))
    assert len(fake.calls) == 3
    cached.complete(ask("a"))
    assert len(fake.calls) == 4
    clock.now += 61
    cached.complete(ask("a"))
    assert len(fake.calls) == 5
    cached.forget()
    cached.complete(ask("a"))
    assert len(fake.calls) == 6


def test_a_file_that_is_no_cache_is_named(tmp_path: Path):
    file = tmp_path / "answers.sqlite"
    file.write_text("not a database, but long enough to look at" * 20)
    with pytest.raises(DataError, match="not a cache"):
        Cached(ScriptedModel({}), file)
