import pytest

from fujia.cabin.skill import Answer
from fujia.cabin.skills import SKILLS
from fujia.cabin.skills.status import THINGS
from fujia.understanding.plan import Argument, Language
from fujia.vehicle import Value
from tests.cabin.skills.examples import scene

_DRIVER = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"


def _text(
    thing: str, zone: str | None = None, language: Language = "zh", vehicle: str = "i5",
    **state: Value,
) -> str:  # fmt: skip
    args: dict[str, Argument] = {"thing": thing} | ({"zone": zone} if zone else {})
    answer = SKILLS["vehicle.status"](scene(vehicle, state, language=language), args)
    assert isinstance(answer, Answer)
    return answer.text


def test_one_state_for_all() -> None:
    assert _text("window.position") == "车窗都关着。"
    assert _text("window.position", "rear", "en") == "Window in the rear: all closed."


def test_different_states_one_by_one() -> None:
    text = _text("window.position", "front", **{_DRIVER: 40})
    assert text == "车窗：主驾开了40%，副驾关着。"


@pytest.mark.parametrize(
    ("thing", "state", "text"),
    [
        ("sunroof.position", {"Vehicle.Cabin.Sunroof.Position": -100}, "天窗翘起。"),
        ("sunroof.position", {"Vehicle.Cabin.Sunroof.Position": 100}, "天窗开着。"),
        ("climate.temperature", {}, "空调温度都是22度。"),
        ("climate.fan", {}, "风量都是3档。"),
        ("door.lock", {}, "车门都没锁。"),
        ("drive.mode", {}, "驾驶模式是标准。"),
        ("wiper.mode", {}, "雨刮关着。"),
        ("volume.media", {}, "媒体音量是30%。"),
    ],
)
def test_states_in_words(thing: str, state: dict[str, Value], text: str) -> None:
    assert _text(thing, **state) == text


def test_heating_and_ventilation_share_a_signal_but_not_a_state() -> None:
    seat: dict[str, Value] = {"Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling": -67}
    assert _text("seat.ventilation", "driver", **seat) == "主驾座椅通风是2档。"
    assert _text("seat.heating", "driver", **seat) == "主驾座椅加热关着。"


def test_what_the_car_lacks_is_said() -> None:
    assert _text("fragrance.power", vehicle="x3-lwb") == "这辆车没有香氛。"


def test_what_cannot_be_seen_is_said() -> None:
    assert _text("media.favorite") == "这个状态我查不到。"


def test_things_are_skills() -> None:
    assert set(THINGS) <= set(SKILLS)
