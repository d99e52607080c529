import pytest

from fujia.errors import UnknownSignal
from fujia.vehicle import load_profile

HEATING = "Vehicle.Cabin.Seat.{seat}.HeatingCooling"


def test_a_template_stands_for_the_signals_of_a_zone() -> None:
    i5 = load_profile("i5")
    assert i5.paths(HEATING, "rear") == (
        "Vehicle.Cabin.Seat.Row2.DriverSide.HeatingCooling",
        "Vehicle.Cabin.Seat.Row2.PassengerSide.HeatingCooling",
    )
    assert len(i5.paths(HEATING)) == 4
    assert i5.paths("Vehicle.Speed", "driver") == ("Vehicle.Speed",)


def test_what_the_vehicle_lacks_is_left_out() -> None:
    plain = load_profile("generic-ev")
    assert len(plain.paths(HEATING, "all")) == 2
    assert plain.paths(HEATING, "rear") == ()
    assert plain.paths("Vehicle.Cabin.Sunroof.Switch") == ()


def test_an_unknown_signal_is_named() -> None:
    i5 = load_profile("i5")
    assert not i5.has("Vehicle.Warp")
    with pytest.raises(UnknownSignal, match=r"i5 has no signal Vehicle\.Warp"):
        i5.signal("Vehicle.Warp")
    assert i5.signal("Vehicle.Speed").unit == "km/h"
