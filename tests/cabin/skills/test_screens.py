from fujia.cabin.skill import Effect
from fujia.cabin.skills import SKILLS
from tests.cabin.skills.examples import scene

_CABIN = "Vehicle.Cabin.Infotainment."


def test_all_screens_are_those_there_are() -> None:
    effect = SKILLS["screen.power"](scene("5-series-lwb"), {"screen": "all", "on": False})
    assert isinstance(effect, Effect)
    paths = {write.path for write in effect.writes}
    assert paths == {_CABIN + "HMI.IsScreenOn", _CABIN + "RearScreen.IsOn"}
    assert effect.args == {"screen": "all", "on": False}


def test_screens_that_differ_name_no_brightness() -> None:
    state = {_CABIN + "RearScreen.Brightness": 20}
    effect = SKILLS["screen.brightness"](
        scene("5-series-lwb", state), {"screen": "all", "brightness": "+"}
    )
    assert isinstance(effect, Effect)
    assert sorted(float(str(write.value)) for write in effect.writes) == [30.0, 60.0]
    assert effect.args == {"screen": "all"}


def test_a_page_has_names() -> None:
    effect = SKILLS["screen.page"](scene(), {"page": "地图"})
    assert isinstance(effect, Effect)
    assert [write.value for write in effect.writes] == ["NAVIGATION"]
    assert effect.args == {"page": "地图"}
