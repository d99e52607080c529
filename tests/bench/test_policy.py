"""The policy benchmark: it counts, and it counts what is there."""

import pytest

from fujia.understanding.plan import Plan
from fujia.vehicle import Seat, Value
from tests.bench import policy


def test_a_short_run_finds_nothing_forbidden() -> None:
    result = policy.measure(examples=20)
    assert result["plans"] == 20
    assert result["commands"] >= 20
    assert result["violations"] == []


def test_every_violation_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(state: dict[str, Value], plan: Plan, seat: Seat) -> list[str]:
        return ["the roof is gone"] if seat == "driver" else []

    monkeypatch.setattr(policy, "check", check)
    found = policy.measure(examples=40)["violations"]
    assert 1 < len(found) < 40
    assert all(one.startswith("the roof is gone: driver") for one in found)
