from collections.abc import Mapping

import pytest

from fujia.understanding.commands import arguments, commands, turn, zones_of
from fujia.understanding.plan import Argument, Command
from fujia.understanding.rules import Rule
from tests.understanding.reading import facets

WINDOW = Rule(
    skill="window.position",
    needs=("window",),
    amount="position",
    units=("percent", "bare"),
    on={"position": 100},
    off={"position": 0},
    bit={"position": "+"},
    rises="off",
    zone="zone",
)
HEATING = Rule(
    skill="seat.heating",
    needs=("heating",),
    amount="level",
    units=("level", "bare", "percent"),
    off={"level": 0},
    zone="zone",
)


@pytest.mark.parametrize(
    ("said", "args"),
    [
        ("打开车窗", {"position": 100}),
        ("关上车窗", {"position": 0}),
        ("车窗摇下来", {"position": 100}),
        ("车窗升起来", {"position": 0}),
        ("打开一点车窗", {"position": "+"}),
        ("车窗一半", {"position": 50}),
        ("车窗百分之三十", {"position": 30}),
        ("车窗三十", {"position": 30}),
        ("不要开车窗", None),
        ("不要关车窗", None),
    ],
)
def test_a_window(said: str, args: Mapping[str, Argument] | None) -> None:
    assert arguments(WINDOW, facets(said)) == args


@pytest.mark.parametrize(
    ("said", "args"),
    [
        ("打开座椅加热", {}),
        ("关闭座椅加热", {"level": 0}),
        ("座椅加热二档", {"level": 2}),
        ("座椅加热调到最大", {"level": "max"}),
        ("座椅加热升高", {"level": "+"}),
        ("座椅加热升高一档", {"level": "+1"}),
        ("座椅加热降低百分之十", {"level": "-10%"}),
        ("座椅加热百分之五十", {"level": "50%"}),
        ("座椅加热二十度", None),
        ("不要座椅加热", {"level": 0}),
        ("不要开座椅加热了", {"level": 0}),
        ("不要开座椅加热", None),
    ],
)
def test_levels(said: str, args: Mapping[str, Argument] | None) -> None:
    assert arguments(HEATING, facets(said)) == args


def test_lifting_means_what_the_rule_says() -> None:
    lifted = facets("升起来")
    assert turn(WINDOW, lifted) == "off"
    assert turn(Rule(rises="on"), lifted) == "on"
    assert turn(Rule(), lifted) is None


@pytest.mark.parametrize(
    ("said", "zones"),
    [
        ("主驾", ["driver"]),
        ("主驾和副驾", ["driver", "passenger"]),
        ("主副驾都", ["driver", "passenger"]),
        ("前排", ["front"]),
        ("前排后排", ["all"]),
        ("所有", ["all"]),
        ("右边", ["passenger", "rear_right"]),
        ("后排左边", ["rear_left"]),
        ("左前", ["driver"]),
        ("除了主驾其他", ["rear", "passenger"]),
        ("除了后排其他", ["front"]),
        ("除了我这边其他", ["rear", "passenger"]),
        ("all but mine", ["rear", "passenger"]),
        ("", [None]),
    ],
)
def test_zones(said: str, zones: list[str | None]) -> None:
    assert zones_of(facets(said), "LEFT", "driver") == zones


def test_mine_is_the_seat_of_who_speaks() -> None:
    assert zones_of(facets("all but mine"), "LEFT", "passenger") == ["rear", "driver"]


def test_left_and_right_depend_on_where_the_driver_sits() -> None:
    assert zones_of(facets("左前"), "RIGHT", "driver") == ["passenger"]
    assert zones_of(facets("右前"), "RIGHT", "driver") == ["driver"]


def test_each_zone_has_a_command_of_its_own() -> None:
    made = commands(HEATING, {"level": 2}, ["driver", "passenger"])
    assert made == [
        Command(skill="seat.heating", args={"zone": "driver", "level": 2}),
        Command(skill="seat.heating", args={"zone": "passenger", "level": 2}),
    ]


def test_a_thing_without_zones_has_one_command() -> None:
    assert len(commands(Rule(skill="hud.power"), {}, ["driver", "passenger"])) == 1
