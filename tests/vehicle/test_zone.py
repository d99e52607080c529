import pytest

from fujia.vehicle.zone import SEATS, ZONES, Zone, fill, row_and_side, seats_of


@pytest.mark.parametrize(
    ("zone", "seats"),
    [
        ("driver", ("driver",)),
        ("rear_right", ("rear_right",)),
        ("front", ("driver", "passenger")),
        ("rear", ("rear_left", "rear_right")),
        ("all", SEATS),
    ],
)
def test_seats_of_a_zone(zone: Zone, seats: tuple[str, ...]) -> None:
    assert seats_of(zone) == seats


def test_every_zone_has_seats() -> None:
    assert all(set(seats_of(zone)) <= set(SEATS) for zone in ZONES)


def test_the_rear_left_seat_is_behind_the_driver_where_the_wheel_is_left() -> None:
    assert row_and_side("rear_left", "LEFT") == ("Row2", "Driver")
    assert row_and_side("rear_left", "RIGHT") == ("Row2", "Passenger")
    assert row_and_side("rear_right", "RIGHT") == ("Row2", "Driver")
    assert row_and_side("passenger", "RIGHT") == ("Row1", "Passenger")


def test_fill_a_template() -> None:
    assert fill("Door.{door}.IsOpen", "rear_right", "LEFT") == "Door.Row2.PassengerSide.IsOpen"
    assert fill("Station.{station}.T", "driver", "LEFT") == "Station.Row1.Driver.T"
    assert fill("Mirrors.{mirror}.Pan", "passenger", "LEFT") == "Mirrors.PassengerSide.Pan"
    assert fill("Seat.{seat}.Tilt", "driver", "RIGHT") == "Seat.Row1.DriverSide.Tilt"
