from fujia import list_profiles, load_profile
from fujia.serve.cockpit.parts import load_parts, parts_of
from fujia.vehicle.profile import Profile

I5 = load_profile("i5")


def test_a_part_of_each_seat_has_that_seats_signals():
    parts = parts_of(I5)
    assert parts["window-driver"].shows["open"] == (
        "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
    )
    assert parts["window-rear_right"].shows["open"] == (
        "Vehicle.Cabin.Door.Row2.PassengerSide.Window.Position"
    )


def test_what_a_car_lacks_is_no_part_of_it():
    plain = parts_of(load_profile("generic-ev"))
    assert "sunroof" in parts_of(I5)
    assert "sunroof" not in plain
    assert "massage" not in plain["seat-driver"].shows


def test_a_tank_and_a_battery():
    assert "charge" in parts_of(I5)
    assert "fuel" not in parts_of(I5)
    assert "fuel" in parts_of(load_profile("x3-lwb"))


def test_every_template_means_a_signal_of_some_car():
    profiles = [load_profile(name) for name in list_profiles()]
    for kind, data in load_parts().items():
        for name in data.shows:
            assert any(
                name in part.shows
                for profile in profiles
                for part in parts_of(profile).values()
                if part.kind == kind
            ), f"{kind}.{name} is shown by no car"


def test_the_signals_of_a_part_begin_with_what_it_shows():
    seat = parts_of(I5)["seat-driver"]
    paths = seat.paths(I5)
    shown = list(seat.shows.values())
    assert paths[: len(shown)] == shown
    assert "Vehicle.Cabin.Seat.Row1.DriverSide.MemorySlot" in paths
    assert len(paths) == len(set(paths))
    assert not [path for path in paths if "PassengerSide" in path]


def test_right_hand_drive_puts_the_rear_left_seat_behind_the_passenger():
    right = Profile("r", "", "", "electric", "RIGHT", I5.signals)
    assert "Row2.PassengerSide" in parts_of(right)["window-rear_left"].shows["open"]
