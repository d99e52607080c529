import pytest

from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context, ScriptedUnderstander, Understander


def test_the_scripted_understander_knows_its_script() -> None:
    plan = Plan(commands=(Command(skill="hud.power"),))
    assert ScriptedUnderstander({"hud": plan}).understand("hud", Context()) == plan


def test_everything_else_is_small_talk() -> None:
    plan = ScriptedUnderstander({}).understand("hud", Context())
    assert plan.commands == (Command(skill="chat.reply"),)


def test_a_context_needs_nothing() -> None:
    context = Context()
    assert (context.seat, context.driver_position, context.last) == ("driver", "LEFT", ())


def test_an_understander_must_understand() -> None:
    with pytest.raises(TypeError):
        Understander()  # type: ignore[abstract]
