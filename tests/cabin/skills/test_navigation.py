import pytest

from fujia.cabin.skill import Answer, Effect, Refused
from fujia.cabin.skills import SKILLS
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_NAVIGATION = "Vehicle.Cabin.Infotainment.Navigation."
_DESTINATION = _NAVIGATION + "Destination"
_STOPS = _NAVIGATION + "Waypoints"
_ROUTE: dict[str, Value] = {_DESTINATION: "公司", _STOPS: ["加油站", "星河超市"]}


def _writes(effect: object) -> dict[str, Value]:
    assert isinstance(effect, Effect)
    return {write.path: write.value for write in effect.writes}


def test_a_stop_without_a_route_starts_one() -> None:
    effect = SKILLS["navigation.add_stop"](scene(), {"place": "加油站"})
    assert _writes(effect) == {_DESTINATION: "加油站"}


def test_a_stop_comes_after_those_there_are() -> None:
    effect = SKILLS["navigation.add_stop"](scene(state=_ROUTE), {"place": "花店"})
    assert _writes(effect) == {_STOPS: ["加油站", "星河超市", "花店"]}


def test_a_new_destination_drops_the_old_stops() -> None:
    effect = SKILLS["navigation.start"](scene(state=_ROUTE), {"destination": "家"})
    assert _writes(effect) == {_DESTINATION: "家", _STOPS: []}


def test_a_stop_is_removed_by_part_of_its_name_or_from_the_end() -> None:
    named = SKILLS["navigation.remove_stop"](scene(state=_ROUTE), {"place": "超市"})
    assert _writes(named) == {_STOPS: ["加油站"]}
    last = SKILLS["navigation.remove_stop"](scene(state=_ROUTE), {})
    assert last.args == {"place": "星河超市"}


def test_a_stop_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused):
        SKILLS["navigation.remove_stop"](scene(), {})


def test_status_tells_destination_and_stops() -> None:
    answer = SKILLS["navigation.status"](scene(state=_ROUTE), {})
    assert answer == Answer("正在导航去公司，途经加油站、星河超市。")
    assert SKILLS["navigation.status"](scene(), {}) == Answer("现在没有导航。")
