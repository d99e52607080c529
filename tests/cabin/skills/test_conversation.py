import pytest

from fujia.cabin.skill import SKILLS, Answer, Unavailable
from tests.cabin.skills.examples import scene


def test_the_manual_is_not_guessed() -> None:
    answer = SKILLS["manual.ask"](scene(), {"question": "胎压多少合适"})
    assert isinstance(answer, Answer)
    assert "还没有装入车主手册" in answer.text


def test_a_trip_is_not_promised() -> None:
    answer = SKILLS["travel.plan"](scene(), {"destination": "黄山", "days": 3})
    assert isinstance(answer, Answer)
    assert "不会规划行程" in answer.text
    assert answer.args == {"destination": "黄山", "days": 3}


def test_an_unknown_function_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="这个功能"):
        SKILLS["unknown.function"](scene(), {"text": "打开咖啡机"})
