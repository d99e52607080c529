import pytest

from fujia.vehicle import Fault, SimulatedCar, Value, Write, load_profile

LIGHTS = "Vehicle.Body.Lights."
LIGHT_SWITCH, LOW, HIGH = (
    LIGHTS + "LightSwitch",
    LIGHTS + "Beam.Low.IsOn",
    LIGHTS + "Beam.High.IsOn",
)
OUTSIDE = "Vehicle.Exterior.LightIntensity"
ROOF, SWITCH = "Vehicle.Cabin.Sunroof.Position", "Vehicle.Cabin.Sunroof.Switch"
DOOR = "Vehicle.Cabin.Door.Row2.DriverSide."
SEAT = "Vehicle.Cabin.Seat.Row1.DriverSide."
TRUNK = "Vehicle.Body.Trunk.Rear."
STATIONS = [
    f"Vehicle.Cabin.HVAC.Station.{row}.{side}.Temperature"
    for row in ("Row1", "Row2")
    for side in ("Driver", "Passenger")
]


def i5(state: dict[str, Value] | None = None) -> SimulatedCar:
    return SimulatedCar(load_profile("i5"), state)


def do(car: SimulatedCar, path: str, value: Value) -> None:
    """Actuate and let it happen."""
    car.actuate([Write(path, value)])
    car.settle()


@pytest.mark.parametrize(
    ("opened", "position"),
    [
        (TRUNK + "IsOpen", TRUNK + "Position"),
        ("Vehicle.Body.Trunk.Front.IsOpen", "Vehicle.Body.Trunk.Front.Position"),
        ("Vehicle.Body.Hood.IsOpen", "Vehicle.Body.Hood.Position"),
        (DOOR + "Window.IsOpen", DOOR + "Window.Position"),
        ("Vehicle.Cabin.Sunroof.Shade.IsOpen", "Vehicle.Cabin.Sunroof.Shade.Position"),
    ],
)
def test_opening_moves_and_a_position_shows_it(opened: str, position: str) -> None:
    car = i5()
    car.actuate([Write(opened, True)])
    car.advance(0.1)
    assert car.read(opened) is True and 0 < int(str(car.read(position))) < 100
    car.settle()
    assert car.read(position) == 100
    do(car, opened, False)
    assert (car.read(opened), car.read(position)) == (False, 0)
    do(car, position, 40)
    assert (car.read(opened), car.read(position)) == (True, 40)


def test_a_door_opens_at_once_unless_it_is_blocked() -> None:
    car = i5()
    car.inject(Fault(DOOR + "IsOpen", "blocked"))
    do(car, DOOR + "IsOpen", True)
    assert car.read(DOOR + "IsOpen") is False
    car.clear_faults()
    do(car, DOOR + "IsOpen", True)
    assert (car.read(DOOR + "IsOpen"), car.now) == (True, 0.2)


def test_start_states_of_openings_fit_together() -> None:
    assert i5({TRUNK + "IsOpen": True}).read(TRUNK + "Position") == 100
    assert i5({TRUNK + "Position": 30}).read(TRUNK + "IsOpen") is True
    both = i5({TRUNK + "IsOpen": False, TRUNK + "Position": 30})
    assert (both.read(TRUNK + "IsOpen"), both.read(TRUNK + "Position")) == (False, 30)


@pytest.mark.parametrize(
    ("start", "switch", "end"),
    [
        (0, "ONE_SHOT_OPEN", 100),
        (80, "ONE_SHOT_CLOSE", 0),
        (-100, "ONE_SHOT_CLOSE", 0),
        (20, "OPEN", 100),
        (60, "CLOSE", 0),
        (0, "TILT_UP", -100),
        (-60, "TILT_DOWN", 0),
        (50, "TILT_DOWN", 50),
    ],
)
def test_the_sunroof_runs_to_the_end_and_its_switch_rests(
    start: int, switch: str, end: int
) -> None:
    car = i5({ROOF: start})
    car.actuate([Write(SWITCH, switch)])
    car.advance(0.1)
    assert car.read(SWITCH) == ("INACTIVE" if start == end else switch)
    car.settle()
    assert (car.read(ROOF), car.read(SWITCH)) == (end, "INACTIVE")


def test_letting_the_switch_go_stops_the_sunroof() -> None:
    car = i5()
    car.actuate([Write(SWITCH, "OPEN")])
    car.advance(1.0)
    do(car, SWITCH, "INACTIVE")
    assert car.read(ROOF) == 20


def test_a_car_without_a_sunroof_ignores_its_switch() -> None:
    car = SimulatedCar(load_profile("generic-ev"), {SWITCH: "OPEN"})
    assert (car.read(SWITCH), car.now) == ("OPEN", 0.0)


def test_mirrors_take_two_seconds_to_fold() -> None:
    car = i5()
    folded = "Vehicle.Body.Mirrors.DriverSide.IsFolded"
    car.actuate([Write(folded, True)])
    assert car.wait_for({folded: True}) == {folded: True}
    assert car.now == 2.1
    car.inject(Fault(folded, "blocked"))
    do(car, folded, False)
    assert car.read(folded) is True


def test_the_washer_stops_by_itself() -> None:
    car = i5()
    washing = "Vehicle.Body.Windshield.Front.IsWashing"
    car.actuate([Write(washing, True)])
    assert car.wait_for({washing: True}) == {washing: True}
    car.advance(2.9)
    assert car.read(washing) is True
    car.advance(0.1)
    assert car.read(washing) is False


@pytest.mark.parametrize(
    ("switch", "light", "low"),
    [
        ("BEAM", 80.0, True),
        ("BEAM", 5.0, True),
        ("AUTO", 80.0, False),
        ("AUTO", 30.0, False),
        ("AUTO", 29.0, True),
        ("POSITION", 5.0, False),
        ("DAYTIME_RUNNING_LIGHTS", 5.0, False),
        ("OFF", 5.0, False),
    ],
)
def test_the_low_beam_follows_switch_and_light(switch: str, light: float, low: bool) -> None:
    assert i5({LIGHT_SWITCH: switch, OUTSIDE: light}).read(LOW) is low
    car = i5()
    car.set(OUTSIDE, light)
    do(car, LIGHT_SWITCH, switch)
    assert car.read(LOW) is low


def test_dusk_and_dawn_in_auto() -> None:
    car = i5()
    car.set(OUTSIDE, 10)
    assert car.read(LOW) is True
    car.set(OUTSIDE, 90)
    assert car.read(LOW) is False


@pytest.mark.parametrize("switch", ["OFF", "POSITION"])
def test_switching_off_ends_both_beams(switch: str) -> None:
    car = i5({LIGHT_SWITCH: "BEAM", HIGH: True})
    assert (car.read(LOW), car.read(HIGH)) == (True, True)
    do(car, LIGHT_SWITCH, switch)
    assert (car.read(LOW), car.read(HIGH)) == (False, False)


def test_a_low_beam_that_the_state_names_is_kept() -> None:
    car = i5({LOW: True})
    assert (car.read(LOW), car.read(LIGHT_SWITCH)) == (True, "AUTO")
    assert i5({LIGHT_SWITCH: "BEAM", LOW: False}).read(LOW) is False


def test_the_low_beam_stays_on_while_it_is_needed() -> None:
    night = i5({OUTSIDE: 5})
    do(night, LOW, False)
    assert night.read(LOW) is True
    day = i5({LOW: True})
    do(day, LOW, False)
    assert day.read(LOW) is False


def test_switching_to_beam_again_mends_a_contradiction() -> None:
    car = i5({LIGHT_SWITCH: "BEAM", LOW: False})
    do(car, LIGHT_SWITCH, "BEAM")
    assert car.read(LOW) is True


def test_child_locks_follow_their_request_and_show_what_is() -> None:
    car = i5()
    do(car, DOOR + "ChildLockRequest", True)
    assert car.read(DOOR + "IsChildLockActive") is True
    by_hand = i5({DOOR + "IsChildLockActive": True})
    do(by_hand, DOOR + "ChildLockRequest", False)
    assert by_hand.read(DOOR + "IsChildLockActive") is False


def test_massage_status() -> None:
    car = i5()
    do(car, SEAT + "Massage.Level", 67)
    assert car.read(SEAT + "Massage.Status") == "ON"
    do(car, SEAT + "Massage.Level", 0)
    assert car.read(SEAT + "Massage.Status") == "OFF"


def test_a_seat_goes_back_to_where_it_was_saved() -> None:
    car = i5()
    do(car, SEAT + "Position", 200)
    do(car, SEAT + "MemorySave", 2)
    do(car, SEAT + "Position", 50)
    do(car, SEAT + "Backrest.Recline", 30)
    do(car, SEAT + "MemorySlot", 2)
    assert (car.read(SEAT + "Position"), car.read(SEAT + "Backrest.Recline")) == (200, 10.0)
    do(car, SEAT + "MemorySlot", 1)
    assert (car.read(SEAT + "Position"), car.read(SEAT + "MemorySlot")) == (200, 1)


def test_zones_in_sync_share_one_temperature() -> None:
    car = i5()
    do(car, STATIONS[2], 25)
    assert [car.read(path) for path in STATIONS] == [22.0, 22.0, 25.0, 22.0]
    do(car, "Vehicle.Cabin.HVAC.IsZoneSyncActive", True)
    assert car.read(STATIONS[0]) == 22.0
    do(car, STATIONS[1], 20.5)
    assert [car.read(path) for path in STATIONS] == [20.5] * 4


def test_sync_at_the_start_keeps_what_the_state_names() -> None:
    car = i5({"Vehicle.Cabin.HVAC.IsZoneSyncActive": True, STATIONS[0]: 24, STATIONS[3]: 20})
    assert (car.read(STATIONS[0]), car.read(STATIONS[3])) == (24.0, 20.0)


def test_sync_reaches_only_the_zones_there_are() -> None:
    car = SimulatedCar(load_profile("x3-lwb"), {"Vehicle.Cabin.HVAC.IsZoneSyncActive": True})
    do(car, STATIONS[0], 25)
    assert car.read(STATIONS[1]) == 25.0
    assert STATIONS[2] not in car.snapshot()
