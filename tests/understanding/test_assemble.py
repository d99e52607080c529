import pytest

from fujia.understanding.plan import Argument, Command
from fujia.understanding.understander import Context
from tests.understanding.reading import understand


def plan(said: str, *last: Command) -> list[tuple[str, dict[str, Argument]]]:
    found = understand(said, Context(last=last)).commands
    return [(command.skill, dict(command.args)) for command in found]


def test_a_thing_without_a_verb_takes_its_neighbours() -> None:
    closed: list[tuple[str, dict[str, Argument]]] = [
        ("window.position", {"position": 0}),
        ("sunroof.position", {"position": 0}),
    ]
    assert plan("关闭车窗和天窗") == closed
    assert plan("车窗和天窗关上") == closed


def test_a_verb_of_its_own_is_kept() -> None:
    assert plan("打开座椅加热关闭座椅通风") == [
        ("seat.heating", {}),
        ("seat.ventilation", {"level": 0}),
    ]


HEATING = Command(skill="seat.heating", args={"zone": "driver", "level": 2})


@pytest.mark.parametrize(
    ("said", "args"),
    [
        ("副驾也一样", {"zone": "passenger", "level": 2}),
        ("再高一点", {"zone": "driver", "level": "+"}),
        ("调到一档", {"zone": "driver", "level": 1}),
        ("关掉", {"zone": "driver", "level": 0}),
        ("后排也打开", {"zone": "rear"}),
    ],
)
def test_a_follow_up_speaks_of_the_last_turn(said: str, args: dict[str, Argument]) -> None:
    assert plan(said, HEATING) == [("seat.heating", args)]


def test_a_follow_up_speaks_of_the_command_before_it_first() -> None:
    assert plan("打开副驾座椅通风调到三档", HEATING)[-1][0] == "seat.ventilation"


def test_all_commands_of_the_last_turn_are_followed_up() -> None:
    window = Command(skill="window.position", args={"zone": "driver", "position": 50})
    assert plan("后排也照这样", HEATING, window) == [
        ("seat.heating", {"zone": "rear", "level": 2}),
        ("window.position", {"zone": "rear", "position": 50}),
    ]


def test_without_a_last_turn_a_follow_up_does_nothing() -> None:
    assert plan("再高一点") == [("chat.reply", {})]


def test_a_wish_gives_way_to_the_command_it_explains() -> None:
    assert plan("有点冷把座椅加热打开") == [("seat.heating", {})]


def test_a_complaint_gives_way_to_the_wish_that_tells_where_it_comes_from() -> None:
    assert plan("前挡起雾了，看不清") == [("climate.front_defrost", {})]
    assert plan("看不清") == [("light.all", {})]
    both = [("light.all", {}), ("climate.front_defrost", {})]
    assert plan("开灯，再打开前挡除雾") == both


def test_one_more_aspect_is_for_the_same_seat() -> None:
    assert plan("打开副驾座椅加热和通风") == [
        ("seat.heating", {"zone": "passenger"}),
        ("seat.ventilation", {"zone": "passenger"}),
    ]


def test_all_after_two_things_only_sums_them_up() -> None:
    assert plan("空调和座椅加热都打开") == [("climate.power", {}), ("seat.heating", {})]
    assert plan("车窗和天窗都关上")[0] == ("window.position", {"zone": "all", "position": 0})


def test_how_much_after_a_wish_takes_its_place() -> None:
    (command,) = understand("屏幕太刺眼了暗点").commands
    assert command.args == {"brightness": "-"}
