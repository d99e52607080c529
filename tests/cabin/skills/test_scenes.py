import pytest

from fujia.cabin.scenes import load_scenes
from fujia.cabin.skill import AskBack, Effect, Unavailable
from fujia.cabin.skills import SKILLS
from fujia.vehicle import SimulatedCar, list_profiles, load_profile
from tests.cabin.skills.examples import scene


@pytest.mark.parametrize("vehicle", list_profiles())
@pytest.mark.parametrize("name", sorted(load_scenes()))
def test_every_scene_does_what_the_car_has(vehicle: str, name: str) -> None:
    car = SimulatedCar(load_profile(vehicle))
    effect = SKILLS["scene.start"](scene(vehicle), {"scene": name})
    assert isinstance(effect, Effect)
    assert effect.args == {"scene": name}
    car.actuate(effect.writes)
    expected = {write.read_path: write.expected for write in effect.writes}
    assert car.wait_for(expected) == expected


def test_a_scene_nobody_wrote_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="登月"):
        SKILLS["scene.start"](scene(), {"scene": "登月"})


def test_ending_without_a_name_asks_which() -> None:
    with pytest.raises(AskBack):
        SKILLS["scene.stop"](scene(), {})


def test_the_end_of_a_scene_is_its_own() -> None:
    effect = SKILLS["scene.stop"](scene(), {"scene": "洗车模式"})
    assert isinstance(effect, Effect)
    assert {write.value for write in effect.writes} == {False}
