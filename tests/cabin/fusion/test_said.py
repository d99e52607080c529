import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.cabin.fusion.said import Held, Words, hold
from fujia.understanding.plan import Argument, Command
from tests.cabin.talk import command


def held(said: str, skill: str, args: dict[str, Argument]) -> Held:
    found = hold(Command(skill=skill, args=args), Words(said), "driver")
    assert isinstance(found, Held)
    return found


@pytest.mark.parametrize(
    ("said", "skill", "args"),
    [
        ("空调二十二度", "climate.temperature", {"temperature": 22}),
        ("set it to twenty one and a half", "climate.temperature", {"temperature": 21.5}),
        ("车窗开一半", "window.position", {"position": 50}),
        ("把窗户打开", "window.position", {"position": 100}),
        ("放點周杰倫", "media.play", {"artist": "周杰伦"}),
        ("氛围灯换成红色", "light.ambient_color", {"color": "red"}),
        ("后排太冷", "climate.temperature", {"zone": "rear", "temperature": "+"}),
        ("it's cold in the back", "climate.temperature", {"zone": "rear", "temperature": "+"}),
        ("加热开到最大", "seat.heating", {"level": 3}),
    ],
)
def test_what_was_said_stays(said: str, skill: str, args: dict[str, Argument]) -> None:
    found = held(said, skill, args)
    assert found.command.args == args
    assert not found.assumed


@pytest.mark.parametrize(
    ("said", "skill", "args", "left"),
    [
        ("放点歌", "media.play", {"artist": "周杰伦"}, {}),
        ("座椅加热", "seat.heating", {"level": 2}, {}),
        ("座椅加热", "seat.heating", {"zone": "driver"}, {}),
        ("打给他", "phone.call", {"contact": "张三"}, {}),
        ("出发吧", "navigation.start", {"destination": "外滩"}, {}),
    ],
)
def test_what_nobody_said_and_can_be_left_out_is_left_out(
    said: str, skill: str, args: dict[str, Argument], left: dict[str, Argument]
) -> None:
    found = held(said, skill, args)
    assert found == Held(Command(skill=skill, args=left), dropped=tuple(args.keys() - left.keys()))


@pytest.mark.parametrize(
    ("said", "skill", "args"),
    [
        ("弄舒服点", "climate.temperature", {"temperature": 24}),
        ("我太太冷", "seat.heating", {"zone": "passenger"}),
    ],
)
def test_what_nobody_said_and_counts_is_to_be_asked_about(
    said: str, skill: str, args: dict[str, Argument]
) -> None:
    found = held(said, skill, args)
    assert found.assumed
    assert found.command.args == args


def test_questions_may_be_put_in_other_words() -> None:
    found = held("附近有什么好吃的", "place.search", {"category": "餐厅"})
    assert found == Held(command("place.search", category="餐厅"))


@pytest.mark.parametrize(
    ("skill", "args"),
    [
        ("rocket.launch", {}),
        ("window.position", {"roof": 1}),
        ("window.position", {"position": "sideways"}),
        ("media.control", {}),
    ],
)
def test_what_is_no_command_is_told_in_words(skill: str, args: dict[str, Argument]) -> None:
    problem = hold(Command(skill=skill, args=args), Words("打开"), "driver")
    assert isinstance(problem, str)
    assert skill in problem


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_can_be_asked_for_any_word(said: str, word: str) -> None:
    words = Words(f"{said}{word}")
    assert words.hold("title", word, is_free=True)
    assert isinstance(Words(said).hold("title", word, is_free=True), bool)


def test_an_argument_that_there_is_not_is_left_out() -> None:
    found = held("暂停一下", "media.control", {"action": "pause", "station": "音乐之声"})
    assert found.command.args == {"action": "pause"}
    assert (found.dropped, found.unplaced, found.assumed) == (("station",), (), False)


def test_where_it_was_said_it_is_asked_about() -> None:
    found = held("播放音乐之声", "media.control", {"action": "play", "station": "音乐之声"})
    assert found.command.args == {"action": "play"}
    assert (found.dropped, found.unplaced, found.assumed) == (("station",), ("station",), True)
    assert held("音量30", "media.control", {"action": "play", "volume": 30}).unplaced == ("volume",)


@pytest.mark.parametrize("value", ["off", False, 0])
def test_what_could_be_the_opposite_is_no_command(value: Argument) -> None:
    found = hold(
        Command(skill="seat.heating", args={"state": value}), Words("关座椅加热"), "driver"
    )
    assert found == "seat.heating has no argument 'state'"
