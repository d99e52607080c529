"""What every car promises, held against the shipped one."""

import pytest

from fujia.errors import UnknownSignal
from fujia.vehicle import Car, SimulatedCar, Write, load_profile

SWITCH, ROOF = "Vehicle.Cabin.Sunroof.Switch", "Vehicle.Cabin.Sunroof.Position"


def test_a_write_is_proven_by_itself_unless_it_says_otherwise() -> None:
    plain = Write("Vehicle.Cabin.HVAC.IsOn", False)
    assert (plain.read_path, plain.expected) == ("Vehicle.Cabin.HVAC.IsOn", False)
    held = Write(SWITCH, "OPEN", reads=ROOF, expect=0, release="INACTIVE")
    assert (held.read_path, held.expected) == (ROOF, 0)


def test_read_knows_the_profile() -> None:
    car: Car = SimulatedCar(load_profile("i5"))
    assert Car.read(car, ROOF) == car.read(ROOF) == 0
    with pytest.raises(UnknownSignal):
        Car.read(car, "Vehicle.Warp")
    with pytest.raises(UnknownSignal):
        car.read("Vehicle.Warp")
