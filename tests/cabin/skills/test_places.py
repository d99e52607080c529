import pytest

from fujia.cabin.skill import Answer
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument, Language
from tests.cabin.skills.examples import scene


def _text(name: str, language: Language = "zh", **args: Argument) -> str:
    answer = SKILLS[name](scene(language=language), args)
    assert isinstance(answer, Answer)
    assert answer.args == args
    return answer.text


def test_weather_without_a_place_is_where_the_car_is() -> None:
    assert _text("weather.query") == "上海今天多云，18到25度（模拟数据）。"


@pytest.mark.parametrize("place", ["北京", "北京市", "Beijing"])
def test_weather_of_a_city_on_a_day(place: str) -> None:
    assert _text("weather.query", place=place, date="明天").startswith("北京明天晴")


def test_weather_says_in_english_that_it_is_simulated() -> None:
    assert _text("weather.query", "en", place="Munich").endswith("(simulated).")


def test_weather_that_is_not_known_is_not_made_up() -> None:
    assert _text("weather.query", place="火星") == "我不知道火星的天气。"
    assert "今天、明天和后天" in _text("weather.query", date="下个月")


def test_places_are_found_nearest_first() -> None:
    text = _text("place.search", category="充电桩", near="附近")
    assert text.startswith("找到：静安超充站（")
    assert text.endswith("（模拟数据）。")


def test_places_near_another_place() -> None:
    assert "胡同饺子馆" in _text("place.search", category="饭店", near="北京")


def test_places_that_are_not_known_are_not_made_up() -> None:
    assert "没有找到滑雪场" in _text("place.search", category="滑雪场")
    assert _text("place.search", category="咖啡", near="月亮") == "我不知道月亮在哪里。"
