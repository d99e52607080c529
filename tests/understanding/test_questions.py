import pytest

from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Command
from tests.understanding.reading import skills, understand


@pytest.mark.parametrize(
    "said",
    [
        "怎么打开座椅加热",
        "天窗能打开吗",
        "为什么空调不凉",
        "车窗关好了吗",
        "天窗开着吗",
        "什么是动能回收",
        "座椅加热在哪里打开",
        "is the sunroof open",
        "how do i open the sunroof",
    ],
)
def test_a_question_is_answered_and_never_carried_out(said: str) -> None:
    commands = understand(said).commands
    assert commands
    assert {SKILLS[command.skill].kind for command in commands} == {"read"}


def test_a_question_about_a_state_names_the_thing_and_the_zone() -> None:
    assert understand("主驾车窗关好了吗").commands == (
        Command(skill="vehicle.status", args={"thing": "window.position", "zone": "driver"}),
    )


def test_a_question_to_the_manual_keeps_the_speakers_words() -> None:
    assert understand("天窗能打开吗").commands == (
        Command(skill="manual.ask", args={"question": "天窗能打开吗"}),
    )


@pytest.mark.parametrize(
    ("said", "skills"),
    [
        ("打开车窗，天窗开着吗", ["window.position", "vehicle.status"]),
        ("天窗开着吗，关掉空调", ["vehicle.status", "climate.power"]),
        ("我忘了，空调关了吗，打开车窗", ["vehicle.status", "window.position"]),
        ("车门锁了吗，车窗关了吗", ["vehicle.status", "vehicle.status"]),
        ("open my window, is the sunroof open", ["window.position", "vehicle.status"]),
    ],
)
def test_a_question_takes_no_command_of_the_same_breath_with_it(
    said: str, skills: list[str]
) -> None:
    assert [command.skill for command in understand(said).commands] == skills


@pytest.mark.parametrize(
    "said",
    [
        "打开空调，车窗会自动关吗",
        "打开天窗，怎么弄",
        "下雨了，车窗还开着吗",
    ],
)
def test_a_question_about_what_was_said_before_moves_nothing(said: str) -> None:
    assert {SKILLS[command.skill].kind for command in understand(said).commands} == {"read"}


def test_a_question_about_two_things_is_answered_for_both() -> None:
    things = [command.args["thing"] for command in understand("车窗和天窗开着吗").commands]
    assert things == ["window.position", "sunroof.position"]


@pytest.mark.parametrize("said", ["能打开天窗吗", "可以帮我打开天窗吗", "打开天窗好吗"])
def test_a_polite_request_is_a_command(said: str) -> None:
    assert understand(said).commands == (Command(skill="sunroof.position", args={"position": 100}),)


@pytest.mark.parametrize(
    ("said", "skill"),
    [("还能跑多远", "vehicle.range"), ("现在几点了", "vehicle.time"), ("你是谁", "chat.reply")],
)
def test_what_the_car_can_answer_is_asked_of_the_car(said: str, skill: str) -> None:
    assert [command.skill for command in understand(said).commands] == [skill]


def test_who_has_a_look_asks_and_takes_back_nothing() -> None:
    assert skills("关天窗看看窗户都关了没") == ["sunroof.position", "vehicle.status"]


def test_what_has_an_answer_of_its_own_is_no_state_of_a_thing() -> None:
    assert skills("查一下胎压再看看后备箱关没关") == ["vehicle.tyre_pressure", "vehicle.status"]
