from fujia.vehicle import Fault


def test_a_pattern_names_signals_as_in_file_names() -> None:
    fault = Fault("Vehicle.Cabin.Door.*.Window.Position", "blocked", at=30)
    assert fault.strikes("Vehicle.Cabin.Door.Row1.DriverSide.Window.Position")
    assert not fault.strikes("Vehicle.Cabin.Door.Row1.DriverSide.IsOpen")
    assert Fault("Vehicle.Speed", "silent").strikes("Vehicle.Speed")
    assert not Fault("Vehicle.Speed", "silent").strikes("vehicle.speed")
