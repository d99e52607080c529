"""What is personal never stays, whatever is said; what a control was set to does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.cabin.skills import SKILLS
from fujia.cabin.turn import Action, Step, Turn
from fujia.serve.store.privacy import trace_without_words, turn_without_words
from fujia.serve.store.tables import trace_as_data, turn_as_data, turn_of
from fujia.vehicle.profiles import load_profile

PROFILE = load_profile("i5")
FREE = [
    ("navigation.start", "destination"), ("navigation.add_stop", "place"),
    ("phone.call", "contact"),
    ("media.play", "artist"), ("place.search", "near"), ("unknown.function", "text"),
    ("manual.ask", "question"), ("travel.plan", "wishes"), ("no.such_skill", "anything"),
]  # fmt: skip


def data(*actions: Action) -> dict[str, Any]:
    return turn_as_data(Turn("words", "driver", "en", actions, "the reply", "device", 1.0))


@pytest.mark.parametrize(("skill", "name"), FREE)
@given(words=st.text(min_size=1, max_size=30))
def test_free_words_never_stay(skill: str, name: str, words: str):
    action = Action(skill, {name: words}, "done", reason=words, reply=words)
    [kept] = turn_without_words(data(action))["actions"]
    assert kept["args"] == {name: None}
    assert kept["reason"] is kept["reply"] is None


def test_words_and_reply_never_stay():
    kept = turn_without_words(data(Action("chat.reply", {}, "answered", reply="hello")))
    assert kept["said"] is kept["reply"] is None


@pytest.mark.parametrize(
    ("skill", "args"),
    [
        ("seat.heating", {"zone": "rear_left", "level": 2}),
        ("climate.temperature", {"temperature": "+0.5"}),
        ("window.position", {"zone": "all", "position": "50%"}),
        ("volume.media", {"volume": "max"}),
        ("charging.timer", {"time": "06:30"}),
        ("media.control", {"action": "next"}),
    ],
)
def test_what_a_control_was_set_to_stays(skill: str, args: dict[str, Any]):
    assert skill in SKILLS
    [kept] = turn_without_words(data(Action(skill, args, "done")))["actions"]
    assert kept["args"] == args


def test_a_number_that_is_dialled_does_not_stay():
    action = Action("phone.call", {"contact": "13800138000"}, "done")
    [kept] = turn_without_words(data(action))["actions"]
    assert kept["args"] == {"contact": None}


def test_the_reason_of_a_rule_stays_and_that_of_a_condition_does_not():
    ruled = Action("tailgate.position", {}, "refused", "the car is moving", rule="moving")
    waits = Action("window.position", {}, "needs_confirmation", "when in Paris", rule="condition")
    kept = turn_without_words(data(ruled, waits))["actions"]
    assert [each["reason"] for each in kept] == ["the car is moving", None]


def test_the_trace_keeps_controls_and_loses_places():
    window = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
    media = "Vehicle.Cabin.Infotainment.Media.Played.Artist"
    latitude = "Vehicle.Cabin.Infotainment.Navigation.DestinationSet.Latitude"
    light = "Vehicle.Body.Lights.LightSwitch"
    plan = {"commands": [{"skill": "phone.call", "args": {"contact": "Anna"}}]}
    steps = (
        Step("normalise", 0.1, "call Anna"),
        Step("understand", 0.1, plan),
        Step("judge", 0.1, {"skill": "phone.call", "verdict": "allow", "rule": None}),
        Step("act", 0.1, {window: 50, media: "Faye", latitude: 31.2, light: "BEAM"}),
        Step("reply", 0.1),
    )
    turn = Turn("call Anna", "driver", "en", (), "ok", "device", 1.0, steps)
    kept = trace_without_words(trace_as_data(turn), PROFILE)
    assert [step["name"] for step in kept] == [step.name for step in steps]
    assert "Anna" not in str(kept)
    assert kept[1]["detail"]["commands"] == [{"skill": "phone.call", "args": {"contact": None}}]
    assert kept[2]["detail"]["verdict"] == "allow"
    assert kept[3]["detail"] == {window: 50, media: None, latitude: None, light: "BEAM"}


def test_a_turn_survives_the_way_there_and_back():
    action = Action("seat.heating", {"zone": "driver"}, "done", None, True, "cold", "warm")
    turn = Turn("s", "driver", "zh", (action,), "r", "device", 1.25, (Step("act", 1.5, {"a": 1}),))
    assert turn_of(turn_as_data(turn), trace_as_data(turn)) == turn
