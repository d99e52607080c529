"""Turns about the handbook, as a driver has them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fujia import Cabin, SimulatedCar, load_profile
from fujia.cabin.folders import data_folder, use_data_folder
from fujia.cabin.fusion.speaker import SpeakerConsent
from fujia.cabin.memory import Memories
from fujia.cabin.models import use_models
from fujia.errors import DataError
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.scripted import ScriptedModel


@pytest.fixture(scope="module", autouse=True)
def manuals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    before, folder = data_folder(), tmp_path_factory.mktemp("data")
    use_data_folder(folder)
    yield folder
    use_data_folder(before)


def cabin(**state: object) -> Cabin:
    given = {"Vehicle.Speed": state["speed"]} if state else {}
    car = SimulatedCar(load_profile("i5"), given)  # type: ignore[arg-type]
    car.settle()
    return Cabin(car=car)


def test_the_handbook_answers() -> None:
    turn = cabin().say("自动大灯怎么开")
    assert turn.outcome == "answered"
    assert "AUTO" in turn.reply and "1. " in turn.reply
    assert "警告" in turn.reply, "the warning that belongs to it is never left out"


def test_it_answers_in_the_language_of_the_question() -> None:
    assert "mirror" in cabin().say("how do I fold the mirrors").reply


def test_what_it_describes_is_offered_and_done_on_yes() -> None:
    car = cabin()
    turn = car.say("怎么打开天窗")
    assert turn.reply.endswith("要我帮您打开天窗吗？")
    assert car.car.read("Vehicle.Cabin.Sunroof.Position") == 0, "an offer changes nothing"
    assert car.say("好").outcome == "done"
    assert car.car.read("Vehicle.Cabin.Sunroof.Position") == 100


def test_an_offer_can_be_declined() -> None:
    car = cabin()
    car.say("怎么打开天窗")
    car.say("不用")
    assert car.car.read("Vehicle.Cabin.Sunroof.Position") == 0


def test_what_is_so_already_is_not_offered() -> None:
    assert "要我帮您" not in cabin().say("自动大灯怎么开").reply


def test_what_the_policy_refuses_now_is_not_offered() -> None:
    assert "要我帮您" in cabin().say("后备箱怎么打开").reply
    assert "要我帮您" not in cabin(speed=80).say("后备箱怎么打开").reply


def test_while_driving_it_is_two_sentences_with_the_warning() -> None:
    reply = cabin(speed=60).say("怎么打开天窗").reply
    answer = reply.split("其余内容")[0]
    assert answer.count("。") == 2
    assert "警告" in answer
    assert "停车后" in reply


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("油箱盖怎么打开", "这辆车没有这项配置：燃油。"),
        ("how do I check the oil", "This car does not have that: engine."),
    ],
)
def test_what_the_car_lacks_is_said_to_be_lacking(question: str, told: str) -> None:
    turn = cabin().say(question)
    assert turn.reply == told
    assert turn.outcome == "answered"


def test_what_is_not_in_it_is_said_to_be_so() -> None:
    turn = cabin().say("怎么给车里的咖啡机加水")
    assert "手册里没有写到" in turn.reply
    assert turn.outcome == "answered"


LOW_BRAKE_FLUID = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Brake.IsFluidLevelLow"


@pytest.mark.parametrize(
    ("question", "told"),
    [("那个灯为什么亮了", "制动液不足"), ("why is that light on", "brake fluid is low")],
)
def test_which_light_is_on_is_read_from_the_car(question: str, told: str) -> None:
    car = SimulatedCar(load_profile("i5"), {LOW_BRAKE_FLUID: True})
    car.settle()
    assert told in Cabin(car=car).say(question).reply


def test_no_light_is_on_in_a_car_that_is_well() -> None:
    assert cabin().say("那个灯为什么亮了").reply == "现在没有亮着的警告灯。"


def test_a_light_that_is_off_is_explained_by_the_handbook() -> None:
    assert "180" in cabin().say("胎压灯亮了怎么办").reply


@pytest.fixture
def written() -> Iterator[ScriptedModel]:
    model = ScriptedModel(
        lambda _asked, _sample: "把方向盘左侧的灯光旋钮转到AUTO。[1]车会自己飞起来。[1]"
    )
    gateway = Gateway(load_config(), consent=SpeakerConsent(), models={"deepseek-chat": model})
    use_models(lambda: gateway)
    yield model
    use_models(None)


def remembered(folder: Path, *, agreed: bool) -> Cabin:
    """A cabin whose driver is remembered."""
    car = SimulatedCar(load_profile("i5"))
    car.settle()
    memories = Memories(folder)
    memories.seat("driver", "小林")
    if agreed:
        memories.of("driver").consents.grant("language_model")
    return Cabin(car=car, memories=memories)


def test_where_a_model_writes_it_says_so_and_keeps_the_warning(
    written: ScriptedModel, tmp_path: Path
) -> None:
    car = remembered(tmp_path, agreed=True)
    turn = car.say("自动大灯怎么开")
    assert turn.route == "llm"
    assert turn.reply.startswith("先说明一下：回答您的是人工智能"), "said once, before the first"
    assert "AUTO" in turn.reply and "飞" not in turn.reply
    assert "警告" in turn.reply
    assert "（AI生成）" in turn.reply
    assert "先说明一下" not in car.say("自动大灯怎么打开").reply


def test_without_consent_no_model_is_asked(written: ScriptedModel, tmp_path: Path) -> None:
    assert remembered(tmp_path, agreed=False).say("自动大灯怎么开").route == "device"
    assert cabin().say("自动大灯怎么开").route == "device", "nobody could be asked"
    assert written.calls == []


def test_a_broken_configuration_leaves_the_manual_itself() -> None:
    def broken() -> Gateway:
        raise DataError(Path("llm.yaml"), 3, "no such model")

    use_models(broken)
    try:
        assert "AUTO" in cabin().say("自动大灯怎么开").reply
    finally:
        use_models(None)


def test_the_turn_knows_where_it_stands() -> None:
    (action,) = cabin().say("怎么打开天窗").actions
    (source,) = action.sources
    assert (source.vehicle, source.manual, source.page) == ("i5", "handbook-zh", None)
    assert source.section.id == "sunroof-open"
    assert source.quotes and all(quote in source.section.text for quote in source.quotes)
    assert "sources" not in action.as_json()
