import pytest

from fujia import load_profile
from fujia.arguments import parse_seat, parse_state, parse_value
from fujia.errors import InputError, SignalValueError, UnknownSeat

PROFILE = load_profile("i5")


@pytest.mark.parametrize("text", ["rear_left", "rear-left"])
def test_a_seat_has_one_name(text: str):
    assert parse_seat(text) == "rear_left"


def test_a_group_is_no_seat():
    with pytest.raises(UnknownSeat, match="driver, passenger, rear_left, rear_right"):
        parse_seat("rear")


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("Vehicle.Speed", "80", 80.0),
        ("Vehicle.Speed", "12.5", 12.5),
        ("Vehicle.Cabin.Infotainment.Media.Volume", "40", 40),
        ("Vehicle.Cabin.HVAC.IsOn", "off", False),
        ("Vehicle.Cabin.HVAC.IsOn", "True", True),
        ("Vehicle.Body.Lights.LightSwitch", "BEAM", "BEAM"),
        ("Vehicle.Cabin.Infotainment.Navigation.Destination", "22", "22"),
        ("Vehicle.Cabin.Infotainment.Navigation.Waypoints", "a, b", ["a", "b"]),
        ("Vehicle.Cabin.Infotainment.Navigation.Waypoints", "", []),
        ("Vehicle.Not.In.Profile", "3", 3),
        ("Vehicle.Not.In.Profile", "yes", True),
        ("Vehicle.Not.In.Profile", "word", "word"),
    ],
)
def test_a_value_has_the_type_of_its_signal(path: str, text: str, value: object):
    parsed = parse_value(PROFILE, path, text)
    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Vehicle.Speed", "fast"),
        ("Vehicle.Speed", "nan"),
        ("Vehicle.Cabin.Infotainment.Media.Volume", "40.5"),
        ("Vehicle.Cabin.Infotainment.Media.Volume", "101"),
        ("Vehicle.Cabin.HVAC.IsOn", "1"),
        ("Vehicle.Body.Lights.LightSwitch", "beam"),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_that_names_its_signal(path: str, text: str):
    with pytest.raises(SignalValueError, match=path):
        parse_value(PROFILE, path, text)


def test_a_state_is_made_of_assignments():
    state = parse_state(PROFILE, ["Vehicle.Speed = 80", "Vehicle.Cabin.HVAC.IsOn=false"])
    assert state == {"Vehicle.Speed": 80.0, "Vehicle.Cabin.HVAC.IsOn": False}


def test_a_state_without_a_value_is_an_error():
    with pytest.raises(InputError, match="is not PATH=VALUE"):
        parse_state(PROFILE, ["Vehicle.Speed"])
