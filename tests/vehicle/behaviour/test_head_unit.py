from urllib.parse import urlencode

import pytest

from fujia.vehicle import SimulatedCar, Value, Write, load_profile
from fujia.vehicle.behaviour.head_unit import PLAYLIST

MEDIA = "Vehicle.Cabin.Infotainment.Media."
PHONE = "Vehicle.Cabin.Infotainment.Phone."
NAVIGATION = "Vehicle.Cabin.Infotainment.Navigation."


def i5(state: dict[str, Value] | None = None) -> SimulatedCar:
    return SimulatedCar(load_profile("i5"), state)


def do(car: SimulatedCar, path: str, value: Value) -> None:
    """Actuate and let it happen."""
    car.actuate([Write(path, value)])
    car.settle()


def played(car: SimulatedCar) -> tuple[Value, ...]:
    return tuple(
        car.read(MEDIA + "Played." + part) for part in ("Track", "Artist", "Album", "Genre")
    )


def play(car: SimulatedCar, **said: str) -> None:
    do(car, MEDIA + "SelectedURI", "fujia:play?" + urlencode(said))


def test_a_track_is_playing_at_the_start() -> None:
    assert played(i5()) == PLAYLIST[0]
    assert i5({MEDIA + "Played.Track": "七里香"}).read(MEDIA + "Played.Track") == "七里香"
    assert played(i5({MEDIA + "Action": "STOP"})) == ("", "", "", "")


def test_skipping_changes_the_track_and_goes_on_playing() -> None:
    car = i5()
    car.actuate([Write(MEDIA + "Action", "SKIP_FORWARD")])
    assert car.wait_for({MEDIA + "Action": "SKIP_FORWARD"}) == {MEDIA + "Action": "SKIP_FORWARD"}
    assert played(car) == PLAYLIST[1]
    assert car.wait_for({MEDIA + "Action": "PLAY"}) == {MEDIA + "Action": "PLAY"}
    do(car, MEDIA + "Action", "SKIP_FORWARD")
    assert played(car) == PLAYLIST[2]
    for _ in range(3):
        do(car, MEDIA + "Action", "SKIP_BACKWARD")
    assert played(car) == PLAYLIST[-1]
    do(car, MEDIA + "Action", "SKIP_FORWARD")
    assert played(car) == PLAYLIST[0]


@pytest.mark.parametrize(("skip", "piece"), [("SKIP_FORWARD", 1), ("SKIP_BACKWARD", -1)])
def test_skipping_what_was_chosen_changes_the_track(skip: str, piece: int) -> None:
    car = i5()
    play(car, title="七里香", artist="周杰伦")
    do(car, MEDIA + "Action", skip)
    assert played(car) in PLAYLIST


def test_the_head_unit_plays_what_was_said() -> None:
    car = i5({MEDIA + "IsMuted": True, MEDIA + "Action": "STOP"})
    play(car, title="七里香 & more", artist="周杰伦", album="七里香", genre="流行")
    assert played(car) == ("七里香 & more", "周杰伦", "七里香", "流行")
    assert (car.read(MEDIA + "Action"), car.read(MEDIA + "IsMuted")) == ("PLAY", False)


def test_what_was_not_said_is_unknown() -> None:
    car = i5()
    play(car, artist="周杰伦")
    assert played(car) == ("", "周杰伦", "", "")
    play(car, query="轻松的歌")
    assert played(car) == ("轻松的歌", "", "", "")


def test_an_address_of_another_kind_is_only_kept() -> None:
    car = i5()
    do(car, MEDIA + "SelectedURI", "https://example.org/stream")
    assert played(car) == PLAYLIST[0]


def test_going_on_keeps_what_was_chosen() -> None:
    car = i5()
    play(car, artist="周杰伦")
    do(car, MEDIA + "Action", "STOP")
    do(car, MEDIA + "Action", "PLAY")
    assert played(car) == ("", "周杰伦", "", "")


@pytest.mark.parametrize(("volume", "muted"), [(40, False), (30, True), (20, True)])
def test_louder_ends_the_mute(volume: int, muted: bool) -> None:
    car = i5({MEDIA + "IsMuted": True})
    do(car, MEDIA + "Volume", volume)
    assert car.read(MEDIA + "IsMuted") is muted


def test_a_call_rings_and_is_picked_up() -> None:
    car = i5()
    car.actuate([Write(PHONE + "Call", "妈妈")])
    assert car.wait_for({PHONE + "Call": "妈妈"}) == {PHONE + "Call": "妈妈"}
    assert car.read(PHONE + "CallState") == "RINGING"
    car.settle()
    assert car.read(PHONE + "CallState") == "ACTIVE"
    do(car, PHONE + "Call", "")
    assert car.read(PHONE + "CallState") == "IDLE"


def test_hanging_up_while_it_rings() -> None:
    car = i5()
    car.actuate([Write(PHONE + "Call", "妈妈")])
    car.advance(0.5)
    do(car, PHONE + "Action", "HANG_UP")
    assert [car.read(PHONE + name) for name in ("Call", "CallState", "Action")] == [
        "", "IDLE", "INACTIVE",
    ]  # fmt: skip


def test_no_phone_no_call() -> None:
    car = i5({PHONE + "IsConnected": False})
    do(car, PHONE + "Call", "妈妈")
    assert car.read(PHONE + "CallState") == "IDLE"


def test_answering_takes_a_call_that_rings() -> None:
    car = i5({PHONE + "CallState": "RINGING"})
    assert car.read(PHONE + "CallState") == "RINGING"
    do(car, PHONE + "Action", "ANSWER")
    assert (car.read(PHONE + "CallState"), car.read(PHONE + "Action")) == ("ACTIVE", "INACTIVE")
    idle = i5()
    do(idle, PHONE + "Action", "ANSWER")
    assert idle.read(PHONE + "CallState") == "IDLE"


def test_a_destination_makes_a_route() -> None:
    car = i5()
    assert car.read(NAVIGATION + "IsRouteActive") is False
    do(car, NAVIGATION + "Destination", "虹桥机场")
    do(car, NAVIGATION + "Waypoints", ["加油站"])
    assert car.read(NAVIGATION + "IsRouteActive") is True
    do(car, NAVIGATION + "Destination", "")
    assert car.read(NAVIGATION + "IsRouteActive") is False
    assert car.read(NAVIGATION + "Waypoints") == []


def test_a_route_at_the_start() -> None:
    car = i5({NAVIGATION + "Destination": "外滩", NAVIGATION + "Waypoints": ["豫园"]})
    assert car.read(NAVIGATION + "IsRouteActive") is True
    assert car.read(NAVIGATION + "Waypoints") == ["豫园"]
