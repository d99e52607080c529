import pytest

from fujia.errors import ModelError
from fujia.llm.model import Completion, Piece
from fujia.llm.scripted import ScriptedModel
from tests.llm.asking import ask


def test_it_answers_by_sample_and_fails_on_demand():
    fake = ScriptedModel({"打开车窗": ["a", "b", ModelError("no")]})
    assert [fake.complete(ask("打开车窗", sample=n)).text for n in (0, 1)] == ["a", "b"]
    with pytest.raises(ModelError):
        fake.complete(ask("打开车窗", sample=7))
    assert fake.complete(ask("?")).text == "{}"
    assert fake.calls == ["打开车窗"] * 3 + ["?"]


def test_it_streams_thoughts_first_and_then_a_token_at_a_time():
    said = Completion("Yes, 好的", reasoning="hm")
    pauses: list[float] = []
    fake = ScriptedModel({"a": [said]}, tokens_per_s=50, sleep=pauses.append)
    heard: list[Piece] = []
    assert fake.complete(ask("a"), heard.append).text == said.text
    assert heard[0] == Piece("hm", "reasoning")
    assert "".join(piece.text for piece in heard[1:]) == said.text
    assert pauses == [0.02] * (len(heard) - 1)
