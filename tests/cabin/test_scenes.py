from collections.abc import Iterator
from pathlib import Path

import pytest

import fujia.cabin.skills  # noqa: F401
from fujia.cabin.scenes import combined, expand, find_scene, load_scenes, use_folders
from fujia.cabin.skills import SKILLS
from fujia.errors import DataError
from fujia.understanding.plan import Command
from fujia.vehicle import Write
from tests.cabin.skills.examples import bare, scene

_OWN = """id: nap
zh: 我的小憩
en: my nap
commands:
  - {skill: light.dome, args: {on: false}}
  - {skill: climate.fan, args: {level: 1}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    use_folders([tmp_path])
    yield tmp_path
    use_folders([])


def test_there_are_a_dozen_scenes_of_known_skills() -> None:
    scenes = load_scenes()
    assert len(scenes) >= 12
    skills = {command.skill for plan in scenes.values() for command in plan.commands + plan.end}
    assert skills <= set(SKILLS)


def test_no_name_belongs_to_two_scenes() -> None:
    scenes = load_scenes()
    for plan in scenes.values():
        for name in (plan.id, plan.zh, plan.en, *plan.names):
            assert [other.id for other in scenes.values() if other.is_called(name)] == [plan.id]


@pytest.mark.parametrize("name", ["nap", "小憩", "小憩模式", "Nap Mode", "午睡"])
def test_a_scene_is_found_by_any_of_its_names(name: str) -> None:
    plan = find_scene(name)
    assert plan is not None and plan.id == "nap"


def test_expand_gives_the_commands() -> None:
    assert expand("car_wash")[0] == Command(
        skill="window.position", args={"zone": "all", "position": 0}
    )
    assert expand("no such scene") == ()


def test_what_the_car_lacks_is_left_out() -> None:
    commands = (
        Command(skill="seat.massage", args={"level": 1}),
        Command(skill="light.dome", args={"on": True}),
    )
    lamp = Write("Vehicle.Cabin.Light.IsDomeOn", True)
    assert combined(scene("generic-ev"), commands).writes == (lamp,)
    assert combined(bare(), commands).writes == ()


def test_a_scene_of_ones_own_replaces_the_packaged_one(folder: Path) -> None:
    (folder / "nap.yaml").write_text(_OWN, encoding="utf-8")
    plan = find_scene("我的小憩")
    assert plan is not None and plan.id == "nap"
    # A bare "on" is a word here, not the truth value that YAML makes of it.
    assert expand("nap")[0].args == {"on": False}


def test_a_broken_scene_names_file_and_line(folder: Path) -> None:
    (folder / "bad.yaml").write_text(_OWN + "colour: red\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.yaml:7: colour"):
        load_scenes()
