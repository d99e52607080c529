"""The replay of simulated weeks: what it rates, and that its rules are those that were agreed."""

from datetime import timedelta

import pytest

from fujia.cabin.suggestions import Suggestion
from fujia.understanding.plan import Command
from tests.bench import suggestions
from tests.bench.drives import Rain
from tests.bench.suggestions import RATING, Replay, Tally
from tests.bench.weeks import DESTINATION, MONDAY, WINDOW, Life

_CLOSE = Command(skill="window.position", args={"zone": "all", "position": 0})
_CALL = "Vehicle.Cabin.Infotainment.Phone.CallState"


def replay(seed: int = 3) -> Replay:
    """A replay in the middle of its first drive, on the open road in dry weather."""
    life = Life(seed, 1)
    life.tiredness = 0.0
    drive = next(life.drives())
    for _ in life.seconds(drive):
        if life.phase == "cruise":
            break
    life.phase, life.rain, life.blip, life.call = "cruise", None, None, None
    life.plans.clear()
    life.acting.clear()
    life.state[_CALL] = "IDLE"
    return Replay(life, Tally())


def rate(one: Replay, command: Command = _CLOSE) -> str:
    suggestion = Suggestion("some-rule", "", "", (command,), one.life.now)
    one._rate(suggestion)
    (reason,) = one.tally.reasons
    return reason


def rain(one: Replay, seconds: float = 900.0) -> None:
    life = one.life
    life.smokes = False
    life.state[WINDOW] = 40
    life.rain = Rain(life.clock - 30, life.clock + seconds)


def test_what_is_needed_is_helpful() -> None:
    one = replay()
    rain(one)
    assert rate(one) == "otherwise"
    assert one.tally.ratings == {"helpful": 1}


def test_what_nobody_needs_is_annoying() -> None:
    one = replay()
    assert rate(one) == "no_need"
    assert one.tally.ratings == {"annoying": 1}


def test_a_bad_moment_is_annoying_however_much_it_is_needed() -> None:
    for phase in suggestions.MANOEUVRES:
        one = replay()
        rain(one)
        one.life.phase = phase
        assert rate(one) == "manoeuvring"
    one = replay()
    rain(one)
    one.life.state[_CALL] = "ACTIVE"
    assert rate(one) == "in_a_call"
    one = replay()
    rain(one)
    one._last = one.life.now - timedelta(seconds=599)
    assert rate(one) == "too_soon"
    one = replay()
    rain(one)
    one.memory.silence("some-rule")
    assert rate(one) == "unwanted"
    one = replay()
    rain(one)
    one._declined["some-rule"] = one.life.now - timedelta(hours=11)
    assert rate(one) == "repeated"


def test_what_somebody_is_doing_already_is_ignored() -> None:
    one = replay()
    rain(one)
    one.life.acting["rain_comes_in"] = one.life.clock - 5
    assert rate(one) == "taken_care_of"
    assert one.tally.ratings == {"ignored": 1}


def test_a_window_that_is_open_on_purpose_is_no_need() -> None:
    one = replay()
    rain(one)
    one.life.airing_wanted = True
    assert rate(one) == "no_need"


def test_a_shower_that_is_nearly_over_is_no_need() -> None:
    one = replay()
    rain(one, 30.0)
    assert rate(one) == "no_need"


def test_a_route_to_where_nobody_goes_is_annoying() -> None:
    one = replay()
    start = Command(skill="navigation.start", args={"destination": "公司"})
    one.life.state[DESTINATION] = ""
    one.life.drive.place = "别处"
    assert rate(one, start) == "no_need"


def test_the_rules_of_rating_are_complete() -> None:
    life = Life(1, 1)
    assert all(isinstance(life.holds(need), bool) for need in RATING["needs"])
    assert list(RATING["ratings"]) == ["annoying", "ignored", "helpful"]
    assert RATING["targets"] == {"precision": 0.8, "manoeuvring": 0, "too_soon": 0, "unwanted": 0}


def test_a_short_replay_keeps_to_the_limits_and_counts_all() -> None:
    figures = suggestions.measure(people=1, weeks=1, first=5)
    rated = figures["helpful"] + figures["ignored"] + figures["annoying"]
    assert figures["suggested"] == rated == sum(figures["reasons"].values()) > 0
    for moment in ("manoeuvring", "too_soon", "unwanted"):
        assert figures["reasons"][moment] == 0
    assert suggestions.measure(people=1, weeks=1, first=5) == figures
    assert len(suggestions.tables(figures)) == 3


def test_drives_follow_the_routine_and_break_it() -> None:
    life = Life(2, 4)
    drives = list(life.drives())
    work = [drive for drive in drives if drive.place == "公司"]
    assert 12 <= len(work) < 20
    assert all(drive.start.isoweekday() <= 5 and drive.start >= MONDAY for drive in work)
    assert any(drive.place == "别处" for seed in range(5) for drive in Life(seed, 4).drives())


@pytest.mark.parametrize("phase", ["junction", "lane change", "roundabout"])
def test_a_manoeuvre_shows_in_the_signals(phase: str) -> None:
    from fujia.cabin.suggestions.facts import Moment
    from fujia.cabin.suggestions.rules import load_rules

    life = replay().life
    for second in range(5):
        life._move(phase, second, 5.0, False, 1)
        assert load_rules().is_busy(Moment(life.state, life.now)), second
