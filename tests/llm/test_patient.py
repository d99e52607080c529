import pytest

from fujia.errors import ModelError, Reason
from fujia.llm.model import Completion, Piece
from fujia.llm.patient import Patient
from fujia.llm.scripted import ScriptedModel
from tests.llm.asking import Clock, ask


def test_what_passes_is_asked_again_after_growing_pauses():
    answers: list[str | Exception] = [ModelError("busy", "busy")] * 3 + ["{}"]
    pauses: list[float] = []
    patient = Patient(ScriptedModel(lambda *_: answers.pop(0)), 5, 1.0, sleep=pauses.append)
    assert patient.complete(ask("a")).text == "{}"
    assert [0.5 * 2**n <= pause <= 1.5 * 2**n for n, pause in enumerate(pauses)] == [True] * 3


@pytest.mark.parametrize(
    ("reason", "calls"), [("busy", 3), ("server", 3), ("key", 1), ("balance", 1), ("malformed", 1)]
)
def test_it_gives_up_in_the_end_and_at_once_where_waiting_does_not_help(reason: Reason, calls: int):
    fake = ScriptedModel({"a": [ModelError("no", reason)]})
    with pytest.raises(ModelError):
        Patient(fake, 3, sleep=lambda _: None).complete(ask("a"))
    assert len(fake.calls) == calls


def test_a_server_that_says_when_to_come_back_is_heeded():
    answers: list[str | Exception] = [ModelError("busy", "busy", wait_s=7), "{}"]
    pauses: list[float] = []
    Patient(ScriptedModel(lambda *_: answers.pop(0)), sleep=pauses.append).complete(ask())
    assert pauses == [7]


def test_nobody_sleeps_beyond_the_time_there_is():
    clock = Clock()
    fake = ScriptedModel({"a": [ModelError("busy", "busy")]})
    patient = Patient(fake, 10, 1.0, sleep=clock.sleep, clock=clock)
    with pytest.raises(ModelError, match="busy"):
        patient.complete(ask("a", until=clock.now + 4))
    assert clock.now < 1004
    assert 2 <= len(fake.calls) < 10


def test_what_was_partly_said_is_not_asked_again():
    class Breaks(ScriptedModel):
        def complete(self, request, listen=None):  # type: ignore[no-untyped-def]
            self.calls.append("")
            listen(Piece("half a "))
            raise ModelError("broke off", "unreachable")

    model, heard = Breaks(lambda *_: Completion("")), []
    with pytest.raises(ModelError):
        Patient(model, sleep=lambda _: None).complete(ask(), heard.append)
    assert (len(model.calls), len(heard)) == (1, 1)


def test_a_slow_model_is_not_asked_again_where_another_may_be_quicker():
    for slow_too, calls in ((True, 3), (False, 1)):
        fake = ScriptedModel({"a": [ModelError("slow", "timeout")]})
        with pytest.raises(ModelError):
            Patient(fake, 3, slow_too=slow_too, sleep=lambda _: None).complete(ask("a"))
        assert len(fake.calls) == calls
