import pytest

from fujia.errors import ModelError
from fujia.llm.fallback import Fallback
from fujia.llm.model import Completion, Listen, Piece, Request
from fujia.llm.scripted import ScriptedModel
from tests.llm.asking import Clock, ask


def broken(reason: str = "server", name: str = "first") -> ScriptedModel:
    return ScriptedModel(lambda *_: ModelError(f"{name}: {reason}", reason), name)  # type: ignore[arg-type]


def test_the_next_model_answers_where_the_first_does_not():
    second = ScriptedModel({"a": ["好"]}, "second")
    answer = Fallback([broken(), second]).complete(ask("a"))
    assert (answer.text, answer.model) == ("好", "second")


def test_where_none_answers_the_error_is_that_of_the_first():
    with pytest.raises(ModelError) as caught:
        Fallback([broken("key"), broken("busy", "second")]).complete(ask())
    assert caught.value.reason == "key"


def test_without_a_model_it_says_so():
    with pytest.raises(ModelError) as caught:
        Fallback([]).complete(ask())
    assert caught.value.reason == "not_configured"


def test_when_the_time_is_over_nobody_else_is_asked():
    clock, second = Clock(), ScriptedModel({})
    with pytest.raises(ModelError):
        Fallback([broken("timeout"), second], clock).complete(ask(until=clock.now))
    assert second.calls == []


def test_once_a_part_was_heard_there_is_no_other():
    class Breaks(ScriptedModel):
        def complete(self, request: Request, listen: Listen | None = None) -> Completion:
            assert listen
            listen(Piece("我觉得"))
            raise ModelError("broke off", "unreachable")

    heard: list[str] = []
    second = ScriptedModel({})
    with pytest.raises(ModelError, match="broke off"):
        Fallback([Breaks({}), second]).complete(ask(), lambda piece: heard.append(piece.text))
    assert (heard, second.calls) == (["我觉得"], [])
