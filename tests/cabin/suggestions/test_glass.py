import pytest

from fujia.cabin.suggestions.glass import dew_point, may_fog, vapour
from fujia.vehicle.signal import Value

COLD_AND_WET: dict[str, Value] = {
    "Vehicle.Exterior.AirTemperature": 2.0,
    "Vehicle.Exterior.Humidity": 95.0,
    "Vehicle.Cabin.HVAC.AmbientAirTemperature": 20.0,
    "Vehicle.Cabin.HVAC.IsRecirculationActive": True,
    "Vehicle.Cabin.Seat.Row1.DriverSide.IsOccupied": True,
    "Vehicle.Cabin.Seat.Row1.PassengerSide.IsOccupied": True,
}


def test_the_physics_agrees_with_the_tables():
    assert dew_point(20, 100) == pytest.approx(20)
    assert dew_point(20, 50) == pytest.approx(9.3, abs=0.2)
    assert vapour(20) == pytest.approx(17.3, abs=0.3)


def test_wet_breath_going_round_fogs_cold_glass_and_fresh_dry_air_does_not():
    assert may_fog(COLD_AND_WET)
    assert not may_fog({**COLD_AND_WET, "Vehicle.Cabin.HVAC.IsRecirculationActive": False,
                        "Vehicle.Exterior.Humidity": 40.0})  # fmt: skip


def test_air_conditioning_dries_the_air_unless_it_is_too_cold_for_it():
    cooling: dict[str, Value] = {"Vehicle.Cabin.HVAC.IsAirConditioningActive": True}
    assert may_fog({**COLD_AND_WET, **cooling})
    milder = {**COLD_AND_WET, "Vehicle.Exterior.AirTemperature": 6.0}
    assert may_fog(milder) and not may_fog({**milder, **cooling})


@pytest.mark.parametrize("gone", ["Vehicle.Exterior.AirTemperature", "Vehicle.Exterior.Humidity"])
def test_a_car_that_does_not_know_the_air_outside_never_warns(gone: str):
    assert not may_fog({path: value for path, value in COLD_AND_WET.items() if path != gone})
