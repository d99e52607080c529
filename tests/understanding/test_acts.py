import pytest

from fujia.understanding.acts import act_of
from fujia.understanding.plan import Command
from fujia.understanding.understander import Context
from tests.understanding.reading import tokens


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("好的", "confirm"),
        ("不用了", "deny"),
        ("变回去", "undo"),
        ("算了", "cancel"),
        ("never mind", "cancel"),
        ("打开天窗，还是算了吧", "cancel"),
        ("open the window, oh never mind", "cancel"),
    ],
)
def test_an_utterance_that_is_nothing_but_an_answer(said: str, act: str) -> None:
    assert act_of(tokens(said), Context()) == act


def test_a_yes_before_what_was_asked_about_counts_only_while_something_waits() -> None:
    waiting = Context(last=(Command(skill="tailgate.position"),), waiting=True)
    assert act_of(tokens("好的打开吧"), waiting) == "confirm"
    assert act_of(tokens("好的打开天窗"), waiting) is None
    assert act_of(tokens("打开天窗"), Context()) is None
