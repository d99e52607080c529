"""The words of what cannot be used, and what is answered."""

import pytest
from pydantic import ValidationError

from fujia.cabin.memory import Fact
from fujia.cabin.turn import Action
from fujia.serve.occupant_schemas import PreferenceShown, RoutineShown
from fujia.serve.schemas import ActionShown, SignalShown, TurnGiven, what_is_wrong
from fujia.vehicle import load_profile

SECRET = "王小姐的电话"


def test_what_is_wrong_names_the_field_and_never_what_was_sent():
    with pytest.raises(ValidationError) as caught:
        TurnGiven.model_validate({"text": [SECRET]})
    words = what_is_wrong(caught.value.errors()[0])
    assert words.startswith("text: ")
    assert SECRET not in words


def test_an_action_is_shown_without_its_reply():
    action = Action("seat.heating", {"level": 1}, "refused", "why", True, "rule", reply="no")
    assert ActionShown.model_validate(action).model_dump() == {
        "skill": "seat.heating", "args": {"level": 1}, "outcome": "refused", "reason": "why",
        "companion": True, "rule": "rule",
    }  # fmt: skip


def test_a_signal_is_shown_with_its_range_and_its_value():
    path = "Vehicle.Body.Lights.LightSwitch"
    signal = load_profile("i5").signals[path]
    shown = SignalShown.of(signal, "AUTO")
    assert (shown.path, shown.value, shown.kind) == (path, "AUTO", signal.kind)
    assert shown.allowed == list(signal.allowed)
    assert SignalShown.of(signal).value is None


def test_what_is_kept_is_shown_in_both_languages():
    preference = PreferenceShown.of(Fact(what="temperature", value=21))
    assert (preference.value, preference.zh) == (21, "您喜欢21度")
    assert "21" in preference.en
    trip = Fact(what="trip", value="公司", time="07:50", days=(1, 2))
    routine = RoutineShown.of(trip)
    assert (routine.destination, routine.time, routine.days) == ("公司", "07:50", [1, 2])
    assert len({preference.id, routine.id}) == 2
