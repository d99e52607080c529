"""The benchmark of the API: its load runs, and its checker catches what it is for."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench import api, api_load
from tests.bench.api_day import Day, Traffic, check

SAID = [
    "打开主驾车窗",
    "关闭主驾车窗",
    "音量调大一点",
    "打开后备箱",
    "如果下雨就关窗",
    "好",
    "你好",
]

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
def traffic(tmp_path: Path) -> Traffic:
    """A car that has had a quarter of an hour of traffic."""
    day = Day(str(tmp_path))
    traffic = Traffic(day, SAID, seed=4)
    with day.running():
        traffic.run(0.25)
    return traffic


def test_a_day_of_traffic_tells_the_truth(traffic: Traffic):
    assert check(traffic, traffic.day.store) == {"lost": [], "double": [], "mismatches": []}
    assert traffic.tally["dropped connections"] > 0
    assert traffic.witness.actuations > 0
    assert traffic.day.store.count() >= len(traffic.asked)


def test_a_turn_that_was_not_stored_is_lost(traffic: Traffic):
    traffic.asked["turn-999"] = "打开主驾车窗"
    assert check(traffic, traffic.day.store)["lost"] == ["turn-999 was answered and not stored"]


def test_a_turn_that_ran_twice_is_found(traffic: Traffic):
    next(iter(traffic.witness.turns.values())).begun += 1
    assert "ran 2 times" in check(traffic, traffic.day.store)["double"][0]


def test_a_write_that_no_turn_made_is_found(traffic: Traffic):
    traffic.witness.actuations += 1
    assert "the car was asked for" in check(traffic, traffic.day.store)["lost"][0]


def test_a_turn_that_claims_what_did_not_happen_is_found(traffic: Traffic):
    acted = next(each for each in traffic.witness.turns.values() if each.asked)
    turn_id = next(key for key, each in traffic.witness.turns.items() if each is acted)
    traffic.witness.turns[turn_id] = replace(acted, after=acted.before, moved=[])
    found = check(traffic, traffic.day.store)["mismatches"]
    assert any(turn_id in why for why in found)


def test_the_load_is_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(api_load, "EVERY_S", 0.5)
    with api_load.serving() as server:
        loop = asyncio.run(api_load.open_loop(server, SAID, sessions=3, seconds=0.5))
        full = asyncio.run(api_load.saturation(server, SAID, sessions=2, seconds=0.5))
    assert loop["turn_ms"]["count"] == 3
    assert full["turns"] > 1
    day = {"cars": 1, "simulated_hours": 1.0, "turns": 1, "writes": 1, "lost": [], "double": [],
           "mismatches": []}  # fmt: skip
    figures = {"open_loop": loop, "saturation": full, "day": day}
    assert json.dumps(figures)
    assert api.tables(figures)[0].row_count == 6


def test_the_same_seed_is_the_same_day(tmp_path: Path):
    days: list[dict[str, str]] = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        day = Day(str(tmp_path / folder))
        traffic = Traffic(day, SAID, seed=1)
        with day.running():
            traffic.run(0.05)
        days.append(traffic.asked)
    assert days[0] == days[1] != {}
