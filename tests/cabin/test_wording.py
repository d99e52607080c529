import pytest

from fujia.cabin.turn import Action
from fujia.cabin.wording import Clause, Entry, load_words
from fujia.understanding.plan import Argument, Language
from tests.cabin.skills.examples import EXAMPLES


@pytest.mark.parametrize(
    ("skill", "args", "zh", "en"),
    [
        ("video.play", {}, "播放视频", "play"),
        ("seat.heating", {"zone": "all", "level": 2}, "把全车座椅加热开到二档",
         "set all seat heating to level 2"),
        ("window.position", {"zone": "rear", "position": 0}, "关上后排车窗",
         "close the rear windows"),
        ("window.position", {"zone": "driver", "position": 100}, "打开主驾车窗",
         "open the driver's window"),
        ("climate.temperature", {"temperature": "+1"}, "调整温度", "set the temperatures"),
        ("phone.bluetooth", {"on": False}, "关闭蓝牙", "turn off Bluetooth"),
        ("seat.memory", {"zone": "driver", "slot": 2, "action": "save"}, "把主驾座椅存为2号位置",
         "save the driver's seat as position 2"),
        ("media.control", {"action": "next"}, "切到下一首", "skip to the next track"),
        ("scene.stop", {"scene": "car_wash"}, "结束洗车模式", "end car wash mode"),
        ("screen.power", {"screen": "all", "on": False}, "关闭全车屏幕", "turn off all screens"),
        ("no.such", {}, "这样做", "do that"),
    ],
)  # fmt: skip
def test_a_wish_reads_as_people_say_it(
    skill: str, args: dict[str, Argument], zh: str, en: str
) -> None:
    assert load_words("zh").wish(skill, args) == zh
    assert load_words("en").wish(skill, args) == en


@pytest.mark.parametrize("skill", sorted(EXAMPLES))
def test_a_refusal_fits_while_driving(skill: str) -> None:
    args = dict(EXAMPLES[skill].args)
    for language, reason in (("zh", "没停在P挡"), ("en", "the car is not in park")):
        words = load_words("zh" if language == "zh" else "en")
        said = words.action(Action(skill, args, "refused", reason)) + words.stop
        assert reason in said
        assert len(said) <= words.limit
        assert "{" not in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_free_words_are_clipped(language: Language) -> None:
    said = load_words(language).wish("navigation.start", {"destination": "远" * 60})
    assert "远" * 19 + "…" in said
    assert "远" * 20 not in said


def test_what_a_skill_says_goes_before_its_form() -> None:
    words = load_words("zh")
    entry = Entry(name="灯", form="switch", says=Clause(done="亮了", wish="点亮"))
    changed = words.model_copy(update={"skills": {"light.dome": entry}})
    assert changed.done("light.dome", {"on": True}) == "亮了"
    assert words.done("light.dome", {"on": True}) == "顶灯已打开"


def test_many_places_are_one() -> None:
    assert load_words("zh").zone_list(["driver", "rear_left"]) == "主驾和左后"
    assert load_words("en").zone_list(["driver", "rear_left"]) == "driver's and rear left "
