"""Wishes that only say why something is asked for."""

import pytest

from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command
from fujia.understanding.reasons import everywhere
from fujia.understanding.understander import Context


def _skills(text: str) -> list[str]:
    return [one.skill for one in GrammarUnderstander().understand(text, Context()).commands]


@pytest.mark.parametrize(
    ("said", "skills"),
    [
        ("打开座椅加热有点冷", ["seat.heating"]),
        ("有点冷打开座椅加热", ["seat.heating"]),
        ("方向盘别加热了手心出汗", ["steering_wheel.heating"]),
        ("天窗帘关上太晒了", ["sunroof.shade"]),
        ("open the window, it is stuffy in here", ["window.position"]),
    ],
)
def test_a_wish_beside_the_command_that_meets_it_is_only_its_reason(
    said: str, skills: list[str]
) -> None:
    assert _skills(said) == skills


@pytest.mark.parametrize("said", ["打开空调然后我有点热", "把音乐关了，我有点热"])
def test_a_wish_that_nothing_meets_is_asked_for_as_well(said: str) -> None:
    assert _skills(said)[-1] == "climate.temperature"
    assert len(_skills(said)) == 2


def test_noise_from_outside_closes_every_window_and_turns_no_music_down() -> None:
    plan = GrammarUnderstander().understand("太吵了把窗关上", Context())
    assert list(plan.commands) == [
        Command(skill="window.position", args={"zone": "all", "position": 0})
    ]


def test_only_closing_ones_own_window_is_closing_every_window() -> None:
    half = Command(skill="window.position", args={"position": 50})
    named = Command(skill="window.position", args={"zone": "passenger", "position": 0})
    assert everywhere(half) == half
    assert everywhere(named) == named
