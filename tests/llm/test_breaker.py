import pytest

from fujia.errors import ModelError, Reason
from fujia.llm.breaker import Breaker
from fujia.llm.scripted import Scripted, ScriptedModel
from tests.llm.asking import Clock, ask

FINE = "{}"


def failing(*reasons: Reason | None) -> tuple[ScriptedModel, Breaker, Clock]:
    """A fuse before a model that fails for these reasons in turn; None is an answer."""
    left: list[Scripted] = [ModelError(each, each) if each else FINE for each in reasons]
    fake, clock = ScriptedModel(lambda *_: left.pop(0)), Clock()
    return fake, Breaker(fake, 3, 30.0, 300.0, clock), clock


def outcome(breaker: Breaker) -> str:
    try:
        return breaker.complete(ask()).text
    except ModelError as error:
        return error.reason


def test_three_failures_in_a_row_open_it_and_a_success_closes_it():
    fake, breaker, clock = failing("server", "busy", "timeout", None, None)
    assert [outcome(breaker) for _ in range(5)] == [
        "server", "busy", "timeout", "resting", "resting",
    ]  # fmt: skip
    assert len(fake.calls) == 3
    clock.now += 31
    assert [outcome(breaker), outcome(breaker)] == [FINE, FINE]


def test_a_trial_that_fails_opens_it_again():
    _fake, breaker, clock = failing(*["server"] * 4)
    for _ in range(3):
        outcome(breaker)
    clock.now += 31
    assert [outcome(breaker), outcome(breaker)] == ["server", "resting"]
    assert breaker.is_open


@pytest.mark.parametrize("reason", ["key", "balance", "unknown_model"])
def test_a_server_that_lets_nobody_in_is_left_alone_at_once_and_longer(reason: Reason):
    fake, breaker, clock = failing(reason, None)
    assert [outcome(breaker), outcome(breaker)] == [reason, reason]
    clock.now += 31
    assert outcome(breaker) == reason
    assert len(fake.calls) == 1
    clock.now += 300
    assert outcome(breaker) == FINE


def test_a_question_that_cannot_be_answered_says_nothing_about_the_server():
    _fake, breaker, _ = failing("malformed", "refused", "too_long", "empty", None)
    assert [outcome(breaker) for _ in range(5)][-1] == FINE


def test_a_success_in_between_starts_the_count_afresh():
    _, breaker, _ = failing("busy", "busy", None, "busy", "busy", None)
    assert [outcome(breaker) for _ in range(6)][-1] == FINE
