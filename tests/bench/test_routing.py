import json

import pytest

from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.plan import Command, Plan
from fujia.understanding.router import Decision
from fujia.understanding.student.understander import default_understander
from tests.bench import routing, smoke
from tests.bench.routing import Routed, curve, figures_of, is_fine, load_open, run_commands

HERE, SENT = Decision("device", "understood"), Decision("llm", "conversation", "talk")


def test_there_are_at_least_150_open_requests_and_none_twice():
    said = [text for text, _, _ in load_open()]
    assert len(said) >= 150
    assert len(set(said)) == len(said)
    assert {language for _, language, _ in load_open()} == {"zh", "en"}


def test_plain_commands_mostly_stay_on_the_car():
    figures = figures_of(run_commands(GrammarUnderstander(), smoke.load()))
    assert figures["routes"]["device"]["share"] > 0.6
    assert figures["routes"]["device"]["car_plan_exact"] > 0.9


def test_routing_keeps_the_recorded_floor():
    floor = json.loads(routing.FLOOR.read_text(encoding="utf-8"))["routing"]
    reached = routing.floor_of(default_understander())
    assert floor.keys() == reached.keys()
    assert all(reached[name] >= least for name, least in floor.items()), reached


def test_the_curve_goes_from_nothing_sent_to_everything_sent():
    routed = [Routed(1.0, True, HERE, 0.1), Routed(0.6, False, SENT, 0.1)] * 5
    points = curve(routed)
    assert (points[0].cloud_share, points[0].with_right_model) == (0.0, 0.5)
    assert (points[-1].cloud_share, points[-1].with_right_model) == (1.0, 1.0)
    assert points[-1].with_model_right_4_of_5 == 0.8
    middle = next(point for point in points if point.threshold == 1.0)
    assert (middle.car_accuracy, middle.cloud_share) == (1.0, 0.5)
    assert [point.cloud_share for point in points] == [0.0, 0.0, 0.5, 1.0]
    here = routing.as_routed(routed)
    assert (here.cloud_share, here.car_accuracy, here.with_right_model) == (0.5, 1.0, 1.0)


def test_what_must_stay_quiet_may_not_be_done_by_the_car_alone():
    opens = Plan(commands=(Command(skill="window.position", args={"position": 100}),))
    assert not is_fine("quiet", HERE, opens)
    assert is_fine("quiet", HERE, Plan(commands=(Command(skill="chat.reply"),)))
    assert is_fine("quiet", SENT, opens)
    assert is_fine("plan", HERE, opens)
    assert not is_fine("agent", SENT, opens)


def test_the_tables_show_what_was_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(routing, "default_understander", GrammarUnderstander)
    monkeypatch.setattr(routing, "load_open", lambda: load_open()[::10])
    result = routing.measure(20)
    assert [len(table.rows) for table in routing.tables(result)][:2] == [
        3,
        len(result["curve"]) + 1,
    ]
    assert result["open"]["requests"] == len(load_open()[::10])
