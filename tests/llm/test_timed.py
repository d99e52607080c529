import threading
import time

import pytest

from fujia.errors import ModelError
from fujia.llm.model import ChatModel, Completion, Listen, Piece, Request
from fujia.llm.scripted import ScriptedModel
from fujia.llm.timed import Timed
from tests.llm.asking import ask


class Hanging(ChatModel):
    """Says a piece now and then, until it is told to go."""

    model = "hanging"

    def __init__(self, drip_s: float | None = None) -> None:
        self.drip_s = drip_s
        self.go = threading.Event()
        self.ended = threading.Event()

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        try:
            while not self.go.wait(self.drip_s):
                assert listen
                listen(Piece("."))
            return Completion("late")
        finally:
            self.ended.set()


def test_an_answer_comes_through_with_its_pieces_and_an_error_as_it_is():
    heard: list[str] = []
    timed = Timed(ScriptedModel({"a": ["好的"], "b": [ModelError("no", "key")]}))
    assert timed.complete(ask("a"), lambda piece: heard.append(piece.text)).text == "好的"
    assert heard == ["好", "的"]
    with pytest.raises(ModelError) as caught:
        timed.complete(ask("b"))
    assert caught.value.reason == "key"


@pytest.mark.parametrize("drip_s", [None, 0.01])
def test_a_model_that_hangs_or_drips_ends_in_time(drip_s: float | None):
    model = Hanging(drip_s)
    begun = time.monotonic()
    with pytest.raises(ModelError, match="too long") as caught:
        Timed(model).complete(ask(until=begun + 0.1))
    assert time.monotonic() - begun < 1.0
    assert (caught.value.reason, caught.value.billed) == ("timeout", True)
    model.go.set()
    assert model.ended.wait(2)


def test_a_model_that_says_nothing_for_long_is_given_up_before_the_time_is_over():
    model = Hanging()
    with pytest.raises(ModelError) as caught:
        Timed(model, stall_s=0.05).complete(ask(until=time.monotonic() + 60))
    assert caught.value.reason == "timeout"
    model.go.set()


def test_what_is_left_behind_stops_at_its_next_piece():
    model = Hanging(0.01)
    with pytest.raises(ModelError):
        Timed(model).complete(ask(until=time.monotonic() + 0.05))
    assert model.ended.wait(2)
    assert not model.go.is_set()


def test_a_listener_that_stops_listening_ends_the_call():
    class Enough(Exception): ...

    def stop(_: Piece) -> None:
        raise Enough

    model = Hanging(0.01)
    with pytest.raises(Enough):
        Timed(model).complete(ask(), stop)
    assert model.ended.wait(2)
