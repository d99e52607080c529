from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fujia.cabin.skills
from fujia.cabin.skills import SKILLS
from fujia.cabin.turn import Turn
from fujia.cabin.wording import load_words
from fujia.understanding.plan import Command, Language, Plan
from fujia.vehicle import Fault
from tests.cabin.policy.strategies import COMMANDS, STATES, raw_skill
from tests.cabin.talk import SPEED, cabin_with, car_of, command, plan

LANGUAGES: tuple[Language, ...] = ("zh", "en")
HEAT = command("seat.heating", zone="driver", level=2)
FOUR = [command("seat.heating", zone=zone, level=2) for zone in ("driver", "passenger")] + [
    command("window.position", zone=zone, position=30) for zone in ("driver", "rear_left")
]


def say(
    *commands: Command, language: str = "zh", speed: float = 0.0, fault: Fault | None = None
) -> Turn:
    cabin = cabin_with({"说": plan(*commands, language=language)}, {SPEED: speed})
    if fault:
        car_of(cabin).inject(fault)
    return cabin.say("说")


@pytest.mark.parametrize(
    ("wish", "zh", "en"),
    [
        (HEAT, "主驾座椅加热已开到二档。", "Driver's seat heating at level 2."),
        (
            command("climate.temperature", zone="driver", temperature=24.5),
            "主驾温度已调到24.5度。",
            "Driver's temperature at 24.5 degrees.",
        ),
        (
            command("window.position", zone="all", position=100),
            "全车车窗已打开。",
            "All windows open.",
        ),
        (
            command("light.ambient_color", zone="all", color="#0000FF"),
            "全车氛围灯颜色已切换到蓝色。",
            "All ambient light set to blue.",
        ),
        (command("door.lock", on=True), "车门已上锁。", "Doors locked."),
        (command("drive.gear", gear="D"), "换挡不能用语音操作，所以没有换挡。", None),
        (
            command("unknown.function", text="飞行"),
            "这辆车没有这个功能。",
            "This car has no such function.",
        ),
        (
            command("climate.temperature", temperature=99),
            "只能设16到28度，所以没有把温度调到99度。",
            "16 to 28 degrees only, so I did not set the temperatures to 99 degrees.",
        ),
    ],
)
def test_replies(wish: Command, zh: str, en: str | None) -> None:
    assert say(wish).reply == zh
    if en:
        assert say(wish, language="en").reply == en


def test_neighbours_that_differ_by_their_seat_are_said_together() -> None:
    assert say(*FOUR).reply == "前排座椅加热已开到二档，主驾和左后车窗已开到30%。"


def test_companions_are_said() -> None:
    assert say(command("sunroof.position", position=100)).reply == (
        "已顺便打开天窗遮阳帘，天窗已打开。"
    )


def test_partial_success_names_what_failed() -> None:
    heating = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
    turn = say(*FOUR, speed=60.0, fault=Fault(heating, "refuses"))
    assert turn.outcome == "failed"
    assert "没能把主驾座椅加热开到二档，控制单元拒绝了" in turn.reply
    assert "副驾座椅加热已开到二档" in turn.reply or "3项已完成" in turn.reply


def test_driving_counts_what_went_well_and_names_what_did_not() -> None:
    wishes = [*FOUR, command("tailgate.position", open=True), command("climate.fan", level=3)]
    turn = say(*wishes, speed=60.0)
    assert turn.reply == "5项已完成。没停在P挡，所以没有打开尾门。"


def test_what_was_refused_for_one_reason_is_said_together() -> None:
    lids = [command("tailgate.position", open=True), command("frunk.open", open=True)]
    assert say(*lids, speed=60.0).reply == "没停在P挡，所以没有打开尾门、打开前备箱。"
    assert say(*lids, language="en", speed=60.0).reply == (
        "The car is not in park, so I did not open the tailgate or open the front boot."
    )


def test_answers_are_passed_through_but_not_while_driving() -> None:
    parked, driving = (say(command("chat.reply"), speed=speed).reply for speed in (0.0, 60.0))
    assert parked == driving == "我是车里的人工智能，要做什么请直接说。"
    assert say(command("vehicle.range")).reply.endswith("。")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(STATES, st.lists(COMMANDS, min_size=1, max_size=6), st.sampled_from([20.0, 110.0]))
def test_driving_no_reply_is_longer_than_forty_characters(
    state: dict[str, object], commands: list[Command], speed: float
) -> None:
    with raw_skill():
        cabin = cabin_with({"说": Plan(commands=tuple(commands))}, {**state, SPEED: speed})  # type: ignore[dict-item]
        turn = cabin.say("说")
    assert 0 < len(turn.reply) <= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_skill_can_be_spoken_of(language: Language) -> None:
    words = load_words(language)
    assert set(words.skills) == set(SKILLS)


def test_both_languages_have_the_same_forms_phrases_and_skills() -> None:
    zh, en = load_words("zh"), load_words("en")
    assert zh.forms.keys() == en.forms.keys()
    assert all(zh.forms[name].keys() == en.forms[name].keys() for name in zh.forms)
    assert zh.phrases.keys() == en.phrases.keys()
    assert zh.outcomes.keys() == en.outcomes.keys()
    for name, entry in zh.skills.items():
        assert (entry.form, entry.value) == (en.skills[name].form, en.skills[name].value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_argument_that_a_reply_shows_exists(language: Language) -> None:
    for name, entry in load_words(language).skills.items():
        if entry.value:
            assert entry.value in SKILLS[name].arguments.model_fields, name


def test_reply_files_are_utf_8_and_end_with_a_newline() -> None:
    folder = Path(fujia.cabin.skills.__file__).parents[1] / "data" / "replies"
    for file in folder.glob("*.yaml"):
        assert file.read_text(encoding="utf-8").endswith("\n")
