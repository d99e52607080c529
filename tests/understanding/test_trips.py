from fujia.understanding.plan import Command
from fujia.understanding.trips import one_trip


def _to(place: str) -> Command:
    return Command(skill="navigation.start", args={"destination": place})


def _stop(place: str) -> Command:
    return Command(skill="navigation.add_stop", args={"place": place})


def test_the_last_place_is_the_destination_and_comes_first() -> None:
    assert one_trip([_to("a"), _to("b"), _to("c")]) == [_to("c"), _stop("a"), _stop("b")]
    assert one_trip([_stop("a"), _to("b")]) == [_to("b"), _stop("a")]


def test_stops_alone_stay_as_they_are() -> None:
    assert one_trip([_stop("a"), _stop("b")]) == [_stop("a"), _stop("b")]


def test_what_stands_between_parts_two_trips() -> None:
    other = Command(skill="climate.power")
    assert one_trip([_to("a"), other, _to("b")]) == [_to("a"), other, _to("b")]


def test_a_bare_waypoint_is_no_place() -> None:
    bare = Command(skill="navigation.add_stop")
    assert one_trip([bare, _to("a")]) == [bare, _to("a")]
